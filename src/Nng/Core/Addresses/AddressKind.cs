namespace Nng;

/// <summary>The kind of a <see cref="NngAddress"/>, with the C library's numbers (<c>NNG_AF_*</c>).</summary>
public enum AddressKind
{
    /// <summary>No address.</summary>
    Unspecified = 0,

    /// <summary>A name within the process.</summary>
    Inproc = 1,

    /// <summary>A path of a Unix socket, or a name of a Windows pipe.</summary>
    Ipc = 2,

    /// <summary>IPv4.</summary>
    Inet = 3,

    /// <summary>IPv6.</summary>
    Inet6 = 4,

    /// <summary>An abstract Unix socket (Linux).</summary>
    Abstract = 6,
}
