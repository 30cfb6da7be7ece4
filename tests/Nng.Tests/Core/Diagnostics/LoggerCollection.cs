using Xunit;

namespace Nng.Tests.Core;

/// <summary>The logger is one for the process: tests that set it must not run beside each other.</summary>
[CollectionDefinition(Name)]
public sealed class LoggerCollection
{
    public const string Name = "the process's logger";
}
