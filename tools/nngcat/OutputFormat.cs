namespace Nng.Tools.Nngcat;

/// <summary>How received messages are printed.</summary>
internal enum OutputFormat
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The bytes as they are.</summary>
    Raw,

    /// <summary>Printable characters, others as dots; no newline.</summary>
    Ascii,

    /// <summary>A quoted line with escapes.</summary>
    Quoted,

    /// <summary>A quoted line of hexadecimal escapes.</summary>
    Hex,

    /// <summary>A MessagePack binary.</summary>
    Msgpack,
}
