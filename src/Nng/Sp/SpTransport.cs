using System.Collections.Generic;
using Nng.Core;

namespace Nng.Sp;

/// <summary>The contract of a transport: makes endpoints for its URL schemes. Stateless.</summary>
internal abstract class SpTransport
{
    /// <summary>The schemes served, lower case.</summary>
    public abstract IReadOnlyList<string> Schemes { get; }

    /// <summary>Checks the URL and makes a dialer; its rules give <see cref="NngError.AddressInvalid"/>.</summary>
    public abstract NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer);

    /// <summary>Checks the URL and makes a listener.</summary>
    public abstract NngError CreateListener(SpListener owner, out SpTransportListener? listener);
}

/// <summary>The transport's side of an endpoint.</summary>
internal abstract class SpTransportEndpoint
{
    /// <summary>The option <c>recv-size-max</c> has an effect; the statistics show it then.</summary>
    public virtual bool LimitsMessageSize => true;

    /// <summary>What the transport counts beside the machinery; null for nothing.</summary>
    public virtual StatSection? Statistics => null;

    /// <summary>Reads a transport option; not supported when unknown.</summary>
    public abstract NngError GetOption(string name, out OptionValue value);

    /// <summary>Sets a transport option; not supported when unknown.</summary>
    public abstract NngError SetOption(string name, OptionValue value);
}

/// <summary>The transport's side of a dialer.</summary>
internal abstract class SpTransportDialer : SpTransportEndpoint
{
    /// <summary>
    /// Connects once, handshake included; output 0 is an <see cref="SpTransportPipe"/>. At most one at a time.
    /// Completes the aio without holding locks. A dialer that closes aborts the aio: nothing else is told to end.
    /// </summary>
    public abstract void Connect(Aio aio);
}

/// <summary>The transport's side of a listener.</summary>
internal abstract class SpTransportListener : SpTransportEndpoint
{
    /// <summary>The URL with the real port; equal to the given one before <see cref="Bind"/>.</summary>
    public abstract string EffectiveUrl { get; }

    /// <summary>Binds and listens. After a failure it may be called again.</summary>
    public abstract NngError Bind();

    /// <summary>
    /// Waits for the next connection whose handshake succeeded; output 0 is an <see cref="SpTransportPipe"/>. At most
    /// one at a time. A peer that fails its handshake is reported to <see cref="SpListener.OnNegotiationFailed"/> and
    /// delays nobody; only errors of the listening descriptor end the aio with an error.
    /// </summary>
    public abstract void Accept(Aio aio);

    /// <summary>
    /// Ends pending accepts and negotiations with <see cref="NngError.Closed"/> and frees the address. Existing pipes
    /// stay. Idempotent; does not block.
    /// </summary>
    public abstract void Close();
}
