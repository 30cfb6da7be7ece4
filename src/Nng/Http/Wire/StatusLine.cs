namespace Nng.Http;

/// <summary>The parts of a parsed status line.</summary>
internal struct StatusLine
{
    /// <summary>100 to 999.</summary>
    public int Status;

    /// <summary>May be empty.</summary>
    public HeadRange Reason;

    /// <summary>The digit after <c>HTTP/1.</c>.</summary>
    public int MinorVersion;
}
