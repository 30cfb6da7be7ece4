using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <summary>Dials by a socket: tries all addresses in order, as one attempt (TW-5).</summary>
internal abstract class SocketStreamDialer : StreamDialer
{
    /// <summary>How often a full backlog is tried again before it counts as refused (TW-8).</summary>
    protected virtual int BacklogRetries => 0;

    protected sealed override async ValueTask<(NngError Error, NngStream? Stream)> ConnectAsync(CancellationToken token)
    {
        (NngError error, EndPoint[] endPoints) = await ResolveAsync(token).ConfigureAwait(false);
        if (error != NngError.None)
            return (error, null);
        error = NngError.AddressInvalid;
        foreach (EndPoint endPoint in endPoints)
        {
            IoChannel? channel = null;
            try
            {
                (error, channel) = await ConnectAsync(endPoint, token).ConfigureAwait(false);
            }
            catch (SocketException failure)
            {
                // No socket for this address; there may be one for the next.
                error = failure.ToNngError();
            }

            if (channel is not null)
                return (NngError.None, Wrap(channel));
            token.ThrowIfCancellationRequested();
        }

        return (error, null);
    }

    /// <summary>The addresses to try, in order; none is an invalid address.</summary>
    public abstract ValueTask<(NngError Error, EndPoint[] EndPoints)> ResolveAsync(CancellationToken token);

    /// <summary>A socket for an address, with its options set and its local end bound.</summary>
    public abstract Socket CreateSocket(EndPoint remote);

    /// <summary>What a connect error means for this kind of stream.</summary>
    protected virtual NngError Translate(NngError error) => error;

    private NngStream Wrap(IoChannel channel)
    {
        try
        {
            return CreateStream(channel);
        }
        catch
        {
            channel.Close();
            throw;
        }
    }

    private async ValueTask<(NngError Error, IoChannel? Channel)> ConnectAsync(EndPoint endPoint, CancellationToken token)
    {
        (NngError error, IoChannel? channel) = await ConnectOnceAsync(endPoint, token).ConfigureAwait(false);
        for (int retry = 1; error == NngError.Busy && retry <= BacklogRetries; retry++)
        {
            await Aio.SleepAsync(10 * retry).ConfigureAwait(false);
            (error, channel) = await ConnectOnceAsync(endPoint, token).ConfigureAwait(false);
        }

        return (Translate(error == NngError.Busy ? NngError.ConnectionRefused : error), channel);
    }

    private async ValueTask<(NngError Error, IoChannel? Channel)> ConnectOnceAsync(
        EndPoint endPoint, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        IoChannel channel = IoEngine.Default.CreateChannel(CreateSocket(endPoint), connected: false);
        var waiter = new Waiter();
        channel.Handler = waiter;
        NngError error;
        using (token.UnsafeRegister(static closing => ((IoChannel)closing!).Close(), channel))
        {
            error = token.IsCancellationRequested ? NngError.Canceled : channel.Connect(endPoint);
            if (error == NngError.TryAgain)
            {
                await waiter.Writable.Task.ConfigureAwait(false);
                error = channel.FinishConnect();
            }
        }

        if (error == NngError.None)
            return (error, channel);
        channel.Close();
        return (error, null);
    }

    /// <summary>Told when the connect under way has ended, or its channel was closed.</summary>
    private sealed class Waiter : IIoHandler
    {
        public TaskCompletionSource Writable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnReadable()
        {
        }

        public void OnWritable() => Writable.TrySetResult();

        public void OnFlush()
        {
        }
    }
}
