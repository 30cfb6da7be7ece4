using System;

namespace Nng.Sp;

/// <content>Pipe events.</content>
internal sealed partial class SpSocket
{
    /// <summary>One callback an event; replaced as a whole.</summary>
    private readonly Action<SpPipe, PipeEvent>?[] _callbacks = new Action<SpPipe, PipeEvent>?[3];

    private volatile bool _hasEvents;

    /// <summary>Some callback is registered.</summary>
    public bool HasEvents => _hasEvents;

    /// <summary>Registers or, with null, clears the callback of an event; unknown events are ignored.</summary>
    public NngError SetEventCallback(PipeEvent what, Action<SpPipe, PipeEvent>? callback)
    {
        if (IsClosing)
            return NngError.Closed;
        if ((uint)what >= (uint)_callbacks.Length)
            return NngError.None;
        lock (_lock)
        {
            _callbacks[(int)what] = callback;
            if (callback is not null)
                _hasEvents = true;
        }

        return NngError.None;
    }

    /// <summary>Calls the event's callback; an exception out of user code is logged and goes no further.</summary>
    internal void RaiseEvent(SpPipe pipe, PipeEvent what)
    {
        Action<SpPipe, PipeEvent>? callback;
        lock (_lock)
            callback = _callbacks[(int)what];
        if (callback is null)
            return;
        try
        {
            callback(pipe, what);
        }
        catch (Exception failure)
        {
            SpLog.EventCallbackFailed(this, what, failure);
        }
    }
}
