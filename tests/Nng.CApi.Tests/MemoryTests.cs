using System;
using System.IO;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>
/// The caller's side of the boundary: the C programs under the address and undefined-behaviour sanitizers and under
/// memcheck, and every kind of object made and dropped many times.
/// </summary>
public sealed class MemoryTests
{
    /// <summary>The collector reserves more address space than memcheck has to give.</summary>
    private const string SmallHeap = "DOTNET_GCHeapHardLimit=20000000";

    [NativeTheory]
    [MemberData(nameof(DifferentialTests.Programs), MemberType = typeof(DifferentialTests))]
    public void Sanitizers_find_nothing(string program)
    {
        string executable = Native.CompileAlone(
            Path.Combine(Native.Programs, program + ".c"), "sanitized-" + program, Native.Headers,
            $"-g -fsanitize=address,undefined -fno-sanitize-recover=undefined -L{Native.LibraryFolder} -lnng -lpthread");
        // The runtime's own memory, which the leak checker cannot see into, would look lost; memcheck sees into it.
        Outcome outcome = Native.Run("env", $"ASAN_OPTIONS=detect_leaks=0 {executable}", Native.LibraryFolder, 120_000);
        Assert.True(outcome.Code == 0, $"exit code {outcome.Code}\n{outcome.Errors}");
    }

    [MemcheckTheory]
    [InlineData("aio")]
    [InlineData("http_conn")]
    [InlineData("http_message")]
    [InlineData("message")]
    [InlineData("stream")]
    public void Memcheck_finds_no_invalid_access_and_nothing_lost(string program)
    {
        string executable = Native.CompileAlone(
            Path.Combine(Native.Programs, program + ".c"), "checked-" + program, "/usr/include", "-g -lnng -lpthread");
        const string options = "--error-exitcode=99 --leak-check=full --show-leak-kinds=definite "
            + "--errors-for-leak-kinds=definite --undef-value-errors=no";
        Outcome outcome = Native.Run(
            "env", $"{SmallHeap} valgrind -q {options} {executable}", Native.LibraryFolder, 300_000);
        Assert.True(outcome.Code == 0, $"exit code {outcome.Code}\n{outcome.Errors}");
    }

    /// <summary>Some seconds; three minutes in CI, or as many seconds as <c>NNG_CHURN_SECONDS</c> says.</summary>
    [NativeTheory]
    [InlineData("churn")]
    public void Objects_come_and_go_without_a_trace(string program)
    {
        string executable = Native.CompileAgainstOurs(Path.Combine(Native.Programs, program, program + ".c"));
        int seconds = int.TryParse(Environment.GetEnvironmentVariable("NNG_CHURN_SECONDS"), out int asked) ? asked
            : Native.IsCI ? 180 : 6;
        Outcome outcome = Native.Run(executable, $"{seconds}", Native.LibraryFolder, (seconds * 2 * 1000) + 120_000);
        Assert.True(outcome.Code == 0, $"exit code {outcome.Code}\n{outcome.Output}{outcome.Errors}");
    }
}
