namespace Nng;

/// <summary>
/// The result of an operation, with the numbers of the C library's <c>nng_errno_enum</c>.
/// </summary>
/// <remarks>
/// Two flag bits may be set over an otherwise private number: <see cref="SystemFlag"/> marks an operating-system
/// error with no better mapping, <see cref="TransportFlag"/> a transport's own code.
/// </remarks>
public enum NngError
{
    /// <summary>Success.</summary>
    None = 0,

    /// <summary>A system call was interrupted (<c>NNG_EINTR</c>); applications should never see it.</summary>
    Interrupted = 1,

    /// <summary>Out of memory (<c>NNG_ENOMEM</c>), or an identifier space is full.</summary>
    OutOfMemory = 2,

    /// <summary>An argument, option value, URL or message has an invalid form (<c>NNG_EINVAL</c>).</summary>
    InvalidArgument = 3,

    /// <summary>The resource is in use and cannot change now (<c>NNG_EBUSY</c>).</summary>
    Busy = 4,

    /// <summary>The operation's deadline passed (<c>NNG_ETIMEDOUT</c>).</summary>
    TimedOut = 5,

    /// <summary>Nobody listens at the address dialled (<c>NNG_ECONNREFUSED</c>).</summary>
    ConnectionRefused = 6,

    /// <summary>The object was closed on this side (<c>NNG_ECLOSED</c>).</summary>
    Closed = 7,

    /// <summary>A non-blocking operation would have had to wait (<c>NNG_EAGAIN</c>).</summary>
    TryAgain = 8,

    /// <summary>The object does not support the operation, option or scheme (<c>NNG_ENOTSUP</c>).</summary>
    NotSupported = 9,

    /// <summary>The address is in use (<c>NNG_EADDRINUSE</c>).</summary>
    AddressInUse = 10,

    /// <summary>The operation does not fit the object's state (<c>NNG_ESTATE</c>).</summary>
    IncorrectState = 11,

    /// <summary>The entry, endpoint or pipe does not exist (<c>NNG_ENOENT</c>).</summary>
    NotFound = 12,

    /// <summary>The peer, or a raw message header, violates the protocol (<c>NNG_EPROTO</c>).</summary>
    Protocol = 13,

    /// <summary>No route to the destination (<c>NNG_EUNREACHABLE</c>).</summary>
    Unreachable = 14,

    /// <summary>The URL is well formed but unusable for its transport (<c>NNG_EADDRINVAL</c>).</summary>
    AddressInvalid = 15,

    /// <summary>The operating system denied access (<c>NNG_EPERM</c>).</summary>
    PermissionDenied = 16,

    /// <summary>A message exceeds the configured limit (<c>NNG_EMSGSIZE</c>).</summary>
    MessageTooLarge = 17,

    /// <summary>The connection was aborted (<c>NNG_ECONNABORTED</c>).</summary>
    ConnectionAborted = 18,

    /// <summary>The peer reset the connection (<c>NNG_ECONNRESET</c>).</summary>
    ConnectionReset = 19,

    /// <summary>The operation was cancelled by its owner (<c>NNG_ECANCELED</c>).</summary>
    Canceled = 20,

    /// <summary>The process or system is out of descriptors (<c>NNG_ENOFILES</c>).</summary>
    OutOfFiles = 21,

    /// <summary>The device is full (<c>NNG_ENOSPC</c>), or a bounded hand-over queue is.</summary>
    OutOfSpace = 22,

    /// <summary>The resource exists already (<c>NNG_EEXIST</c>).</summary>
    AlreadyExists = 23,

    /// <summary>The option can only be read (<c>NNG_EREADONLY</c>).</summary>
    ReadOnly = 24,

    /// <summary>The option can only be set (<c>NNG_EWRITEONLY</c>).</summary>
    WriteOnly = 25,

    /// <summary>A cryptographic operation failed (<c>NNG_ECRYPTO</c>).</summary>
    Crypto = 26,

    /// <summary>The peer's identity could not be verified (<c>NNG_EPEERAUTH</c>).</summary>
    PeerAuthentication = 27,

    /// <summary>A command-line option lacks its argument (<c>NNG_ENOARG</c>).</summary>
    NoArgument = 28,

    /// <summary>A command-line option's prefix matches several options (<c>NNG_EAMBIGUOUS</c>).</summary>
    Ambiguous = 29,

    /// <summary>The option has another type (<c>NNG_EBADTYPE</c>).</summary>
    BadType = 30,

    /// <summary>The peer ended the stream in an orderly way (<c>NNG_ECONNSHUT</c>).</summary>
    ConnectionShutdown = 31,

    /// <summary>An invariant of the library failed (<c>NNG_EINTERNAL</c>).</summary>
    Internal = 1000,

    /// <summary>Flag: the low bits are an operating-system error number (<c>NNG_ESYSERR</c>).</summary>
    SystemFlag = 0x10000000,

    /// <summary>Flag: the low bits are a transport's own code (<c>NNG_ETRANERR</c>).</summary>
    TransportFlag = 0x20000000,
}
