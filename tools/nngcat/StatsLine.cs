using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace Nng.Tools.Nngcat;

/// <summary>Prints a line a second to standard error: messages, bytes, rate and peers.</summary>
/// <remarks>Threading: a timer thread reads the socket's counters.</remarks>
internal sealed class StatsLine : IDisposable
{
    private readonly NngSocket _socket;
    private readonly Timer _timer;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _lastMessages;
    private double _lastSeconds;

    public StatsLine(NngSocket socket)
    {
        _socket = socket;
        _timer = new Timer(_ => Print(), null, 1000, 1000);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Print();
    }

    private void Print()
    {
        long messages = _socket.SentMessages + _socket.ReceivedMessages;
        double seconds = _clock.Elapsed.TotalSeconds;
        double rate = (messages - _lastMessages) / Math.Max(seconds - _lastSeconds, 1e-3);
        _lastMessages = messages;
        _lastSeconds = seconds;
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds:F1} s: sent {_socket.SentMessages} ({_socket.SentBytes} bytes), "
            + $"received {_socket.ReceivedMessages} ({_socket.ReceivedBytes} bytes), {rate:F0}/s, "
            + $"{_socket.Pipes.Count} peers"));
    }
}
