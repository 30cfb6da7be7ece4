using System.IO;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>What is exported, listed and declared is the same.</summary>
public sealed class SurfaceTests
{
    [NativeTheory]
    [InlineData("eng/abi-check.sh")]
    public void Exports_list_and_headers_agree(string script)
    {
        Assert.NotEmpty(Native.LibraryFolder);
        Outcome outcome = Native.Run("bash", Path.Combine(Native.Root, script), null);
        Assert.True(outcome.Code == 0, outcome.Output + outcome.Errors);
    }

    [NativeTheory]
    [InlineData("eng/capi-report.sh")]
    public void Size_and_start_up_are_reported(string script)
    {
        Assert.NotEmpty(Native.LibraryFolder);
        Outcome outcome = Native.Run("bash", Path.Combine(Native.Root, script), null);
        Assert.True(outcome.Code == 0, outcome.Output + outcome.Errors);
        Assert.Matches(@"ours: \d+ bytes; start to first message: median \d+\.\d ms", outcome.Output);
    }
}
