using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>A fact that needs a program of the web: skipped, with the reason, where it is not installed.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string tool) =>
        Skip = WebTool.PathOf(tool) is null ? $"The program {tool} is not installed here." : null;
}
