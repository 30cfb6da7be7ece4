namespace Nng.Sp.Protocols;

/// <summary>What happens to a message for which a receive queue has no room.</summary>
internal enum ReceiveOverflow
{
    /// <summary>Its pipe holds it and reads no further.</summary>
    Hold,

    /// <summary>It is dropped.</summary>
    DropNewest,

    /// <summary>The oldest queued message is dropped in its favour.</summary>
    DropOldest,
}
