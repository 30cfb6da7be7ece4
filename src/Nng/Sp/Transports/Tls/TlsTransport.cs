using System.Collections.Generic;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>
/// SP over TLS over TCP: tcp's framing inside the session. The handshakes of both, TLS and SP, have one deadline.
/// </summary>
internal sealed class TlsTransport : SpTransport
{
    public override IReadOnlyList<string> Schemes { get; } = ["tls+tcp", "tls+tcp4", "tls+tcp6"];

    public override NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer)
    {
        NngError error = TlsDialer.Create(owner.Url, out TlsDialer? stream);
        dialer = stream is null ? null : new StreamSpDialer(owner, stream, PipeKind.Plain);
        return error;
    }

    public override NngError CreateListener(SpListener owner, out SpTransportListener? listener)
    {
        NngError error = TlsListener.Create(owner.Url, out TlsListener? stream);
        listener = stream is null ? null : new StreamSpListener(owner, stream, PipeKind.Plain);
        return error;
    }
}
