namespace Nng.Sp.Protocols;

/// <summary>Where a request stands (protocols sheet, 14.1).</summary>
internal enum ReqState
{
    /// <summary>No request outstanding.</summary>
    Idle,

    /// <summary>Submitted, its send waits for an idle pipe.</summary>
    Queued,

    /// <summary>Sent at least once; a reply is awaited.</summary>
    Sent,

    /// <summary>The reply is here and has not been received yet.</summary>
    Replied,

    /// <summary>Its pipe was lost while resending is off; the next receive says so.</summary>
    Reset,
}
