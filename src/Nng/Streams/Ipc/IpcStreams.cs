using System;
using System.Collections.Generic;

namespace Nng.Streams;

/// <summary>What the ipc schemes are on this system: Unix sockets, or named pipes on Windows.</summary>
internal static class IpcStreams
{
    private static readonly string[] s_schemes =
        OperatingSystem.IsWindows() ? ["ipc"] : OperatingSystem.IsLinux() ? ["ipc", "unix", "abstract"] : ["ipc", "unix"];

    /// <summary>The schemes served (transports sheet, 4.3).</summary>
    public static IReadOnlyList<string> Schemes => s_schemes;

    /// <summary>A scheme is one of them.</summary>
    public static bool Serves(string scheme) => Array.IndexOf(s_schemes, scheme) >= 0;

    /// <summary>Checks the URL and makes a dialer; errors are invalid addresses.</summary>
    public static NngError CreateDialer(NngUrl url, out StreamDialer? dialer)
    {
        NngError error = IpcAddress.Create(url, out IpcAddress? address);
        dialer = address is null ? null
            : OperatingSystem.IsWindows() ? new NamedPipeDialer(address, new WindowsPipes()) : new IpcDialer(address);
        return error;
    }

    /// <summary>Checks the URL and makes a listener; errors are invalid addresses.</summary>
    public static NngError CreateListener(NngUrl url, out StreamListener? listener)
    {
        NngError error = IpcAddress.Create(url, out IpcAddress? address);
        listener = address is null ? null
            : OperatingSystem.IsWindows() ? new NamedPipeListener(address, new WindowsPipes()) : new IpcListener(address);
        return error;
    }
}
