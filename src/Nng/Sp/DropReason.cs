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

    /// <summary>Its header, or the request it answers, names no attached pipe.</summary>
    NoSuchPipe = 3,

    /// <summary>It answers no outstanding request or survey.</summary>
    Unsolicited = 4,

    /// <summary>It was malformed; its pipe was closed.</summary>
    Malformed = 5,

    /// <summary>It lay in a buffer when its pipe, context or socket was closed, or a buffer was made smaller.</summary>
    Discarded = 6,
}
