using System.Net;
using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>What is special about TCP connections: their options and addresses.</summary>
internal static class TcpStream
{
    private static readonly OptionTable<NngStream> s_options = new(Rows);

    /// <summary>The options; kinds that run over TCP have them too.</summary>
    public static OptionRow<NngStream>[] Rows =>
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
        OptionRows.Boolean<NngStream>(
            OptionNames.TcpNoDelay, s => s.Socket.NoDelay, (s, on) => s.Socket.NoDelay = on),
        OptionRows.Boolean<NngStream>(
            OptionNames.TcpKeepAlive, GetKeepAlive, (s, on) => SetKeepAlive(s.Socket, on)),
    ];

    /// <summary>A stream that was dialled.</summary>
    public static NngStream Create(IoChannel channel)
    {
        (NngAddress local, NngAddress remote) = EndsOf(channel);
        return new NngStream(channel, local, remote, s_options);
    }

    /// <summary>
    /// A stream that was accepted. The addresses come first: asking for those of a peer that is gone may fail, and
    /// then the engine must not hold the socket yet.
    /// </summary>
    public static NngStream Create(Socket accepted)
    {
        (NngAddress local, NngAddress remote) = EndsOf(accepted);
        return new NngStream(IoEngine.Default.CreateChannel(accepted, connected: true), local, remote, s_options);
    }

    /// <summary>The addresses of a connection that was dialled.</summary>
    public static (NngAddress Local, NngAddress Remote) EndsOf(IoChannel channel)
    {
        // An engine may have connected the descriptor behind the socket's back: a second look asks the system.
        using var view = new Socket(new SafeSocketHandle(channel.Socket.Handle, ownsHandle: false));
        return EndsOf(view);
    }

    /// <summary>The addresses of a connection that was accepted.</summary>
    public static (NngAddress Local, NngAddress Remote) EndsOf(Socket accepted) =>
        (AddressOf(accepted.LocalEndPoint), AddressOf(accepted.RemoteEndPoint));

    /// <summary>Gives a new connection its endpoint's options; that they can fail does not matter (T-2).</summary>
    public static void Configure(Socket socket, bool noDelay, bool keepAlive)
    {
        try
        {
            socket.NoDelay = noDelay;
            SetKeepAlive(socket, keepAlive);
        }
        catch (SocketException)
        {
            // The peer may be gone already; the first transfer will tell.
        }
    }

    private static NngAddress AddressOf(EndPoint? endPoint) =>
        endPoint is IPEndPoint ip ? NngAddress.Ip(ip) : NngAddress.Unspecified;

    private static bool GetKeepAlive(NngStream stream) =>
        (int)stream.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)! != 0;

    private static void SetKeepAlive(Socket socket, bool on) =>
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, on);
}
