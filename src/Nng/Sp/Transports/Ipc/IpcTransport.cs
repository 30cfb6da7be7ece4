using System.Collections.Generic;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>SP over Unix sockets: paths, and on Linux abstract names. On Windows over named pipes.</summary>
internal sealed class IpcTransport : SpTransport
{
    public override IReadOnlyList<string> Schemes => IpcStreams.Schemes;

    public override NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer)
    {
        NngError error = IpcStreams.CreateDialer(owner.Url, out StreamDialer? stream);
        dialer = stream is null ? null : new StreamSpDialer(owner, stream, PipeKind.Typed);
        return error;
    }

    public override NngError CreateListener(SpListener owner, out SpTransportListener? listener)
    {
        NngError error = IpcStreams.CreateListener(owner.Url, out StreamListener? stream);
        listener = stream is null ? null : new StreamSpListener(owner, stream, PipeKind.Typed);
        return error;
    }
}
