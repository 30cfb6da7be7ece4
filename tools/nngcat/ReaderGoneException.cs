using System;

namespace Nng.Tools.Nngcat;

/// <summary>Nobody reads standard output any more: the tool ends in silence, like a C program by SIGPIPE.</summary>
internal sealed class ReaderGoneException : Exception
{
    /// <summary>What a shell reports for a program that SIGPIPE (13) has ended.</summary>
    public const int ExitCode = 128 + 13;
}
