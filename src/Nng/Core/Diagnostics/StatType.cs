namespace Nng;

/// <summary>What a statistic is, with the C library's numbers (<c>nng_stat_type_enum</c>).</summary>
public enum StatType
{
    /// <summary>A group of statistics; its value is the object's identifier.</summary>
    Scope = 0,

    /// <summary>A number that goes up and down.</summary>
    Level = 1,

    /// <summary>A number that only grows.</summary>
    Counter = 2,

    /// <summary>A text.</summary>
    String = 3,

    /// <summary>True or false.</summary>
    Boolean = 4,

    /// <summary>The identifier of an object.</summary>
    Id = 5,
}
