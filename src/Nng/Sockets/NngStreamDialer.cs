using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sockets;
using Nng.Streams;

namespace Nng;

/// <summary>
/// Connects byte streams to one address: <c>tcp</c>, <c>ipc</c>, <c>unix</c>, <c>abstract</c>, <c>tls+tcp</c>,
/// <c>ws</c>, <c>wss</c> (whose messages are <see cref="Nng.WebSockets.NngWebSocket"/>'s). C type: <c>nng_stream_dialer</c>.
/// </summary>
/// <remarks>
/// Each dial is independent, and several may be under way. Streams live on when the dialer is closed. Threading: every
/// member is safe from any thread.
/// </remarks>
public sealed class NngStreamDialer : IDisposable
{
    private readonly StreamDialer _inner;

    /// <summary>Creates a dialer; nothing is resolved or connected. C function: <c>nng_stream_dialer_alloc</c>.</summary>
    /// <param name="url">For example <c>tcp://host:5555</c> or <c>ipc:///run/my.sock</c>.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.InvalidArgument"/>: not a URL; <see cref="NngError.NotSupported"/>: the scheme has no byte
    /// streams; <see cref="NngError.AddressInvalid"/>: the scheme's rules.
    /// </exception>
    public NngStreamDialer(string url)
        : this(NngUrl.Parse(url))
    {
    }

    /// <summary>Creates a dialer. C function: <c>nng_stream_dialer_alloc_url</c>.</summary>
    /// <param name="url">As for the text.</param>
    /// <exception cref="NngException">As for the text.</exception>
    public NngStreamDialer(NngUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        NngError error = StreamTable.CreateDialer(url, out StreamDialer? inner);
        if (error != NngError.None)
            Throw.Error(error, $"Cannot make a stream dialer for '{url}': {error.Text()}.");
        Url = url;
        _inner = inner!;
    }

    /// <summary>The address, as given.</summary>
    public NngUrl Url { get; }

    /// <summary>The machinery behind it.</summary>
    internal StreamDialer Inner => _inner;

    /// <summary>
    /// Submits a dial; output 0 of the aio is the <see cref="NngStream"/>. C function: <c>nng_stream_dialer_dial</c>.
    /// </summary>
    /// <param name="aio">
    /// Idle. Results: <see cref="NngError.ConnectionRefused"/>, <see cref="NngError.AddressInvalid"/> (unknown host),
    /// <see cref="NngError.Unreachable"/>, <see cref="NngError.TimedOut"/>, <see cref="NngError.Canceled"/>,
    /// <see cref="NngError.Closed"/>.
    /// </param>
    public void Dial(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        _inner.Dial(aio);
    }

    /// <summary>Connects. All addresses of a host name are tried in order.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection, which belongs to the caller.</returns>
    /// <exception cref="NngException">Why it failed, as for <see cref="Dial"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<NngStream> DialAsync(CancellationToken cancellationToken = default) =>
        StreamRequest.RunAsync(_inner.Dial, error => $"Cannot dial '{Url}': {error.Text()}.", cancellationToken);

    /// <summary>Reads an option. C functions: <c>nng_stream_dialer_get_*</c>.</summary>
    /// <typeparam name="T">bool, int, string, NngAddress or an object, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <exception cref="NngException">Not supported, write-only, or of another type.</exception>
    public T GetOption<T>(string name)
    {
        NngError error = GetOption(name, out OptionValue value);
        return OptionConversion.From<T>(error, name, value);
    }

    /// <summary>Sets an option for streams dialled from now on. C functions: <c>nng_stream_dialer_set_*</c>.</summary>
    /// <typeparam name="T">bool, int, string, NngAddress or an object, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NngException">Not supported, read-only, busy, of another type, or out of range.</exception>
    public void SetOption<T>(string name, T value) =>
        OptionConversion.Check(SetOption(name, OptionConversion.To(name, value)), name, value);

    /// <summary>
    /// Ends dials under way with <see cref="NngError.Closed"/>; streams stay. Idempotent. C function:
    /// <c>nng_stream_dialer_close</c>.
    /// </summary>
    public void Close() => _inner.Close();

    /// <summary>As <see cref="Close"/>.</summary>
    public void Dispose() => Close();

    internal NngError GetOption(string name, out OptionValue value)
    {
        NngError error = _inner.GetOption(name, out value);
        if (error != NngError.NotSupported || name != OptionNames.Url)
            return error;
        value = OptionValue.Text(Url.Raw);
        return NngError.None;
    }

    internal NngError SetOption(string name, OptionValue value) =>
        name == OptionNames.Url ? NngError.ReadOnly : _inner.SetOption(name, value);
}
