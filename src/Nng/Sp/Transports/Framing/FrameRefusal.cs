namespace Nng.Sp.Transports;

/// <summary>Why a frame is refused; each closes the pipe.</summary>
internal enum FrameRefusal
{
    /// <summary>It is accepted.</summary>
    None,

    /// <summary>The ipc type byte is not 1.</summary>
    UnknownType,

    /// <summary>It exceeds <c>recv-size-max</c>, or what can be held at all.</summary>
    TooLong,
}
