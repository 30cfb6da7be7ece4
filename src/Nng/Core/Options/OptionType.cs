namespace Nng;

/// <summary>The type of an option's value; the suffix of the typed C accessor.</summary>
public enum OptionType
{
    /// <summary>True or false (<c>_bool</c>).</summary>
    Boolean,

    /// <summary>32-bit signed integer (<c>_int</c>).</summary>
    Int32,

    /// <summary>A size in bytes (<c>_size</c>).</summary>
    Size,

    /// <summary>64-bit unsigned integer (<c>_uint64</c>).</summary>
    UInt64,

    /// <summary>A duration of whole milliseconds, -1 for infinite (<c>_ms</c>).</summary>
    Duration,

    /// <summary>Text (<c>_string</c>).</summary>
    Text,

    /// <summary>An object (<c>_ptr</c>).</summary>
    Object,

    /// <summary>A socket address (<c>_addr</c>).</summary>
    Address,

    /// <summary>Opaque bytes (untyped access).</summary>
    Bytes,
}
