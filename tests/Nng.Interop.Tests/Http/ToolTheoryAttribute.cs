using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>A theory that needs a program of the web: skipped, with the reason, where it is not installed.</summary>
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(string tool) =>
        Skip = WebTool.PathOf(tool) is null ? $"The program {tool} is not installed here." : null;
}
