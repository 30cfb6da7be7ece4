using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Nng.Tools.Nngcat;

/// <summary>
/// Ctrl-C and termination end a run in order: whatever waits is woken, the socket closes and removes its socket files,
/// the last statistics are printed. A second signal has its default effect.
/// </summary>
/// <remarks>
/// Threading: the handler runs on a thread of the runtime, under the lock. <see cref="Dispose"/> waits for one that is at
/// work; one that comes later does nothing.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly NngSocket _socket;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>0 until a signal came, then what a shell reports for it.</summary>
    private int _exitCode;

    /// <summary>The run is over, nothing is left to interrupt. Under the lock.</summary>
    private bool _over;

    public Interruption(NngSocket socket)
    {
        _socket = socket;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, 2)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, 15)),
        ];
    }

    /// <summary>Set when a signal came.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code the signal demands; null when none came.</summary>
    public int? ExitCode => Volatile.Read(ref _exitCode) is var code and not 0 ? code : null;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        lock (_lock)
        {
            _over = true;
            _stop.Dispose();
        }
    }

    /// <summary>Called for each signal; also once more after <see cref="Dispose"/>, when the runtime had begun before.</summary>
    internal void OnSignal(PosixSignalContext context, int number)
    {
        lock (_lock)
        {
            if (_over)
            {
                context.Cancel = true;
                return;
            }

            if (Interlocked.CompareExchange(ref _exitCode, 128 + number, 0) != 0)
                return;
            context.Cancel = true;
            _stop.Cancel();
            _socket.Dispose();
        }
    }
}
