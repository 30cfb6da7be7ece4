using System.Collections.Generic;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>SP over TCP.</summary>
internal sealed class TcpTransport : SpTransport
{
    public override IReadOnlyList<string> Schemes { get; } = ["tcp", "tcp4", "tcp6"];

    public override NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer)
    {
        NngError error = TcpDialer.Create(owner.Url, out TcpDialer? stream);
        dialer = stream is null ? null : new StreamSpDialer(owner, stream, PipeKind.Plain);
        return error;
    }

    public override NngError CreateListener(SpListener owner, out SpTransportListener? listener)
    {
        NngError error = TcpListener.Create(owner.Url, out TcpListener? stream);
        listener = stream is null ? null : new StreamSpListener(owner, stream, PipeKind.Plain);
        return error;
    }
}
