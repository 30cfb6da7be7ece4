using System.Threading;

namespace Nng.CApi;

/// <summary>
/// A descriptor that is readable exactly while a socket's readiness is set: the read end of a pipe that holds a byte
/// meanwhile.
/// </summary>
/// <remarks>Threading: safe from any thread. The lock keeps byte and level together.</remarks>
internal sealed class PollDescriptor
{
    private readonly Lock _lock = new();
    private readonly Readiness _readiness;
    private int _readEnd;
    private int _writeEnd;

    /// <summary>The pipe holds its byte.</summary>
    private bool _raised;

    private bool _closed;

    private PollDescriptor(Readiness readiness, int readEnd, int writeEnd)
    {
        _readiness = readiness;
        _readEnd = readEnd;
        _writeEnd = writeEnd;
    }

    /// <summary>The descriptor to poll; never to be read or closed by the application.</summary>
    public int Number => _readEnd;

    /// <summary>Makes a descriptor that follows a readiness; null when the process is out of descriptors.</summary>
    public static unsafe PollDescriptor? Create(Readiness readiness)
    {
        int* ends = stackalloc int[2];
        if (Shim.OpenPipe(ends) != 0)
            return null;
        var descriptor = new PollDescriptor(readiness, ends[0], ends[1]);
        // The level is told at once if it is set.
        readiness.Changed += descriptor.OnChanged;
        return descriptor;
    }

    public void Dispose()
    {
        _readiness.Changed -= OnChanged;
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            Shim.ClosePipe(_readEnd, _writeEnd);
            _readEnd = _writeEnd = -1;
        }
    }

    private void OnChanged(bool level)
    {
        lock (_lock)
        {
            if (_closed || level == _raised)
                return;
            _raised = level;
            if (level)
                Shim.RaisePipe(_writeEnd);
            else
                Shim.LowerPipe(_readEnd);
        }
    }
}
