using System;
using System.Buffers.Binary;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Conformance;

/// <summary>
/// What every transport must do, seen from the sockets (transports sheet, sections 5 to 7): a transport derives, names
/// its scheme and the kind of its addresses, and says how its endpoints are set up.
/// </summary>
public abstract partial class TransportConformance : Scenario
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>The URL scheme.</summary>
    protected abstract string Scheme { get; }

    /// <summary>What kind of addresses its pipes have.</summary>
    protected abstract AddressKind Kind { get; }

    /// <summary>The option <c>recv-size-max</c> has an effect.</summary>
    protected virtual bool LimitsSize => true;

    /// <summary>An address that nobody uses.</summary>
    protected virtual string NewUrl() => ScratchUrl.For(Scheme);

    /// <summary>What a listener needs before it starts.</summary>
    protected virtual void Configure(Listener listener)
    {
    }

    /// <summary>What a dialer needs before it starts.</summary>
    protected virtual void Configure(Dialer dialer)
    {
    }

    protected Listener CreateListener(NngSocket socket, string url)
    {
        Listener listener = socket.CreateListener(url);
        Configure(listener);
        return listener;
    }

    protected Dialer CreateDialer(NngSocket socket, string url)
    {
        Dialer dialer = socket.CreateDialer(url);
        Configure(dialer);
        return dialer;
    }

    /// <summary>A listener that was started.</summary>
    protected Listener Listen(NngSocket socket, string url)
    {
        Listener listener = CreateListener(socket, url);
        listener.Start();
        return listener;
    }

    /// <summary>A listener at an address of its own.</summary>
    protected Listener Listen(NngSocket socket) => Listen(socket, NewUrl());

    /// <summary>A dialer whose first connect succeeded.</summary>
    protected Dialer Dial(NngSocket socket, string url)
    {
        Dialer dialer = CreateDialer(socket, url);
        dialer.Start();
        return dialer;
    }

    /// <summary>Both are attached to each other when it returns.</summary>
    protected (Listener Listener, Dialer Dialer) Join(NngSocket listening, NngSocket dialing)
    {
        (int listeners, int dialers) = (listening.Inner.AttachedCount, dialing.Inner.AttachedCount);
        Listener listener = Listen(listening);
        Dialer dialer = Dial(dialing, listener.Url);
        Eventually.True(
            () => listening.Inner.AttachedCount > listeners && dialing.Inner.AttachedCount > dialers,
            "both ends are attached");
        return (listener, dialer);
    }

    /// <summary>A socket that redials soon.</summary>
    protected static T Quick<T>(T socket)
        where T : NngSocket
    {
        socket.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(5));
        return socket;
    }

    public static TheoryData<SocketPattern, bool> Patterns()
    {
        var patterns = new TheoryData<SocketPattern, bool>();
        foreach (SocketPattern pattern in Enum.GetValues<SocketPattern>())
        {
            patterns.Add(pattern, true);
            patterns.Add(pattern, false);
        }

        return patterns;
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Every_pattern_talks_whoever_listens(SocketPattern pattern, bool firstListens)
    {
        (NngSocket first, NngSocket second) = pattern.Open();
        Use(first);
        Use(second);
        Join(firstListens ? first : second, firstListens ? second : first);
        for (int i = 0; i < 3; i++)
        {
            Send((IMessageSender)first, "'question'");
            Assert.Equal("question", Recv((IMessageReceiver)second));
            if (second is not IMessageSender answers)
                continue;
            Send(answers, "'answer'");
            Assert.Equal("answer", Recv((IMessageReceiver)first));
        }
    }

    [Fact]
    public async Task Messages_of_every_size_arrive_as_they_were()
    {
        var a = Use(new Pair0Socket(new SocketOptions { ReceiveMaxSize = 0 }));
        var b = Use(new Pair0Socket(new SocketOptions { ReceiveMaxSize = 0 }));
        Join(a, b);
        int[] sizes =
        [
            0, 1, 2, 8, 9, 63, 64, 1023, 1024, 4096, 16_383, 16_384, 65_526, 65_527, 65_528, 65_535, 65_536, 65_537,
            131_072, 1_000_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 4 << 20,
        ];
        var random = new Random(sizes.Length);
        foreach (int size in sizes)
        {
            byte[] body = new byte[size];
            random.NextBytes(body);
            foreach ((Pair0Socket from, Pair0Socket to) in new[] { (a, b), (b, a) })
            {
                Task send = from.SendAsync(body).AsTask();
                using Message message = to.Receive(s_patience);
                Assert.True(message.Body.SequenceEqual(body), $"{size} bytes arrive changed");
                await Eventually.Completes(send);
            }
        }
    }

    [Fact]
    public async Task Long_streams_both_ways_stay_whole_and_in_order()
    {
        const int count = 10_000;
        var a = Use(new Pair1Socket());
        var b = Use(new Pair1Socket());
        Join(a, b);
        await Eventually.Completes(
            Task.WhenAll(
                OnThread(() => SendNumbered(a, count, 1)),
                OnThread(() => SendNumbered(b, count, 2)),
                OnThread(() => ReceiveNumbered(a, count, 2)),
                OnThread(() => ReceiveNumbered(b, count, 1))),
            timeoutMs: 60_000);
    }

    [Fact]
    public async Task Many_dialers_are_served_and_each_ones_order_is_kept()
    {
        const int dialers = 20;
        const int count = 200;
        var pull = Use(new PullSocket());
        string url = Listen(pull).Url;
        PushSocket[] pushes = [.. Enumerable.Range(0, dialers).Select(_ => Use(new PushSocket()))];
        Task sending = Task.WhenAll(pushes.Select((push, source) => OnThread(() =>
        {
            Dial(push, url);
            for (int i = 0; i < count; i++)
                push.Send(new Message([(byte)source, (byte)i]), s_patience);
        })));
        int[] next = new int[dialers];
        for (int i = 0; i < dialers * count; i++)
        {
            using Message message = pull.Receive(s_patience);
            Assert.Equal(next[message.Body[0]]++, message.Body[1]);
        }

        await Eventually.Completes(sending);
        Assert.Equal(dialers, pull.Pipes.Count);
    }

    [Fact]
    public void A_socket_may_listen_and_dial_at_several_addresses_at_once()
    {
        var pull = Use(new PullSocket());
        string[] urls = [Listen(pull).Url, Listen(pull).Url, Listen(pull).Url];
        Assert.Equal(3, urls.Distinct().Count());
        var push = Use(new PushSocket());
        foreach (string url in urls)
            Dial(push, url);
        Eventually.Equal(3, () => pull.Inner.AttachedCount);
        for (int i = 0; i < 9; i++)
        {
            Send(push, "'m'");
            Assert.Equal("m", Recv(pull));
        }
    }

    /// <summary>Work that blocks, on a thread of its own.</summary>
    protected static Task OnThread(Action work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void SendNumbered(IMessageSender sender, int count, int seed)
    {
        for (int i = 0; i < count; i++)
            sender.Send(new Message(Numbered(i, seed)), s_patience);
    }

    private static void ReceiveNumbered(IMessageReceiver receiver, int count, int seed)
    {
        for (int i = 0; i < count; i++)
        {
            using Message message = receiver.Receive(s_patience);
            Assert.True(message.Body.SequenceEqual(Numbered(i, seed)), $"message {i} of {count} is another");
        }
    }

    /// <summary>Its number, and as many bytes of noise as its number says: mostly few, now and then many.</summary>
    private static byte[] Numbered(int number, int seed)
    {
        var random = new Random((seed << 20) + number);
        int length = random.Next(200) switch
        {
            0 => random.Next(300_000),
            < 20 => random.Next(5000),
            _ => random.Next(100),
        };
        byte[] body = new byte[4 + length];
        random.NextBytes(body);
        BinaryPrimitives.WriteInt32BigEndian(body, number);
        return body;
    }
}
