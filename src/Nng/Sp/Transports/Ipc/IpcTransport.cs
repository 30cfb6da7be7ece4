using System;
using System.Collections.Generic;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>SP over Unix sockets: paths, and on Linux abstract names.</summary>
internal sealed class IpcTransport : SpTransport
{
    public override IReadOnlyList<string> Schemes { get; } =
        OperatingSystem.IsLinux() ? ["ipc", "unix", "abstract"] : ["ipc", "unix"];

    public override NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer)
    {
        NngError error = IpcAddress.Create(owner.Url, out IpcAddress? address);
        dialer = address is null ? null : new StreamSpDialer(owner, new IpcDialer(address), FrameFormat.Typed);
        return error;
    }

    public override NngError CreateListener(SpListener owner, out SpTransportListener? listener)
    {
        NngError error = IpcAddress.Create(owner.Url, out IpcAddress? address);
        listener = address is null ? null : new StreamSpListener(owner, new IpcListener(address), FrameFormat.Typed);
        return error;
    }
}
