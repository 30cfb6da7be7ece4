namespace Nng;

/// <summary>The version of this library.</summary>
public static class NngVersion
{
    /// <summary>Major, minor and patch number. C function: <c>nng_version</c>.</summary>
    public const string Text = "0.1.0";
}
