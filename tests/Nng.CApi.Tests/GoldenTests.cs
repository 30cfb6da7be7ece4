using System.IO;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>
/// Programs for what only the 1.12 line has: compiled against our headers, their lines compared with a file that was
/// checked by hand.
/// </summary>
public sealed class GoldenTests
{
    [NativeTheory]
    [InlineData("http_exact")]
    [InlineData("newer")]
    [InlineData("tls_newer")]
    [InlineData("udp")]
    public void Prints_what_the_manual_says(string program)
    {
        string executable = Native.CompileAgainstOurs(Path.Combine(Native.NewerPrograms, program + ".c"));
        Outcome ours = Native.Run(executable, string.Empty, Native.LibraryFolder);
        Assert.True(ours.Code == 0, $"exit code {ours.Code}\n{ours.Output}\n{ours.Errors}");
        Assert.Equal(File.ReadAllLines(Path.Combine(Native.NewerPrograms, program + ".expected")), ours.Output.TrimEnd('\n').Split('\n'));
    }
}
