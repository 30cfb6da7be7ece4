using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sp;

namespace Nng;

/// <summary>
/// Joins two raw sockets so that messages travel on: req-rep, pub-sub, push-pull, surveyor-respondent, pair, bus. A
/// device waits when its destination cannot take more; it drops nothing itself and closes neither socket.
/// </summary>
public static class Device
{
    /// <summary>
    /// Forwards between two sockets until one is closed or the token is cancelled. C function: <c>nng_device_aio</c>.
    /// </summary>
    /// <param name="first">One side.</param>
    /// <param name="second">The other side; null or the same socket reflects each message on the first.</param>
    /// <param name="cancellationToken">Ends the device; both sockets stay usable.</param>
    /// <returns>Never completes successfully.</returns>
    /// <exception cref="NngException">
    /// <see cref="NngError.InvalidArgument"/>: not raw, or protocols that do not fit; <see cref="NngError.Closed"/>: a
    /// socket was closed; otherwise what ended the forwarding.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task RunAsync(
        NngSocket first, NngSocket? second = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        Aio aio = Aio.RentAwaited(Failures.Instance, Aio.Infinite, cancellationToken);
        ValueTask task = aio.PrepareTask();
        SpDevice.Start(aio, first.Inner, second?.Inner);
        aio.RegisterToken();
        await task.ConfigureAwait(false);
    }

    /// <summary>Forwards like <see cref="RunAsync"/>, blocking the thread. C function: <c>nng_device</c>.</summary>
    /// <param name="first">One side.</param>
    /// <param name="second">The other side; null or the same socket reflects.</param>
    /// <returns>What ended the forwarding.</returns>
    public static NngError Run(NngSocket? first, NngSocket? second)
    {
        var aio = new Aio { TimeoutMs = Aio.Infinite };
        Start(aio, first, second);
        aio.Wait(driver: null);
        return aio.Result;
    }

    /// <summary>
    /// Starts forwarding; the aio completes when it ends, and ends it when it is cancelled or times out.
    /// C function: <c>nng_device_aio</c>.
    /// </summary>
    /// <param name="aio">Idle.</param>
    /// <param name="first">One side, or null.</param>
    /// <param name="second">The other side, or null.</param>
    public static void Start(Aio aio, NngSocket? first, NngSocket? second)
    {
        ArgumentNullException.ThrowIfNull(aio);
        SpDevice.Start(aio, first?.Inner, second?.Inner);
    }

    /// <summary>Words the failures of a device.</summary>
    private sealed class Failures : IAioOwner
    {
        public static readonly Failures Instance = new();

        [System.Diagnostics.CodeAnalysis.DoesNotReturn]
        public void ThrowFailure(NngError error, CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            throw new NngException(error, error == NngError.InvalidArgument
                ? "A device needs raw sockets of protocols that are each other's peers."
                : $"The device ended: {error.Text()}.");
        }
    }
}
