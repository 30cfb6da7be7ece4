namespace Nng.CApi.Tests;

/// <summary>How a process ended.</summary>
/// <param name="Code">Exit code; -1 when it was killed for taking too long.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it complained.</param>
internal sealed record Outcome(int Code, string Output, string Errors);
