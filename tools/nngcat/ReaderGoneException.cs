using System;

namespace Nng.Tools.Nngcat;

/// <summary>Nobody reads standard output any more: the tool ends as a C program would, killed by SIGPIPE, in silence.</summary>
internal sealed class ReaderGoneException : Exception
{
    /// <summary>What a shell reports for a program that SIGPIPE (13) has ended.</summary>
    public const int ExitCode = 128 + 13;
}
