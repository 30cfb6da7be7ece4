using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sockets;
using Nng.Streams;

namespace Nng;

/// <summary>
/// Accepts byte streams at one address: <c>tcp</c>, <c>ipc</c>, <c>unix</c>, <c>abstract</c>, <c>tls+tcp</c>,
/// <c>ws</c>, <c>wss</c> (whose messages are <see cref="Nng.WebSockets.NngWebSocket"/>'s). C type: <c>nng_stream_listener</c>.
/// </summary>
/// <remarks>Streams live on when the listener is closed. Threading: every member is safe from any thread.</remarks>
public sealed class NngStreamListener : IDisposable
{
    private readonly StreamListener _inner;

    /// <summary>
    /// Creates a listener, which is not bound yet; a host name is resolved now. C function:
    /// <c>nng_stream_listener_alloc</c>.
    /// </summary>
    /// <param name="url">For example <c>tcp://127.0.0.1:0</c> (the system chooses the port), <c>tcp://*:5555</c>.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.InvalidArgument"/>: not a URL; <see cref="NngError.NotSupported"/>: the scheme has no byte
    /// streams; <see cref="NngError.AddressInvalid"/>: the scheme's rules, or an unknown host.
    /// </exception>
    public NngStreamListener(string url)
        : this(NngUrl.Parse(url))
    {
    }

    /// <summary>Creates a listener. C function: <c>nng_stream_listener_alloc_url</c>.</summary>
    /// <param name="url">As for the text.</param>
    /// <exception cref="NngException">As for the text.</exception>
    public NngStreamListener(NngUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        NngError error = StreamTable.CreateListener(url, out StreamListener? inner);
        if (error != NngError.None)
            Throw.Error(error, $"Cannot make a stream listener for '{url}': {error.Text()}.");
        GivenUrl = url;
        _inner = inner!;
    }

    /// <summary>The address; after <see cref="Listen"/> with the real port, so that a literal host can be dialled.</summary>
    public string Url => _inner.LocalAddress.Port is var port and > 0 ? GivenUrl.Format(port) : GivenUrl.Raw;

    /// <summary>Where it listens; <see cref="NngAddress.Unspecified"/> before <see cref="Listen"/>.</summary>
    public NngAddress LocalAddress => _inner.LocalAddress;

    /// <summary>The machinery behind it.</summary>
    internal StreamListener Inner => _inner;

    private NngUrl GivenUrl { get; }

    /// <summary>Binds and listens; may be tried again after a failure. C function: <c>nng_stream_listener_listen</c>.</summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.AddressInUse"/>, <see cref="NngError.AddressInvalid"/>, <see cref="NngError.NotFound"/> (no
    /// such directory), <see cref="NngError.PermissionDenied"/>, <see cref="NngError.IncorrectState"/> (it listens
    /// already), <see cref="NngError.Closed"/>.
    /// </exception>
    public void Listen()
    {
        NngError error = _inner.Listen();
        if (error != NngError.None)
            Throw.Error(error, $"Cannot listen on '{GivenUrl}': {error.Text()}.");
    }

    /// <summary>
    /// Submits an accept; output 0 of the aio is the <see cref="NngStream"/>. First come, first served. C function:
    /// <c>nng_stream_listener_accept</c>.
    /// </summary>
    /// <param name="aio">
    /// Idle. Results: <see cref="NngError.IncorrectState"/> (not listening), <see cref="NngError.Closed"/>,
    /// <see cref="NngError.TimedOut"/>, <see cref="NngError.Canceled"/>.
    /// </param>
    public void Accept(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        _inner.Accept(aio);
    }

    /// <summary>Waits for a connection.</summary>
    /// <param name="cancellationToken">Gives up; no connection is lost.</param>
    /// <returns>The connection, which belongs to the caller.</returns>
    /// <exception cref="NngException">Why it failed, as for <see cref="Accept"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<NngStream> AcceptAsync(CancellationToken cancellationToken = default) =>
        StreamRequest.RunAsync(
            _inner.Accept, error => $"Cannot accept on '{GivenUrl}': {error.Text()}.", cancellationToken);

    /// <summary>Reads an option. C functions: <c>nng_stream_listener_get_*</c>.</summary>
    /// <typeparam name="T">bool, int, string, NngAddress or an object, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <exception cref="NngException">Not supported, write-only, not known yet, or of another type.</exception>
    public T GetOption<T>(string name)
    {
        NngError error = GetOption(name, out OptionValue value);
        return OptionConversion.From<T>(error, name, value);
    }

    /// <summary>Sets an option for streams accepted from now on. C functions: <c>nng_stream_listener_set_*</c>.</summary>
    /// <typeparam name="T">bool, int, string, NngAddress or an object, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NngException">Not supported, read-only, busy, of another type, or out of range.</exception>
    public void SetOption<T>(string name, T value) =>
        OptionConversion.Check(SetOption(name, OptionConversion.To(name, value)), name, value);

    /// <summary>
    /// Frees the address and ends pending accepts with <see cref="NngError.Closed"/>; streams stay. Idempotent.
    /// C function: <c>nng_stream_listener_close</c>.
    /// </summary>
    public void Close() => _inner.Close();

    /// <summary>As <see cref="Close"/>.</summary>
    public void Dispose() => Close();

    internal NngError GetOption(string name, out OptionValue value)
    {
        NngError error = _inner.GetOption(name, out value);
        if (error != NngError.NotSupported || name != OptionNames.Url)
            return error;
        value = OptionValue.Text(Url);
        return NngError.None;
    }

    internal NngError SetOption(string name, OptionValue value) =>
        name == OptionNames.Url ? NngError.ReadOnly : _inner.SetOption(name, value);
}
