namespace Nng.Http;

/// <summary>Where the parts of a target stand in it.</summary>
internal struct TargetParts
{
    public TargetForm Form;

    /// <summary>Host and port in absolute and authority form.</summary>
    public HeadRange Authority;

    /// <summary>The path as sent; empty for the root in absolute form.</summary>
    public HeadRange Path;

    /// <summary>The query without its question mark.</summary>
    public HeadRange Query;

    /// <summary>There is a question mark.</summary>
    public bool HasQuery;
}
