using System;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp;

namespace Nng;

/// <summary>
/// An independent state machine on a socket: a requester, replier, surveyor or respondent of its own over the
/// socket's connections. C type: <c>nng_ctx</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class NngContext : IMessageSender, IMessageReceiver, IDisposable, IAsyncDisposable
{
    private readonly SpContext _inner;

    internal NngContext(SpContext inner)
    {
        _inner = inner;
        Channel = new MessageChannel(inner);
    }

    /// <summary>Unique among contexts. C function: <c>nng_ctx_id</c>.</summary>
    public int Id => _inner.Id;

    /// <summary>How long a send waits; initially the socket's.</summary>
    public TimeSpan SendTimeout
    {
        get => Durations.FromMilliseconds(_inner.SendTimeoutMs);
        set => _inner.SendTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>How long a receive waits; initially the socket's.</summary>
    public TimeSpan ReceiveTimeout
    {
        get => Durations.FromMilliseconds(_inner.ReceiveTimeoutMs);
        set => _inner.ReceiveTimeoutMs = Durations.ToMilliseconds(value);
    }

    internal MessageChannel Channel { get; }

    internal SpContext Inner => _inner;

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;

    /// <summary>Reads an option by its name. C functions: <c>nng_ctx_get_*</c>.</summary>
    /// <typeparam name="T">bool, int, long (sizes), ulong, TimeSpan or string, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <exception cref="NngException">Not supported, write-only, or of another type.</exception>
    public T GetOption<T>(string name)
    {
        NngError error = _inner.GetOption(name, out OptionValue value);
        return OptionConversion.From<T>(error, name, value);
    }

    /// <summary>Sets an option by its name. C functions: <c>nng_ctx_set_*</c>.</summary>
    /// <typeparam name="T">bool, int, long (sizes), ulong, TimeSpan or string, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NngException">Not supported, read-only, of another type, or out of range.</exception>
    public void SetOption<T>(string name, T value) =>
        OptionConversion.Check(_inner.SetOption(name, OptionConversion.To(name, value)), name, value);

    /// <summary>
    /// Closes the context: what is pending ends with <see cref="NngError.Closed"/>. C function: <c>nng_ctx_close</c>.
    /// </summary>
    public void Dispose() => _inner.Close();

    /// <summary>Closes the context like <see cref="Dispose"/>, which never waits.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
