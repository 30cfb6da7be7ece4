namespace Nng.Interop.Tests.Peers;

/// <summary>How a tool ended.</summary>
/// <param name="Code">The exit code; 128 and the signal's number when a signal ended it.</param>
/// <param name="Output">What it wrote to standard output and nobody had read yet, a character a byte.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal readonly record struct ToolOutcome(int Code, string Output, string Errors);
