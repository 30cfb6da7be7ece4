using System;
using System.IO;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>
/// What programs do wrong, and what hosts do, ends in an error, not in a crash (C sheet 3.4, 3.5, 3.11, 8.4, 8.5, 8.6).
/// </summary>
public sealed class BoundaryTests
{
    private static readonly string s_folder = Path.Combine(Native.Programs, "boundary");

    [NativeTheory]
    [InlineData("boundary")]
    public void Nothing_and_what_was_freed_are_refused_by_every_function(string name)
    {
        string executable = Native.CompileAlone(
            BoundaryProgram.Write(), name, Native.Headers, $"-g -Wno-nonnull -I{s_folder} -L{Native.LibraryFolder} -lnng -lpthread");
        Outcome outcome = Native.Run(executable, string.Empty, Native.LibraryFolder, 240_000);
        string tail = outcome.Errors[^Math.Min(2000, outcome.Errors.Length)..];
        Assert.True(outcome.Code == 0, $"exit code {outcome.Code}\n{outcome.Output}\n{tail}");
        Assert.EndsWith(" calls\n", outcome.Output, StringComparison.Ordinal);
    }

    /// <summary>Callbacks that call back, nng_fini, fork, hosts with signal handlers of their own, foreign threads.</summary>
    [NativeTheory]
    [InlineData("again")]
    [InlineData("cancels")]
    [InlineData("farewell")]
    [InlineData("fork")]
    [InlineData("host")]
    [InlineData("mixed")]
    [InlineData("polls")]
    [InlineData("reenter")]
    [InlineData("sizes")]
    [InlineData("strangers")]
    public void Hosts_and_callbacks_are_served(string program)
    {
        string source = Path.Combine(s_folder, program + ".c");
        string executable = program == "host"
            ? Native.CompileAlone(source, program, Native.Headers, "-ldl") : Native.CompileAgainstOurs(source);
        Outcome outcome = Native.Run(executable, Path.Combine(Native.LibraryFolder, "libnng.so.1"), Native.LibraryFolder, 120_000);
        Assert.True(outcome.Code == 0, $"exit code {outcome.Code}\n{outcome.Output}\n{outcome.Errors}");
        Assert.Equal(File.ReadAllText(Path.Combine(s_folder, program + ".expected")), outcome.Output);
    }
}
