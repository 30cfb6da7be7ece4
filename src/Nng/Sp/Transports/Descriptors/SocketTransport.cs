using System.Collections.Generic;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>SP over connections that the application made itself; both of their ends listen.</summary>
internal sealed class SocketTransport : SpTransport
{
    public override IReadOnlyList<string> Schemes { get; } = ["socket"];

    public override NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer)
    {
        dialer = null;
        return NngError.NotSupported;
    }

    public override NngError CreateListener(SpListener owner, out SpTransportListener? listener)
    {
        NngError error = DescriptorListener.Create(owner.Url, out DescriptorListener? stream);
        listener = stream is null ? null : new StreamSpListener(owner, stream, PipeKind.Plain);
        return error;
    }
}
