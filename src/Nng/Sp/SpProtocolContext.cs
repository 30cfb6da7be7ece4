using Nng.Core;

namespace Nng.Sp;

/// <summary>A protocol's side of a context: an independent state machine on a socket.</summary>
internal abstract class SpProtocolContext : SpChannel
{
    public virtual NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        return NngError.NotSupported;
    }

    public virtual NngError SetOption(string name, OptionValue value) => NngError.NotSupported;

    /// <summary>
    /// Ends the context: pending operations end with <see cref="NngError.Closed"/>, queued messages are dropped, later
    /// operations are refused the same way. Called once.
    /// </summary>
    public abstract void Close();
}
