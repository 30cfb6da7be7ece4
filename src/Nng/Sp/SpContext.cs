using System.Threading;
using Nng.Core;

namespace Nng.Sp;

/// <summary>A context's machinery: its timeouts and life around the protocol's state machine.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class SpContext
{
    private static readonly OptionTable<SpContext> s_options = new(
        OptionRows.Duration<SpContext>(
            OptionNames.ReceiveTimeout, c => c.ReceiveTimeoutMs, (c, ms) => c.ReceiveTimeoutMs = ms),
        OptionRows.Duration<SpContext>(
            OptionNames.SendTimeout, c => c.SendTimeoutMs, (c, ms) => c.SendTimeoutMs = ms));

    private int _closed;

    public SpContext(SpSocket socket, SpProtocolContext inner)
    {
        Socket = socket;
        Inner = inner;
        SendTimeoutMs = socket.SendTimeoutMs;
        ReceiveTimeoutMs = socket.ReceiveTimeoutMs;
        Id = SpRegistry.Contexts.Add(this);
    }

    public int Id { get; }

    public SpSocket Socket { get; }

    public SpProtocolContext Inner { get; }

    public int SendTimeoutMs { get; set; }

    public int ReceiveTimeoutMs { get; set; }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    public NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        if (IsClosed)
            return NngError.Closed;
        NngError error = s_options.Get(this, name, out value);
        return error == NngError.NotSupported ? Inner.GetOption(name, out value) : error;
    }

    public NngError SetOption(string name, OptionValue value)
    {
        if (IsClosed)
            return NngError.Closed;
        NngError error = s_options.Set(this, name, value);
        return error == NngError.NotSupported ? Inner.SetOption(name, value) : error;
    }

    /// <summary>Ends the context; <see cref="NngError.Closed"/> when it was closed before.</summary>
    public NngError Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return NngError.Closed;
        Inner.Close();
        Socket.Forget(this);
        SpRegistry.Contexts.Remove(Id);
        return NngError.None;
    }
}
