using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp;

namespace Nng;

/// <summary>What all sockets share: endpoints, pipes, options, closing. C type: <c>nng_socket</c>.</summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public abstract partial class NngSocket : IDisposable, IAsyncDisposable
{
    private protected NngSocket(Func<SpSocket, SpProtocol> protocol, SocketOptions? options)
    {
        Inner = new SpSocket(protocol, SpPolicy.Managed, TransportTable.Find);
        Channel = new MessageChannel(Inner);
        try
        {
            options?.Apply(this);
        }
        catch
        {
            Inner.Close();
            throw;
        }
    }

    internal SpSocket Inner { get; }

    internal MessageChannel Channel { get; }

    /// <summary>
    /// Connects to a peer and keeps connected: waits for the first attempt, redials in the background after a loss.
    /// C function: <c>nng_dial</c>.
    /// </summary>
    /// <param name="url">For example <c>tcp://127.0.0.1:5555</c>, <c>ipc:///run/app.sock</c>, <c>inproc://name</c>.</param>
    /// <returns>The dialer; close it to disconnect, or let the socket close it.</returns>
    /// <exception cref="NngException">The URL is unusable or the first attempt failed.</exception>
    public Dialer Dial(string url)
    {
        Dialer dialer = CreateDialer(url);
        dialer.StartOrClose();
        return dialer;
    }

    /// <summary>Connects like <see cref="Dial"/>, without blocking the thread.</summary>
    /// <param name="url">The peer's address.</param>
    /// <param name="cancellationToken">Aborts the attempt and closes the dialer.</param>
    /// <returns>The dialer.</returns>
    /// <exception cref="NngException">The URL is unusable or the first attempt failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task<Dialer> DialAsync(string url, CancellationToken cancellationToken = default)
    {
        Dialer dialer = CreateDialer(url);
        try
        {
            await dialer.StartAsync(cancellationToken).ConfigureAwait(false);
            return dialer;
        }
        catch
        {
            dialer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Connects in the background: attempts repeat until the dialer is closed, whether or not a peer is there yet.
    /// C: <c>nng_dial</c> with <c>NNG_FLAG_NONBLOCK</c>.
    /// </summary>
    /// <param name="url">The peer's address.</param>
    /// <returns>The dialer.</returns>
    /// <exception cref="NngException">The URL is unusable, or the socket is closed.</exception>
    public Dialer DialInBackground(string url)
    {
        Dialer dialer = CreateDialer(url);
        dialer.StartInBackground();
        return dialer;
    }

    /// <summary>Accepts connections at an address. C function: <c>nng_listen</c>.</summary>
    /// <param name="url">For example <c>tcp://127.0.0.1:0</c>: port 0 lets the system choose.</param>
    /// <returns>The listener; its <see cref="Listener.Url"/> has the real port.</returns>
    /// <exception cref="NngException">The URL is unusable or the address cannot be bound.</exception>
    public Listener Listen(string url)
    {
        Listener listener = CreateListener(url);
        listener.StartOrClose();
        return listener;
    }

    /// <summary>Creates a dialer without starting it, to set options first. C: <c>nng_dialer_create</c>.</summary>
    /// <param name="url">The peer's address.</param>
    /// <exception cref="NngException">The URL is unusable, or the socket is closed.</exception>
    public Dialer CreateDialer(string url)
    {
        NngError error = Inner.CreateDialer(NngUrl.Parse(url), out SpDialer? dialer);
        if (error != NngError.None)
            Throw.Error(error, MessageFailure.OfEndpoint("dial", url, error, Inner));
        return new Dialer(this, dialer!);
    }

    /// <summary>Creates a listener without starting it, to set options first. C: <c>nng_listener_create</c>.</summary>
    /// <param name="url">The address to listen at.</param>
    /// <exception cref="NngException">The URL is unusable, or the socket is closed.</exception>
    public Listener CreateListener(string url)
    {
        NngError error = Inner.CreateListener(NngUrl.Parse(url), out SpListener? listener);
        if (error != NngError.None)
            Throw.Error(error, MessageFailure.OfEndpoint("listen on", url, error, Inner));
        return new Listener(this, listener!);
    }

    /// <summary>
    /// Closes the socket: pending operations end with <see cref="NngError.Closed"/>, unsent messages are dropped.
    /// Returns when all its pipes are gone; from within a pipe event, a readiness handler or a logger it does not wait.
    /// C function: <c>nng_socket_close</c>.
    /// </summary>
    public void Dispose()
    {
        Inner.Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the socket like <see cref="Dispose"/>, without blocking the thread.</summary>
    public ValueTask DisposeAsync()
    {
        Inner.BeginClose();
        GC.SuppressFinalize(this);
        return Callout.IsRunning ? default : new ValueTask(Inner.Closed);
    }
}
