using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>
/// Our sockets in conversation with the C libraries in this process: every protocol pair, both directions of dialling,
/// over tcp, ipc and (libnng) abstract sockets, all sizes, and long ordered streams.
/// </summary>
public sealed class LibraryTests
{
    private static readonly int[] s_sizes = [0, 1, 64 << 10, (1 << 20) - 1, 4 << 20];

    private static readonly SocketOptions s_options = new()
    {
        ReceiveMaxSize = 0,
        SendTimeout = TimeSpan.FromSeconds(20),
        ReceiveTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>Ours and theirs.</summary>
    private static readonly (string Ours, string Theirs)[] s_pairs =
    [
        ("pair0", "pair0"), ("pair1", "pair1"), ("pub", "sub"), ("sub", "pub"), ("req", "rep"), ("rep", "req"),
        ("push", "pull"), ("pull", "push"), ("surveyor", "respondent"), ("respondent", "surveyor"), ("bus", "bus"),
    ];

    public static IEnumerable<object[]> Libnng() => Cases("libnng", ["tcp", "ipc", "abstract"]);

    public static IEnumerable<object[]> Libnanomsg() => Cases("libnanomsg", ["tcp", "ipc"]);

    [PeerTheory("libnng")]
    [MemberData(nameof(Libnng))]
    public Task With_libnng(string library, string scheme, string ours, string theirs, bool weListen) =>
        TalkAsync(library, scheme, ours, theirs, weListen);

    [PeerTheory("libnanomsg")]
    [MemberData(nameof(Libnanomsg))]
    public Task With_libnanomsg(string library, string scheme, string ours, string theirs, bool weListen) =>
        TalkAsync(library, scheme, ours, theirs, weListen);

    [PeerTheory("libnng")]
    [InlineData("libnng", "tcp")]
    [InlineData("libnng", "ipc")]
    public Task Long_streams_with_libnng_keep_their_order(string library, string scheme) => StreamAsync(library, scheme);

    [PeerTheory("libnanomsg")]
    [InlineData("libnanomsg", "tcp")]
    [InlineData("libnanomsg", "ipc")]
    public Task Long_streams_with_libnanomsg_keep_their_order(string library, string scheme) =>
        StreamAsync(library, scheme);

    private static IEnumerable<object[]> Cases(string library, string[] schemes)
    {
        foreach (string scheme in schemes)
        {
            foreach ((string ours, string theirs) in s_pairs)
            {
                if (library == "libnanomsg" && ours == "pair1")
                    continue;
                yield return [library, scheme, ours, theirs, true];
                yield return [library, scheme, ours, theirs, false];
            }
        }
    }

    private static NngSocket Open(string protocol)
    {
        NngSocket socket = protocol switch
        {
            "pair0" => new Pair0Socket(s_options),
            "pair1" => new Pair1Socket(s_options),
            "pub" => new PubSocket(s_options),
            "sub" => new SubSocket(),
            "req" => new ReqSocket(),
            "rep" => new RepSocket(s_options),
            "push" => new PushSocket(s_options),
            "pull" => new PullSocket(s_options),
            "surveyor" => new SurveyorSocket(),
            "respondent" => new RespondentSocket(s_options),
            "bus" => new BusSocket(s_options),
            _ => throw new ArgumentException(protocol),
        };
        socket.SetOption(OptionNames.ReceiveMaxSize, 0L);
        socket.ReceiveTimeout = TimeSpan.FromSeconds(20);
        (socket as SubSocket)?.Subscribe(string.Empty);
        if (socket is SurveyorSocket)
            socket.SetOption(OptionNames.SurveyorSurveyTime, TimeSpan.FromSeconds(20));
        return socket;
    }

    private static void Connect(NngSocket ours, ForeignSocket theirs, string scheme, bool weListen)
    {
        string url = ScratchUrl.For(scheme);
        if (weListen)
        {
            ours.Listen(url);
            theirs.Dial(url);
        }
        else
        {
            theirs.Listen(url);
            ours.Dial(url);
        }

        Eventually.Equal(1, () => ours.Inner.AttachedCount);
    }

    private static async Task TalkAsync(string library, string scheme, string ourProtocol, string theirProtocol, bool weListen)
    {
        using NngSocket ours = Open(ourProtocol);
        using var theirs = new ForeignSocket(library, theirProtocol);
        Connect(ours, theirs, scheme, weListen);
        if (ourProtocol is "pub" or "surveyor" or "bus" || theirProtocol is "pub" or "surveyor" or "bus")
            await SettleAsync();
        foreach (int size in s_sizes)
        {
            var body = new byte[size];
            new Random(size).NextBytes(body);
            // Who answers must be asked first.
            if (ourProtocol is "rep" or "respondent" or "sub" or "pull")
            {
                await TheirsToOursAsync(ours, theirs, body);
                if (ours is IMessageSender && ourProtocol != "sub")
                    await OursToTheirsAsync(ours, theirs, body);
            }
            else
            {
                await OursToTheirsAsync(ours, theirs, body);
                if (ours is IMessageReceiver)
                    await TheirsToOursAsync(ours, theirs, body);
            }
        }
    }

    /// <summary>The other side attaches a moment later than ours, and what nobody waits for would be lost before.</summary>
    private static Task SettleAsync() => Task.Delay(100);

    private static async Task OursToTheirsAsync(NngSocket ours, ForeignSocket theirs, byte[] body)
    {
        Task<byte[]> receive = Task.Run(theirs.Receive);
        ((IMessageSender)ours).Send(body.AsSpan());
        byte[] received = await receive;
        Assert.True(body.AsSpan().SequenceEqual(received), $"{body.Length} bytes to the peer");
    }

    private static async Task TheirsToOursAsync(NngSocket ours, ForeignSocket theirs, byte[] body)
    {
        Task send = Task.Run(() => theirs.Send(body));
        using Message message = ((IMessageReceiver)ours).Receive();
        Assert.True(body.AsSpan().SequenceEqual(message.Body), $"{body.Length} bytes from the peer");
        await send;
    }

    private static async Task StreamAsync(string library, string scheme)
    {
        const int count = 10_000;
        using (NngSocket ours = Open("push"))
        using (var theirs = new ForeignSocket(library, "pull"))
        {
            Connect(ours, theirs, scheme, weListen: true);
            Task sending = Task.Run(() =>
            {
                for (int i = 0; i < count; i++)
                    ((IMessageSender)ours).Send(BitConverter.GetBytes(i).AsSpan());
            });
            for (int i = 0; i < count; i++)
                Assert.Equal(i, BitConverter.ToInt32(theirs.Receive()));
            await sending;
        }

        using (NngSocket ours = Open("pull"))
        using (var theirs = new ForeignSocket(library, "push"))
        {
            Connect(ours, theirs, scheme, weListen: true);
            Task sending = Task.Run(() =>
            {
                for (int i = 0; i < count; i++)
                    theirs.Send(BitConverter.GetBytes(i));
            });
            for (int i = 0; i < count; i++)
            {
                using Message message = ((IMessageReceiver)ours).Receive();
                Assert.Equal(i, BitConverter.ToInt32(message.Body));
            }

            await sending;
        }
    }
}
