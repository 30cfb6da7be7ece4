using System;
using System.Text;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp;

namespace Nng;

/// <summary>An independent subscriber on a <see cref="SubSocket"/>. C type: <c>nng_ctx</c>.</summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class SubscriptionContext : IMessageReceiver, IDisposable, IAsyncDisposable
{
    private readonly SpContext _inner;

    internal SubscriptionContext(SpContext inner)
    {
        _inner = inner;
        Channel = new MessageChannel(inner);
    }

    /// <summary>Unique among contexts. C function: <c>nng_ctx_id</c>.</summary>
    public int Id => _inner.Id;

    /// <summary>How long a receive waits; initially the socket's.</summary>
    public TimeSpan ReceiveTimeout
    {
        get => Durations.FromMilliseconds(_inner.ReceiveTimeoutMs);
        set => _inner.ReceiveTimeoutMs = Durations.ToMilliseconds(value);
    }

    internal MessageChannel Channel { get; }

    internal SpContext Inner => _inner;

    MessageChannel IMessageReceiver.Channel => Channel;

    /// <summary>Adds a topic. C function: <c>nng_sub0_ctx_subscribe</c>.</summary>
    /// <param name="topic">Any bytes; empty matches everything.</param>
    public void Subscribe(ReadOnlySpan<byte> topic) => Set(OptionNames.SubSubscribe, topic);

    /// <inheritdoc cref="Subscribe(ReadOnlySpan{byte})"/>
    /// <param name="topic">Text, as UTF-8.</param>
    public void Subscribe(string topic) => Subscribe(Encoding.UTF8.GetBytes(topic));

    /// <summary>Removes a topic. C function: <c>nng_sub0_ctx_unsubscribe</c>.</summary>
    /// <param name="topic">Exactly the bytes subscribed.</param>
    /// <exception cref="NngException"><see cref="NngError.NotFound"/>: not subscribed.</exception>
    public void Unsubscribe(ReadOnlySpan<byte> topic) => Set(OptionNames.SubUnsubscribe, topic);

    /// <inheritdoc cref="Unsubscribe(ReadOnlySpan{byte})"/>
    /// <param name="topic">Text, as UTF-8.</param>
    public void Unsubscribe(string topic) => Unsubscribe(Encoding.UTF8.GetBytes(topic));

    /// <summary>Reads an option by its name; see <see cref="NngContext.GetOption{T}"/>.</summary>
    /// <typeparam name="T">As the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <exception cref="NngException">Not supported, write-only, or of another type.</exception>
    public T GetOption<T>(string name)
    {
        NngError error = _inner.GetOption(name, out OptionValue value);
        return OptionConversion.From<T>(error, name, value);
    }

    /// <summary>Sets an option by its name; see <see cref="NngContext.SetOption{T}"/>.</summary>
    /// <typeparam name="T">As the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NngException">Not supported, read-only, of another type, or out of range.</exception>
    public void SetOption<T>(string name, T value) =>
        OptionConversion.Check(_inner.SetOption(name, OptionConversion.To(name, value)), name, value);

    /// <summary>Closes the context: what is pending ends with <see cref="NngError.Closed"/>.</summary>
    public void Dispose() => _inner.Close();

    /// <summary>Closes the context like <see cref="Dispose"/>, which never waits.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Set(string name, ReadOnlySpan<byte> topic) =>
        OptionConversion.Check(
            _inner.SetOption(name, OptionValue.Bytes(topic.ToArray())), name, Encoding.UTF8.GetString(topic));
}
