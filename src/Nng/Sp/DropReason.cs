namespace Nng;

/// <summary>Why a message was dropped on purpose.</summary>
public enum DropReason
{
    /// <summary>A send queue of a pipe was full.</summary>
    SendQueueFull = 0,

    /// <summary>The receive buffer was full.</summary>
    ReceiveQueueFull = 1,

    /// <summary>It had made too many hops.</summary>
    TtlExceeded = 2,

    /// <summary>
    /// There was nobody to send it to: its header, or the request it answers, names no attached pipe; or nobody is
    /// connected to a socket that sends to all its peers and does not wait for them.
    /// </summary>
    NoSuchPipe = 3,

    /// <summary>It answers no outstanding request or survey.</summary>
    Unsolicited = 4,

    /// <summary>It was malformed; its pipe was closed.</summary>
    Malformed = 5,

    /// <summary>
    /// It was received and lay in a buffer when its pipe, context, survey or socket ended; or a buffer was made smaller,
    /// or its topic unsubscribed.
    /// </summary>
    Discarded = 6,

    /// <summary>
    /// It was accepted for sending, and its pipe or socket was closed before the operating system, or on inproc the
    /// peer, had all of it. A request that is sent again does not count; copies for several peers count each. Or, over
    /// udp, it was longer than the peer takes, or the operating system refused it.
    /// </summary>
    Unsent = 7,
}
