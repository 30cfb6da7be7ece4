using System;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Nng.Core;

namespace Nng.Streams;

/// <summary>What is special about Unix-socket connections: the peer's identity.</summary>
internal static class IpcStream
{
    /// <summary>
    /// Bytes asked of the system for the sending side. A sender that found no room is called when a quarter is in use
    /// (Linux), so that with the usual size two sides that exchange long messages wait for each other all the time.
    /// </summary>
    private const int SendBufferBytes = 256 * 1024;

    private static readonly OptionTable<NngStream> s_options = new([.. Addresses, .. Credentials]);

    /// <summary>The addresses of a stream, as options.</summary>
    public static OptionRow<NngStream>[] Addresses =>
    [
        new OptionRow<NngStream>
        {
            Name = OptionNames.LocalAddress,
            Type = OptionType.Address,
            Get = s => OptionValue.Address(s.LocalAddress),
        },
        new OptionRow<NngStream>
        {
            Name = OptionNames.RemoteAddress,
            Type = OptionType.Address,
            Get = s => OptionValue.Address(s.RemoteAddress),
        },
    ];

    /// <summary>The identity of the peer of a Unix socket, as options.</summary>
    public static OptionRow<NngStream>[] Credentials =>
    [
        Credential(OptionNames.IpcPeerPid, 0),
        Credential(OptionNames.IpcPeerUid, 1),
        Credential(OptionNames.IpcPeerGid, 2),
    ];

    /// <summary>Both ends report the configured address (I-13).</summary>
    public static NngStream Create(IoChannel channel, NngAddress address) => new(channel, address, address, s_options);

    /// <summary>Gives a fresh socket its buffer; the system takes less when its limit is lower.</summary>
    public static Socket Prepare(Socket socket)
    {
        socket.SendBufferSize = SendBufferBytes;
        return socket;
    }

    /// <summary>SO_PEERCRED on Linux: process, user and group, three native integers.</summary>
    private static OptionRow<NngStream> Credential(string name, int index) => new()
    {
        Name = name,
        Type = OptionType.UInt64,
        TryGet = (NngStream stream, out OptionValue value) =>
        {
            const int solSocket = 1;
            const int soPeerCred = 17;
            value = default;
            if (!OperatingSystem.IsLinux())
                return NngError.NotSupported;
            Span<int> credentials = stackalloc int[3];
            stream.Socket.GetRawSocketOption(solSocket, soPeerCred, MemoryMarshal.AsBytes(credentials));
            value = OptionValue.UInt64((uint)credentials[index]);
            return NngError.None;
        },
    };
}
