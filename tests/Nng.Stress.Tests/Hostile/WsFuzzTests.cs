using System;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Hostile upgrades and frames against WebSocket listeners and dialers, while a good peer keeps talking on the same
/// socket: 10,000 conversations against the listeners of each transport, and as many answers to its dialers as their
/// redials allow, with and without compression.
/// </summary>
public sealed class WsFuzzTests(ITestOutputHelper output)
{
    private const int Conversations = 5000;

    private const int Answers = 2000;

    private const int Attackers = 4;

    /// <summary>What each message of a socket under attack may hold, inflated.</summary>
    private const long Limit = 1 << 20;

    [Theory]
    [InlineData("ws", "pull", false)]
    [InlineData("ws", "rep", true)]
    [InlineData("wss", "pull", true)]
    [InlineData("wss", "rep", false)]
    public async Task Hostile_clients_cost_good_ones_no_message(string scheme, string kindName, bool deflates)
    {
        SocketKind kind = SocketKind.Named(kindName);
        int count = Scale.Of(Conversations);
        output.WriteLine($"{scheme}, {kind}: seeds {Scale.Seed} to {Scale.Seed + count - 1}");
        await using NngSocket subject = kind.Open();
        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);
        string url = Listen(subject, scheme, deflates);
        Dial(peer, url, deflates);
        await Eventually.Completes(subject.WaitForPeersAsync(1), "the good peer is attached");
        string request = WsConversation.Request(url, ProtocolOf(kind), deflates);
        ExpectUpgrade(url, request);

        using var stop = new CancellationTokenSource();
        Task good = Task.Run(() => traffic.RunAsync(stop.Token));
        await AttackPool.RunAsync(Attackers, count, n => Attack(url, request, Scale.Seed + n));
        await stop.CancelAsync();
        await good;
        await traffic.RunUntilAsync(() => subject.Pipes.Count == 1, "every hostile pipe is gone");
        output.WriteLine($"{traffic.Rounds} good messages meanwhile");
    }

    [Theory]
    [InlineData("ws", false)]
    [InlineData("ws", true)]
    [InlineData("wss", false)]
    [InlineData("wss", true)]
    public async Task Hostile_servers_cost_good_ones_no_message(string scheme, bool deflates)
    {
        SocketKind kind = SocketKind.Named("pull");
        await using NngSocket subject = kind.Open();
        subject.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(1));
        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);
        Dial(subject, Listen(peer, scheme, deflates), deflates);
        await Eventually.Completes(peer.WaitForPeersAsync(1), "the good peer is attached");
        using var stop = new CancellationTokenSource();
        Task good = Task.Run(() => traffic.RunAsync(stop.Token));

        using RawPeerListener hostile = Doors.HostileListener(scheme, out string url);
        var dialers = new Dialer[Attackers];
        for (int i = 0; i < dialers.Length; i++)
        {
            dialers[i] = Doors.CreateDialer(subject, url, dialer => Limited(dialer, deflates));
            dialers[i].StartInBackground();
        }

        int count = Scale.Of(Doors.IsSecure(scheme) ? Answers / 2 : Answers);
        output.WriteLine($"{scheme}: seeds {Scale.Seed} to {Scale.Seed + count - 1}");
        await Task.Run(() =>
        {
            long last = Stopwatch.GetTimestamp();
            for (int n = 0; n < count;)
            {
                if (Answer(Doors.Accept(hostile, scheme), deflates, Scale.Seed + n))
                {
                    n++;
                    last = Stopwatch.GetTimestamp();
                }

                Assert.True(Stopwatch.GetElapsedTime(last) < GoodTraffic.Patience, $"request {n} comes");
            }
        });
        foreach (Dialer dialer in dialers)
            dialer.Dispose();
        await stop.CancelAsync();
        await good;
        await traffic.RunUntilAsync(() => subject.Pipes.Count == 1, "every hostile pipe is gone");
        output.WriteLine($"{traffic.Rounds} good messages meanwhile");
    }

    private static string ProtocolOf(SocketKind kind) => kind.Name + ".sp.nanomsg.org";

    private static string Listen(NngSocket socket, string scheme, bool deflates) => Doors.Listen(socket, scheme, listener =>
    {
        listener.SetOption(OptionNames.WsDeflate, deflates);
        listener.SetOption(OptionNames.ReceiveMaxSize, Limit);
    });

    private static void Dial(NngSocket socket, string url, bool deflates) =>
        Doors.Dial(socket, url, dialer => Limited(dialer, deflates));

    private static void Limited(Dialer dialer, bool deflates)
    {
        dialer.SetOption(OptionNames.WsDeflate, deflates);
        dialer.SetOption(OptionNames.ReceiveMaxSize, Limit);
    }

    /// <summary>What the attacks are made of opens the door: they get as far as frames.</summary>
    private static void ExpectUpgrade(string url, string request)
    {
        using RawPeer peer = Doors.Connect(url);
        peer.Send(Encoding.ASCII.GetBytes(request));
        Assert.Equal("HTTP/1.1 101", Encoding.ASCII.GetString(peer.Read(12)));
    }

    private static void Attack(string url, string request, int seed)
    {
        var random = new Random(seed);
        byte[] bytes = new WsConversation(request, masks: true, random).Bytes();
        try
        {
            using RawPeer peer = Doors.Connect(url);
            Hostile.Attack.Talk(peer, bytes, random);
        }
        catch (SocketException)
        {
            // Refused or reset while talking.
        }
    }

    /// <summary>False when the dialer was out of patience before it had asked.</summary>
    private static bool Answer(RawPeer connected, bool deflates, int seed)
    {
        using RawPeer peer = connected;
        if (!TryReadKey(peer, out string key))
            return false;
        var random = new Random(seed);
        try
        {
            string response = WsConversation.Response(key, "push.sp.nanomsg.org", deflates);
            Hostile.Attack.Talk(peer, new WsConversation(response, masks: false, random).Bytes(), random);
        }
        catch (SocketException)
        {
            // The dialer has had enough.
        }

        return true;
    }

    /// <summary>Reads a request to its end; its key.</summary>
    private static bool TryReadKey(RawPeer peer, out string key)
    {
        var text = new StringBuilder();
        try
        {
            while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                text.Append((char)peer.Read(1)[0]);
        }
        catch (XunitException)
        {
            key = string.Empty;
            return false;
        }

        key = WsConversation.KeyOf(text.ToString());
        return true;
    }
}
