using System;
using Nng.Core;

namespace Nng;

/// <content>The calls for those who implement operations of their own.</content>
public sealed partial class Aio
{
    /// <summary>
    /// Provider: the operation has to wait. Registers who cancels it and arms its deadline; once per operation, after
    /// <see cref="Begin"/>. C function: <c>nng_aio_defer</c>.
    /// </summary>
    /// <param name="cancel">Called at most once per request to cancel, without locks, on any thread: give the operation
    /// up and finish it with the reason, unless its completion is under way.</param>
    /// <param name="state">Handed to <paramref name="cancel"/>.</param>
    /// <returns>
    /// <see cref="NngError.None"/> when armed; otherwise nothing was registered and the provider must finish the
    /// operation with the error returned (zero timeout, early abort, stopped).
    /// </returns>
    public NngError Defer(Action<Aio, object?, NngError> cancel, object? state)
    {
        ArgumentNullException.ThrowIfNull(cancel);
        return Schedule(new DelegateProvider(cancel), state);
    }

    private sealed class DelegateProvider(Action<Aio, object?, NngError> cancel) : IAioProvider
    {
        public void OnCancel(Aio aio, object? state, NngError reason)
        {
            try
            {
                cancel(aio, state, reason);
            }
            catch (Exception failure)
            {
                // The caller may be the expirer, which serves everybody.
                CoreLog.CallbackFailed("a deferred operation", failure);
            }
        }
    }
}
