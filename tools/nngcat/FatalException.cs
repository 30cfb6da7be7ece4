using System;

namespace Nng.Tools.Nngcat;

/// <summary>The command line or a step failed: the text goes to standard error and the exit code is 1.</summary>
internal sealed class FatalException(string message) : Exception(message);
