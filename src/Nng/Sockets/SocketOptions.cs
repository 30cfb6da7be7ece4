using System;
using System.IO;

namespace Nng;

/// <summary>Initial option values of a socket. What is null keeps its default.</summary>
/// <remarks>Threading: set up by one thread, then read only; may be used for many sockets.</remarks>
public class SocketOptions
{
    /// <summary>For people; at most 63 bytes. Default: the socket's id.</summary>
    public string? Name { get; set; }

    /// <summary>How long a send waits. Default: infinite.</summary>
    public TimeSpan? SendTimeout { get; set; }

    /// <summary>How long a receive waits. Default: infinite.</summary>
    public TimeSpan? ReceiveTimeout { get; set; }

    /// <summary>Messages, up to 8192; the default and the meaning are the protocol's.</summary>
    public int? SendBuffer { get; set; }

    /// <summary>Messages, up to 8192; the default and the meaning are the protocol's.</summary>
    public int? ReceiveBuffer { get; set; }

    /// <summary>Largest message accepted from a peer, in bytes; 0 = unlimited. Default: 1 MiB.</summary>
    public long? ReceiveMaxSize { get; set; }

    /// <summary>First bound of the random redial delay. Default: 1 s.</summary>
    public TimeSpan? ReconnectTimeMin { get; set; }

    /// <summary>Ceiling of the doubling redial delay; zero = no growth. Default: zero.</summary>
    public TimeSpan? ReconnectTimeMax { get; set; }

    /// <summary>Hops a message may have made, 1 to 15, where the protocol counts them. Default: 8.</summary>
    public int? MaxTtl { get; set; }

    /// <summary>No delay for small TCP segments. Default: true.</summary>
    public bool? TcpNoDelay { get; set; }

    /// <summary>TCP keep-alive. Default: false.</summary>
    public bool? TcpKeepAlive { get; set; }

    /// <summary>Permissions of the socket file that ipc listeners make. Default: by the process's umask.</summary>
    public UnixFileMode? IpcPermissions { get; set; }

    /// <summary>Sets all values on a fresh socket.</summary>
    internal virtual void Apply(NngSocket socket)
    {
        Set(socket, OptionNames.SocketName, Name);
        Set(socket, OptionNames.SendTimeout, SendTimeout);
        Set(socket, OptionNames.ReceiveTimeout, ReceiveTimeout);
        Set(socket, OptionNames.SendBuffer, SendBuffer);
        Set(socket, OptionNames.ReceiveBuffer, ReceiveBuffer);
        Set(socket, OptionNames.ReceiveMaxSize, ReceiveMaxSize);
        Set(socket, OptionNames.ReconnectTimeMin, ReconnectTimeMin);
        Set(socket, OptionNames.ReconnectTimeMax, ReconnectTimeMax);
        Set(socket, OptionNames.MaxTtl, MaxTtl);
        Set(socket, OptionNames.TcpNoDelay, TcpNoDelay);
        Set(socket, OptionNames.TcpKeepAlive, TcpKeepAlive);
        Set(socket, OptionNames.IpcPermissions, (int?)IpcPermissions);
    }

    private protected static void Set<T>(NngSocket socket, string name, T? value)
        where T : struct
    {
        if (value is { } present)
            socket.SetOption(name, present);
    }

    private protected static void Set(NngSocket socket, string name, string? value)
    {
        if (value is not null)
            socket.SetOption(name, value);
    }
}
