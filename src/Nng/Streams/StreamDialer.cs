using System;
using System.Collections.Generic;
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
    private readonly HashSet<Attempt> _attempts = [];
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
                _attempts.Add(attempt);
        }

        if (error != NngError.None)
            aio.Finish(error);
        else
            _ = attempt.RunAsync();
    }

    /// <summary>Ends dials under way, and later ones, with <see cref="NngError.Closed"/>. Idempotent.</summary>
    public void Close()
    {
        Attempt[] attempts;
        lock (_lock)
        {
            _closed = true;
            attempts = [.. _attempts];
        }

        // Not by their aios: one that has ended meanwhile may carry its owner's next operation.
        foreach (Attempt attempt in attempts)
            attempt.End(NngError.Closed);
    }

    public abstract NngError GetOption(string name, out OptionValue value);

    public abstract NngError SetOption(string name, OptionValue value);

    /// <summary>The stream, of this dialer's kind, over a channel that was connected, which it owns.</summary>
    public abstract NngStream CreateStream(IoChannel channel);

    /// <summary>
    /// Makes one connection. Once <paramref name="token"/> is cancelled the result is nobody's: what was begun is
    /// given up, a stream that is returned all the same is closed.
    /// </summary>
    protected abstract ValueTask<(NngError Error, NngStream? Stream)> ConnectAsync(CancellationToken token);

    private void Forget(Attempt attempt)
    {
        lock (_lock)
            _attempts.Remove(attempt);
    }

    /// <summary>One dial.</summary>
    private sealed class Attempt(StreamDialer dialer, Aio aio) : IAioProvider
    {
        private readonly CancellationTokenSource _cancel = new();

        /// <summary>1 once the aio was finished.</summary>
        private int _finished;

        public async Task RunAsync()
        {
            NngStream? stream = null;
            NngError error;
            try
            {
                (error, stream) = await dialer.ConnectAsync(_cancel.Token).ConfigureAwait(false);
            }
            catch (SocketException failure)
            {
                error = failure.ToNngError();
            }
            catch (NngException failure)
            {
                // The engine cannot be made, or cannot watch the socket.
                error = failure.Error;
            }
            catch (OperationCanceledException)
            {
                error = NngError.Canceled;
            }
            catch (ObjectDisposedException)
            {
                error = NngError.Closed;
            }
            catch (OutOfMemoryException)
            {
                error = NngError.OutOfMemory;
            }
            catch (Exception)
            {
                // Whatever else the system's API throws must not leave the dialer hanging.
                error = NngError.Internal;
            }

            if (Interlocked.Exchange(ref _finished, 1) != 0)
            {
                stream?.Channel.Close();
                return;
            }

            _cancel.Dispose();
            dialer.Forget(this);
            aio.SetOutput(0, stream);
            aio.Finish(error);
        }

        public void OnCancel(Aio canceled, object? state, NngError reason) => End(reason);

        /// <summary>Gives the attempt up, unless it has ended.</summary>
        public void End(NngError reason)
        {
            if (Interlocked.Exchange(ref _finished, 1) != 0)
                return;
            _cancel.Cancel();
            dialer.Forget(this);
            aio.Finish(reason);
        }
    }
}
