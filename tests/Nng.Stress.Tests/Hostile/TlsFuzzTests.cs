using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Hostile bytes below TLS and inside it, against listeners and dialers, while a good peer keeps talking on the same
/// socket: 10,000 damaged flights of a client, and as many conversations inside sessions as their handshakes allow.
/// </summary>
public sealed class TlsFuzzTests(ITestOutputHelper output)
{
    private const int Flights = 10_000;

    private const int Sessions = 500;

    private const int Answers = 500;

    private const int Attackers = 4;

    [Fact]
    public async Task Damaged_flights_of_clients_cost_good_ones_no_message()
    {
        byte[] flight = await RecordClientAsync();
        await AttackListenerAsync(Scale.Of(Flights), (url, seed) => SendDamaged(RawPeer.Dial(url["tls+".Length..]), flight, seed));
    }

    [Fact]
    public Task Hostile_conversations_inside_sessions_cost_good_ones_no_message() => AttackListenerAsync(
        Scale.Of(Sessions),
        (url, seed) =>
        {
            using RawPeer peer = TlsBridge.Dial(url);
            Attack.Talk(peer, new Conversation(peer.Framing, SocketKind.Named("pull"), seed));
        });

    [Fact]
    public async Task Damaged_flights_of_servers_cost_good_ones_no_message()
    {
        byte[] flight = await RecordServerAsync();
        SocketKind kind = SocketKind.Named("pull");
        await using NngSocket subject = kind.Open();
        subject.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(1));
        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);
        Dial(subject, Listen(peer));
        await Eventually.Completes(peer.WaitForPeersAsync(1), "the good peer is attached");
        using var stop = new CancellationTokenSource();
        Task good = Task.Run(() => traffic.RunAsync(stop.Token));

        using RawPeerListener hostile = RawPeerListener.Tcp();
        var dialers = new Dialer[Attackers];
        for (int i = 0; i < dialers.Length; i++)
        {
            dialers[i] = subject.CreateDialer("tls+" + hostile.Url);
            dialers[i].SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
            dialers[i].StartInBackground();
        }

        int count = Scale.Of(Answers);
        output.WriteLine($"seeds {Scale.Seed} to {Scale.Seed + count - 1}");
        await Task.Run(() =>
        {
            for (int n = 0; n < count; n++)
                SendDamaged(hostile.Accept((int)GoodTraffic.Patience.TotalMilliseconds), flight, Scale.Seed + n);
        });
        foreach (Dialer dialer in dialers)
            dialer.Dispose();
        await stop.CancelAsync();
        await good;
        await traffic.RunUntilAsync(() => subject.Pipes.Count == 1, "every hostile pipe is gone");
    }

    private static string Listen(NngSocket socket)
    {
        Listener listener = socket.CreateListener(ScratchUrl.For("tls+tcp"));
        listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        listener.Start();
        return listener.Url;
    }

    private static void Dial(NngSocket socket, string url)
    {
        Dialer dialer = socket.CreateDialer(url);
        dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
        dialer.Start();
    }

    private static void SendDamaged(RawPeer connected, byte[] flight, int seed)
    {
        using RawPeer peer = connected;
        var random = new Random(seed);
        byte[] bytes = Damage.Of(flight, random);
        int cut = random.Next(bytes.Length + 1);
        try
        {
            peer.Send(bytes.AsSpan(..cut));
            peer.Send(bytes.AsSpan(cut..));
            if (random.Next(4) == 0)
                peer.Reset();
            else if (random.Next(4) == 0)
                peer.ShutdownSend();
        }
        catch (SocketException)
        {
            // The other side has had enough.
        }
    }

    /// <summary>What a client sends in a whole session: hello, finish, the SP block and a message.</summary>
    private static async Task<byte[]> RecordClientAsync()
    {
        using var pull = new PullSocket();
        using RawPeer peer = RawPeer.Dial(Listen(pull)["tls+".Length..]);
        await using var recording = new RecordingStream(new NetworkStream(peer.Socket));
        await using var session = new SslStream(recording, leaveInnerStreamOpen: true, (_, _, _, _) => true);
        await session.AuthenticateAsClientAsync("localhost");
        await session.WriteAsync(SpHandshake.Block(0x50));
        await session.WriteAsync((byte[])[.. RawPeer.FrameHead(RawFraming.Tcp, 2), .. "hi"u8]);
        using Message message = await pull.ReceiveAsync();
        return recording.Written();
    }

    /// <summary>What a server sends until it awaits the client's finish, and the SP block.</summary>
    private static async Task<byte[]> RecordServerAsync()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        using var push = new PushSocket();
        Dialer dialer = push.CreateDialer("tls+" + listener.Url);
        dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
        dialer.StartInBackground();
        using RawPeer peer = listener.Accept();
        await using var recording = new RecordingStream(new NetworkStream(peer.Socket));
        await using var session = new SslStream(recording);
        await session.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Nng.Streams.TlsConfig.LoadCertificate(
                TestAuthority.Server.CertificatePem, TestAuthority.Server.KeyPem),
        });
        await session.WriteAsync(SpHandshake.Block(0x51));
        await push.WaitForPeersAsync(1);
        return recording.Written();
    }

    private async Task AttackListenerAsync(int count, Action<string, int> attack)
    {
        output.WriteLine($"seeds {Scale.Seed} to {Scale.Seed + count - 1}");
        SocketKind kind = SocketKind.Named("pull");
        await using NngSocket subject = kind.Open();
        string url = Listen(subject);
        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);
        Dial(peer, url);
        await Eventually.Completes(subject.WaitForPeersAsync(1), "the good peer is attached");
        using var stop = new CancellationTokenSource();
        Task good = Task.Run(() => traffic.RunAsync(stop.Token));
        await AttackPool.RunAsync(Attackers, count, n => attack(url, Scale.Seed + n));
        await stop.CancelAsync();
        await good;
        await traffic.RunUntilAsync(() => subject.Pipes.Count == 1, "every hostile pipe is gone");
        output.WriteLine($"{traffic.Rounds} good messages meanwhile");
    }
}
