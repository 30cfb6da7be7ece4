using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace Nng.Tools.Nngcat;

/// <summary>Prints a line a second, and one at the end, to standard error: messages, bytes, rate and peers.</summary>
/// <remarks>Threading: a timer reads the socket's counters; the lock keeps its lines and the last one apart.</remarks>
internal sealed class StatsLine : IDisposable
{
    private readonly Lock _lock = new();
    private readonly NngSocket _socket;
    private readonly Timer _timer;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _lastMessages;
    private double _lastSeconds;
    private bool _ended;

    public StatsLine(NngSocket socket)
    {
        _socket = socket;
        _timer = new Timer(_ => Print(isLast: false), null, 1000, 1000);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Print(isLast: true);
    }

    /// <summary>The line for the state of the counters; the rate is that of the time since the line before.</summary>
    internal static string Format(
        double seconds,
        (long Messages, long Bytes) sent,
        (long Messages, long Bytes) received,
        double rate,
        int peers) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds:F1} s: sent {sent.Messages} ({sent.Bytes} bytes), "
            + $"received {received.Messages} ({received.Bytes} bytes), {rate:F0} messages/s, peers {peers}");

    private void Print(bool isLast)
    {
        lock (_lock)
        {
            if (_ended)
                return;
            _ended = isLast;
            (long Messages, long Bytes) sent = (_socket.SentMessages, _socket.SentBytes);
            (long Messages, long Bytes) received = (_socket.ReceivedMessages, _socket.ReceivedBytes);
            double seconds = _clock.Elapsed.TotalSeconds;
            double rate = (sent.Messages + received.Messages - _lastMessages) / Math.Max(seconds - _lastSeconds, 1e-3);
            _lastMessages = sent.Messages + received.Messages;
            _lastSeconds = seconds;
            Console.Error.WriteLine(Format(seconds, sent, received, rate, _socket.Pipes.Count));
        }
    }
}
