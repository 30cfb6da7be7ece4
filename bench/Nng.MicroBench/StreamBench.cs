using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Nng.Streams;

namespace Nng.MicroBench;

/// <summary>A transfer over a loopback connection on each engine: mostly the two system calls.</summary>
public class StreamBench
{
    private readonly byte[] _room = new byte[4096];
    private Socket _peer = null!;
    private IoChannel _channel = null!;

    [Params("epoll", "portable")]
    public string Engine { get; set; } = "";

    [GlobalSetup]
    public void Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(listener.LocalEndPoint!);
        _peer = listener.Accept();
        IoEngine engine = Engine == "epoll" ? new EpollEngine() : new PortableEngine();
        _channel = engine.CreateChannel(socket, connected: true);
        _channel.Handler = new Deaf();
    }

    [GlobalCleanup]
    public void Close()
    {
        _channel.Close();
        _peer.Dispose();
    }

    [Benchmark]
    public int SendSmall()
    {
        IoResult result = _channel.TrySend(Inputs.Small);
        return result.Count + _peer.Receive(_room);
    }

    private sealed class Deaf : IIoHandler
    {
        public void OnReadable()
        {
        }

        public void OnWritable()
        {
        }

        public void OnFlush()
        {
        }
    }
}
