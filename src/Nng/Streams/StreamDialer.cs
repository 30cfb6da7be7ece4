using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Connects byte streams to one address; each dial is independent.</summary>
/// <remarks>Threading: safe from any thread; <see cref="_lock"/> guards the dials under way.</remarks>
internal abstract class StreamDialer
{
    private readonly Lock _lock = new();
    private readonly HashSet<Aio> _dials = [];
    private bool _closed;

    /// <summary>Connects once; output 0 is an <see cref="NngStream"/>. Cancelling aborts the attempt at once.</summary>
    public void Dial(Aio aio)
    {
        if (!aio.Begin())
            return;
        var attempt = new Attempt(this, aio);
        NngError error;
        lock (_lock)
        {
            error = _closed ? NngError.Closed : aio.Schedule(attempt, null);
            if (error == NngError.None)
                _dials.Add(aio);
        }

        if (error != NngError.None)
            aio.Finish(error);
        else
            _ = attempt.RunAsync();
    }

    /// <summary>Ends dials under way, and later ones, with <see cref="NngError.Closed"/>. Idempotent.</summary>
    public void Close()
    {
        Aio[] dials;
        lock (_lock)
        {
            _closed = true;
            dials = [.. _dials];
        }

        foreach (Aio dial in dials)
            dial.Abort(NngError.Closed);
    }

    public abstract NngError GetOption(string name, out OptionValue value);

    public abstract NngError SetOption(string name, OptionValue value);

    /// <summary>The addresses to try, in order; none is an invalid address.</summary>
    public abstract ValueTask<(NngError Error, EndPoint[] EndPoints)> ResolveAsync(CancellationToken token);

    /// <summary>A socket for an address, with its options set and its local end bound.</summary>
    public abstract Socket CreateSocket(EndPoint remote);

    /// <summary>The stream over a channel that was connected, which it owns.</summary>
    public abstract NngStream CreateStream(IoChannel channel);

    /// <summary>What a connect error means for this kind of stream.</summary>
    protected virtual NngError Translate(NngError error) => error;

    /// <summary>How often a full backlog is tried again before it counts as refused (TW-8).</summary>
    protected virtual int BacklogRetries => 0;

    private void Forget(Aio dial)
    {
        lock (_lock)
            _dials.Remove(dial);
    }

    /// <summary>One dial.</summary>
    private sealed class Attempt(StreamDialer dialer, Aio aio) : IAioProvider, IIoHandler
    {
        private readonly CancellationTokenSource _cancel = new();
        private readonly Lock _lock = new();

        /// <summary>Set once the connect under way has ended, or its channel was closed.</summary>
        private TaskCompletionSource _writable = null!;

        /// <summary>Being connected; <see cref="_lock"/> guards it against a cancel. Null for none.</summary>
        private IoChannel? _channel;

        /// <summary>Cancelled: no channel may be connected any more. Guarded by <see cref="_lock"/>.</summary>
        private bool _aborted;

        /// <summary>1 once the aio was finished.</summary>
        private int _finished;

        public async Task RunAsync()
        {
            NngStream? stream = null;
            NngError error;
            try
            {
                (error, stream) = await ConnectAsync().ConfigureAwait(false);
            }
            catch (SocketException failure)
            {
                error = failure.ToNngError();
            }
            catch (OperationCanceledException)
            {
                error = NngError.Canceled;
            }
            catch (ObjectDisposedException)
            {
                error = NngError.Closed;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // Whatever else the sockets API throws must not leave the dialer hanging.
                error = NngError.Internal;
            }

            if (error != NngError.None)
                _channel?.Close();
            if (Interlocked.Exchange(ref _finished, 1) != 0)
            {
                _channel?.Close();
                return;
            }

            _cancel.Dispose();
            dialer.Forget(aio);
            aio.SetOutput(0, stream);
            aio.Finish(error);
        }

        public void OnCancel(Aio canceled, object? state, NngError reason)
        {
            if (Interlocked.Exchange(ref _finished, 1) != 0)
                return;
            IoChannel? channel;
            lock (_lock)
            {
                _aborted = true;
                channel = _channel;
            }

            _cancel.Cancel();
            channel?.Close();
            dialer.Forget(aio);
            aio.Finish(reason);
        }

        public void OnReadable()
        {
        }

        public void OnWritable() => _writable.TrySetResult();

        public void OnFlush()
        {
        }

        private async ValueTask<(NngError Error, NngStream? Stream)> ConnectAsync()
        {
            (NngError error, EndPoint[] endPoints) = await dialer.ResolveAsync(_cancel.Token).ConfigureAwait(false);
            if (error != NngError.None)
                return (error, null);
            error = NngError.AddressInvalid;
            foreach (EndPoint endPoint in endPoints)
            {
                error = await ConnectAsync(endPoint).ConfigureAwait(false);
                if (error == NngError.None)
                    return (error, dialer.CreateStream(_channel!));
                _cancel.Token.ThrowIfCancellationRequested();
            }

            return (error, null);
        }

        private async ValueTask<NngError> ConnectAsync(EndPoint endPoint)
        {
            NngError error = await ConnectOnceAsync(endPoint).ConfigureAwait(false);
            for (int retry = 1; error == NngError.Busy && retry <= dialer.BacklogRetries; retry++)
            {
                await Aio.SleepAsync(10 * retry).ConfigureAwait(false);
                error = await ConnectOnceAsync(endPoint).ConfigureAwait(false);
            }

            return dialer.Translate(error == NngError.Busy ? NngError.ConnectionRefused : error);
        }

        private async ValueTask<NngError> ConnectOnceAsync(EndPoint endPoint)
        {
            _cancel.Token.ThrowIfCancellationRequested();
            _channel?.Close();
            Socket socket = dialer.CreateSocket(endPoint);
            IoChannel channel = IoEngine.Default.CreateChannel(socket, connected: false);
            channel.Handler = this;
            _writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _channel = channel;
                if (_aborted)
                    return NngError.Canceled;
            }

            NngError error = channel.Connect(endPoint);
            if (error != NngError.TryAgain)
                return error;
            await _writable.Task.ConfigureAwait(false);
            return channel.FinishConnect();
        }
    }
}
