using System;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Nng.WebSockets;

namespace Nng.MicroBench;

/// <summary>
/// Small messages over a loopback connection by WebSocket, by this library and by the runtime's own class over a stream:
/// one at a time there and back, and one after the other one way.
/// </summary>
[BenchmarkCategory(Baseline.Compared)]
public class WebSocketBench
{
    private const int Echoes = 1000;
    private const int Messages = 10_000;

    private readonly byte[] _room = new byte[4096];
    private readonly byte[] _otherRoom = new byte[4096];
    private NngWebSocket _ours = null!;
    private NngWebSocket _ourPeer = null!;
    private WebSocket _theirs = null!;
    private WebSocket _theirPeer = null!;

    [GlobalSetup]
    public void Connect() => ConnectAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Close()
    {
        _ours.Dispose();
        _ourPeer.Dispose();
        _theirs.Dispose();
        _theirPeer.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Echoes)]
    public async Task Echo()
    {
        Task echo = Task.Run(async () =>
        {
            for (int i = 0; i < Echoes; i++)
            {
                NngWebSocketResult result = await _ourPeer.ReceiveAsync(_otherRoom);
                await _ourPeer.SendAsync(_otherRoom.AsMemory(0, result.Count));
            }
        });
        for (int i = 0; i < Echoes; i++)
        {
            await _ours.SendAsync(Inputs.Small);
            await _ours.ReceiveAsync(_room);
        }

        await echo;
    }

    [Benchmark(OperationsPerInvoke = Echoes)]
    public async Task EchoByTheRuntime()
    {
        Task echo = Task.Run(async () =>
        {
            for (int i = 0; i < Echoes; i++)
            {
                ValueWebSocketReceiveResult result = await _theirPeer.ReceiveAsync(_otherRoom.AsMemory(), default);
                await SendAsync(_theirPeer, _otherRoom.AsMemory(0, result.Count));
            }
        });
        for (int i = 0; i < Echoes; i++)
        {
            await SendAsync(_theirs, Inputs.Small);
            await _theirs.ReceiveAsync(_room.AsMemory(), default);
        }

        await echo;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task OneWay()
    {
        Task received = Task.Run(async () =>
        {
            for (int i = 0; i < Messages; i++)
                await _ourPeer.ReceiveAsync(_otherRoom);
        });
        for (int i = 0; i < Messages; i++)
            await _ours.SendAsync(Inputs.Small);
        await received;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task OneWayByTheRuntime()
    {
        Task received = Task.Run(async () =>
        {
            for (int i = 0; i < Messages; i++)
                await _theirPeer.ReceiveAsync(_otherRoom.AsMemory(), default);
        });
        for (int i = 0; i < Messages; i++)
            await SendAsync(_theirs, Inputs.Small);
        await received;
    }

    private static ValueTask SendAsync(WebSocket socket, ReadOnlyMemory<byte> message) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    private async Task ConnectAsync()
    {
        using var accepting = new NngWebSocketListener("ws://127.0.0.1:0/bench");
        accepting.Listen();
        _ours = await NngWebSocket.ConnectAsync(accepting.Url);
        _ourPeer = await accepting.AcceptAsync();

        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(listener.LocalEndPoint!);
        Socket accepted = await listener.AcceptAsync();
        accepted.NoDelay = true;
        // The upgrade is text that the class does not know: a connection is one from the beginning.
        _theirs = WebSocket.CreateFromStream(
            new NetworkStream(socket, ownsSocket: true), isServer: false, subProtocol: null, Timeout.InfiniteTimeSpan);
        _theirPeer = WebSocket.CreateFromStream(
            new NetworkStream(accepted, ownsSocket: true), isServer: true, subProtocol: null, Timeout.InfiniteTimeSpan);
    }
}
