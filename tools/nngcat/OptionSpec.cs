namespace Nng.Tools.Nngcat;

/// <summary>One option of the command line.</summary>
/// <param name="Id">What it means.</param>
/// <param name="Long">Its long name without dashes.</param>
/// <param name="Short">Its short letter, or NUL.</param>
/// <param name="TakesValue">A value follows.</param>
internal sealed record OptionSpec(OptionId Id, string Long, char Short = '\0', bool TakesValue = false);
