using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Hostile bytes below TLS and inside it, against listeners and dialers, while a good peer keeps talking on the same
/// socket: 10,000 damaged flights of a client over each transport, and 10,000 conversations inside sessions; those inside
/// a session of WebSocket are <see cref="WsFuzzTests"/>.
/// </summary>
public sealed class TlsFuzzTests(ITestOutputHelper output)
{
    private const int Flights = 10_000;

    private const int Sessions = 10_000;

    private const int Answers = 1000;

    private const int Attackers = 4;

    [Theory]
    [InlineData("tls+tcp")]
    [InlineData("wss")]
    public async Task Damaged_flights_of_clients_cost_good_ones_no_message(string scheme)
    {
        byte[] flight = await TlsFlights.OfClientAsync(scheme);
        await AttackListenerAsync(
            scheme, Scale.Of(Flights), (url, seed) => SendDamaged(Doors.ConnectBelow(url), flight, seed));
    }

    [Fact]
    public Task Hostile_conversations_inside_sessions_cost_good_ones_no_message() => AttackListenerAsync(
        "tls+tcp",
        Scale.Of(Sessions),
        (url, seed) =>
        {
            using RawPeer peer = Doors.Connect(url);
            Attack.Talk(peer, new Conversation(peer.Framing, SocketKind.Named("pull"), seed));
        });

    [Theory]
    [InlineData("tls+tcp")]
    [InlineData("wss")]
    public async Task Damaged_flights_of_servers_cost_good_ones_no_message(string scheme)
    {
        byte[] flight = await TlsFlights.OfServerAsync(scheme);
        SocketKind kind = SocketKind.Named("pull");
        await using NngSocket subject = kind.Open();
        subject.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(1));
        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);
        Doors.Dial(subject, Doors.Listen(peer, scheme));
        await Eventually.Completes(peer.WaitForPeersAsync(1), "the good peer is attached");
        using var stop = new CancellationTokenSource();
        Task good = Task.Run(() => traffic.RunAsync(stop.Token));

        using RawPeerListener hostile = Doors.HostileListener(scheme, out string url);
        var dialers = new Dialer[Attackers];
        for (int i = 0; i < dialers.Length; i++)
        {
            dialers[i] = Doors.CreateDialer(subject, url);
            dialers[i].StartInBackground();
        }

        int count = Scale.Of(Answers);
        output.WriteLine($"{scheme}: seeds {Scale.Seed} to {Scale.Seed + count - 1}");
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

    private async Task AttackListenerAsync(string scheme, int count, Action<string, int> attack)
    {
        output.WriteLine($"{scheme}: seeds {Scale.Seed} to {Scale.Seed + count - 1}");
        SocketKind kind = SocketKind.Named("pull");
        await using NngSocket subject = kind.Open();
        string url = Doors.Listen(subject, scheme);
        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);
        Doors.Dial(peer, url);
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
