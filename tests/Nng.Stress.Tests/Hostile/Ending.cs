namespace Nng.Stress.Tests.Hostile;

/// <summary>How a hostile peer leaves.</summary>
internal enum Ending
{
    /// <summary>In order.</summary>
    Close,

    /// <summary>With a reset, where the transport has one.</summary>
    Reset,

    /// <summary>After the end of its own direction it waits for the other side.</summary>
    HalfClose,

    /// <summary>After it has read what the other side announced.</summary>
    ReadThenClose,
}
