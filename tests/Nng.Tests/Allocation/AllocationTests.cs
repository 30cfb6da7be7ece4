using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Allocation;

/// <summary>
/// Zero bytes a message in the steady state: what the whole process allocates over many exchanges, after warm-up. The
/// runtime allocates a little now and then on threads of its own, so a measurement is repeated a few times and the
/// best one counts: what the library allocates per message is in every one of them.
/// </summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int WarmUp = 4000;
    private const int Exchanges = 4000;
    private const int Attempts = 25;

    /// <summary>
    /// Bytes a measurement may show: the smallest object (24 bytes) every ten exchanges. The runtime's own threads
    /// allocate some 1,500 bytes in the time.
    /// </summary>
    private const long Tolerance = 24 * Exchanges / 10;

    private static readonly byte[] s_body = new byte[64];

    public static TheoryData<SocketPattern, string> Cases
    {
        get
        {
            var cases = new TheoryData<SocketPattern, string>();
            foreach (SocketPattern pattern in Enum.GetValues<SocketPattern>())
            {
                foreach (string scheme in (string[])["inproc", "ipc", "tcp", "tls+tcp", "ws", "wss", "udp"])
                    cases.Add(pattern, scheme);
            }

            return cases;
        }
    }

    /// <summary>The receive is started first, so that both the waiting and the immediate path are measured.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Asynchronous(SocketPattern pattern, string scheme)
    {
        (NngSocket sender, NngSocket receiver) = pattern.Open();
        await using (sender)
        await using (receiver)
        {
            await JoinAsync(sender, receiver, scheme);
            await MeasureAsync(count => ExchangeAsync((IMessageSender)sender, (IMessageReceiver)receiver, count));
        }
    }

    /// <summary>The other side answers on a thread of its own, or a one-way message is received by the sender's.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Blocking(SocketPattern pattern, string scheme)
    {
        (NngSocket sender, NngSocket receiver) = pattern.Open();
        Thread? echo = null;
        await using (sender)
        {
            await using (receiver)
            {
                await JoinAsync(sender, receiver, scheme);
                if (receiver is IMessageSender answers)
                {
                    echo = new Thread(() => Echo((IMessageReceiver)receiver, answers)) { IsBackground = true };
                    echo.Start();
                }

                await MeasureAsync(count =>
                {
                    Exchange((IMessageSender)sender, (IMessageReceiver)(echo is null ? receiver : sender), count);
                    return Task.CompletedTask;
                });
            }
        }

        Assert.True(echo?.Join(Eventually.DefaultTimeoutMs) ?? true);
    }

    /// <summary>The face that the C library shares: operation objects that are used again and again.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Operations(SocketPattern pattern, string scheme)
    {
        (NngSocket sender, NngSocket receiver) = pattern.Open();
        await using (sender)
        await using (receiver)
        {
            await JoinAsync(sender, receiver, scheme);
            using var loop = new OperationLoop(sender, receiver);
            await MeasureAsync(loop.RunAsync);
        }
    }

    /// <summary>Deadlines and tokens of operations that wait are part of the steady state.</summary>
    [Theory]
    [InlineData(SocketPattern.PushPull, "inproc")]
    [InlineData(SocketPattern.ReqRep, "inproc")]
    [InlineData(SocketPattern.ReqRep, "tcp")]
    public async Task With_a_timeout_and_a_token(SocketPattern pattern, string scheme)
    {
        (NngSocket sender, NngSocket receiver) = pattern.Open();
        await using (sender)
        await using (receiver)
        {
            foreach (NngSocket socket in (NngSocket[])[sender, receiver])
            {
                socket.SendTimeout = TimeSpan.FromMinutes(1);
                socket.ReceiveTimeout = TimeSpan.FromMinutes(1);
            }

            await JoinAsync(sender, receiver, scheme);
            using var stop = new CancellationTokenSource();
            await MeasureAsync(
                count => ExchangeAsync((IMessageSender)sender, (IMessageReceiver)receiver, count, stop.Token));
        }
    }

    [Theory]
    [InlineData("inproc", 0)]
    [InlineData("inproc", 100_000)]
    [InlineData("tcp", 0)]
    [InlineData("tcp", 1000)]
    [InlineData("tcp", 100_000)]
    [InlineData("udp", 0)]
    [InlineData("udp", 1000)]
    [InlineData("udp", 50_000)]
    public async Task Fan_out_of_any_size(string scheme, int size)
    {
        await using var pub = new PubSocket();
        SubSocket[] subs = [new SubSocket(), new SubSocket(), new SubSocket()];
        string url = pub.Listen(ScratchUrl.For(scheme)).Url;
        foreach (SubSocket sub in subs)
        {
            sub.Subscribe(string.Empty);
            await sub.DialAsync(url);
        }

        await pub.WaitForPeersAsync(subs.Length);
        byte[] body = new byte[size];
        await MeasureAsync(async count =>
        {
            for (int i = 0; i < count; i++)
            {
                await pub.SendAsync(body);
                foreach (SubSocket sub in subs)
                    (await sub.ReceiveAsync()).Dispose();
            }
        });
        foreach (SubSocket sub in subs)
            sub.Dispose();
    }

    /// <summary>Many requests at a time on one connection, replies out of order.</summary>
    [Theory]
    [InlineData("inproc")]
    [InlineData("ipc")]
    [InlineData("tcp")]
    public async Task Contexts(string scheme)
    {
        const int lanes = 8;
        await using var req = new ReqSocket();
        await using var rep = new RepSocket();
        await JoinAsync(req, rep, scheme);
        var requesters = new NngContext[lanes];
        var repliers = new NngContext[lanes];
        for (int i = 0; i < lanes; i++)
        {
            requesters[i] = req.OpenContext();
            repliers[i] = rep.OpenContext();
        }

        var takes = new ValueTask<Message>[lanes];
        await MeasureAsync(async count =>
        {
            for (int n = 0; n < count / lanes; n++)
            {
                for (int i = 0; i < lanes; i++)
                    takes[i] = repliers[i].ReceiveAsync();
                for (int i = 0; i < lanes; i++)
                    await requesters[i].SendAsync(s_body);
                for (int i = lanes - 1; i >= 0; i--)
                    await repliers[i].SendAsync(await takes[i]);
                for (int i = 0; i < lanes; i++)
                    (await requesters[i].ReceiveAsync()).Dispose();
            }
        });
    }

    private static async Task JoinAsync(NngSocket sender, NngSocket receiver, string scheme)
    {
        Listener listener = receiver.CreateListener(ScratchUrl.For(scheme));
        if (scheme is "tls+tcp" or "wss")
            listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        listener.Start();
        Dialer dialer = sender.CreateDialer(listener.Url);
        if (scheme is "tls+tcp" or "wss")
            dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
        await dialer.StartPatientlyAsync();
        await receiver.WaitForPeersAsync(1);
        await sender.WaitForPeersAsync(1);
    }

    private static async Task MeasureAsync(Func<int, Task> exchange)
    {
        await exchange(WarmUp);
        var seen = new List<long>(Attempts);
        do
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await exchange(Exchanges);
            seen.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        while (seen[^1] > Tolerance && seen.Count < Attempts);

        Assert.True(seen[^1] <= Tolerance, $"bytes for {Exchanges} exchanges: {string.Join(' ', seen)}");
    }

    private static async Task ExchangeAsync(
        IMessageSender sender, IMessageReceiver receiver, int count, CancellationToken token = default)
    {
        for (int i = 0; i < count; i++)
        {
            ValueTask<Message> receive = receiver.ReceiveAsync(token);
            await sender.SendAsync(s_body, token);
            Message message = await receive;
            if (receiver is not IMessageSender answers)
            {
                message.Dispose();
                continue;
            }

            await answers.SendAsync(message, token);
            (await ((IMessageReceiver)sender).ReceiveAsync(token)).Dispose();
        }
    }

    private static void Exchange(IMessageSender sender, IMessageReceiver receiver, int count)
    {
        for (int i = 0; i < count; i++)
        {
            sender.Send(s_body.AsSpan());
            receiver.Receive().Dispose();
        }
    }

    private static void Echo(IMessageReceiver receiver, IMessageSender answers)
    {
        try
        {
            while (true)
                answers.Send(receiver.Receive());
        }
        catch (NngException closed)
        {
            Assert.Equal(NngError.Closed, closed.Error);
        }
    }

    /// <summary>Sends, answers and receives by callbacks; each exchange starts the next one.</summary>
    private sealed class OperationLoop : IDisposable
    {
        private readonly Aio _send;
        private readonly Aio _take;
        private readonly Aio _answer;
        private readonly Aio _receive;
        private readonly SemaphoreSlim _done = new(0);
        private readonly IMessageSender _sender;
        private readonly IMessageReceiver _receiver;
        private int _left;

        public OperationLoop(NngSocket sender, NngSocket receiver)
        {
            _sender = (IMessageSender)sender;
            _receiver = (IMessageReceiver)receiver;
            _send = new Aio(aio => Check(aio));
            _take = new Aio(OnTaken);
            _answer = new Aio(aio =>
            {
                Check(aio);
                ((IMessageReceiver)_sender).Receive(_receive!);
            });
            _receive = new Aio(OnReceived);
        }

        public async Task RunAsync(int count)
        {
            _left = count;
            Next();
            Assert.True(await _done.WaitAsync(60_000));
        }

        public void Dispose()
        {
            foreach (Aio aio in (Aio[])[_send, _take, _answer, _receive])
                aio.Dispose();
            _done.Dispose();
        }

        private static void Check(Aio aio)
        {
            if (aio.Result != NngError.None)
                throw new NngException(aio.Result);
        }

        private void Next()
        {
            _receiver.Receive(_take);
            // The callback of the last send may be running still.
            _send.Wait();
            _send.Message = Message.Create(s_body);
            _sender.Send(_send);
        }

        private void OnTaken(Aio aio)
        {
            Check(aio);
            if (_receiver is IMessageSender answers)
            {
                _answer.Message = aio.Message;
                aio.Message = null;
                answers.Send(_answer);
            }
            else
            {
                OnReceived(aio);
            }
        }

        private void OnReceived(Aio aio)
        {
            Check(aio);
            aio.Message!.Dispose();
            aio.Message = null;
            if (--_left == 0)
                _done.Release();
            else
                Next();
        }
    }
}
