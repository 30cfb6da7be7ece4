using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Nng.TestKit;

/// <summary>
/// A path between UDP dialers and a listener that loses, repeats and reorders datagrams, by a seed. Each dialer's socket has
/// an address of its own on the other side. Threading: every member may be called from any thread.
/// </summary>
public sealed class LossyNetwork : IDisposable
{
    private readonly Socket _front = Bind();
    private readonly IPEndPoint _listener;
    private readonly ConcurrentDictionary<IPEndPoint, Socket> _backs = new();
    private readonly Random _random;
    private readonly Lock _lock = new();

    /// <summary>A datagram that is overtaken by the next one, whose way it takes.</summary>
    private (byte[] Bytes, Socket From, EndPoint To)? _late;

    /// <summary>A path to the listener of a URL.</summary>
    public LossyNetwork(string url, int seed)
    {
        _listener = new IPEndPoint(IPAddress.Loopback, int.Parse(url[(url.LastIndexOf(':') + 1)..]));
        _random = new Random(seed);
        Run(_front, (bytes, from) => Forward(bytes, _backs.GetOrAdd(from, OpenBack), _listener));
    }

    /// <summary>Where to dial.</summary>
    public string Url => $"udp://127.0.0.1:{((IPEndPoint)_front.LocalEndPoint!).Port}";

    /// <summary>How many of a hundred are lost.</summary>
    public int LossPercent { get; set; }

    /// <summary>How many of a hundred arrive twice.</summary>
    public int RepeatPercent { get; set; }

    /// <summary>How many of a hundred are overtaken.</summary>
    public int ReorderPercent { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _front.Dispose();
        foreach (Socket back in _backs.Values)
            back.Dispose();
    }

    private static Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private Socket OpenBack(IPEndPoint dialer)
    {
        Socket back = Bind();
        Run(back, (bytes, _) => Forward(bytes, _front, dialer));
        return back;
    }

    private static void Run(Socket socket, Action<byte[], IPEndPoint> forward)
    {
        var thread = new Thread(() =>
        {
            byte[] buffer = new byte[65_536];
            try
            {
                while (true)
                {
                    EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                    int count = socket.ReceiveFrom(buffer, ref from);
                    forward(buffer[..count], (IPEndPoint)from);
                }
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // Disposed.
            }
        });
        thread.IsBackground = true;
        thread.Start();
    }

    private void Forward(byte[] bytes, Socket from, EndPoint to)
    {
        lock (_lock)
        {
            if (_random.Next(100) < LossPercent)
                return;
            if (_late is null && _random.Next(100) < ReorderPercent)
            {
                _late = (bytes, from, to);
                return;
            }

            from.SendTo(bytes, to);
            if (_random.Next(100) < RepeatPercent)
                from.SendTo(bytes, to);
            if (_late is { } late)
                late.From.SendTo(late.Bytes, late.To);
            _late = null;
        }
    }
}
