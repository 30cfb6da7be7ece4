using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>
/// Each C program is compiled once against the original's headers and run on both libraries; every line it prints is a
/// check. Lines that differ on purpose are listed in <c>programs/differences.txt</c>, with the reason.
/// </summary>
public sealed class DifferentialTests
{
    public static TheoryData<string> Programs() => In(Native.Programs);

    /// <summary>Programs of the older library, nanomsg.</summary>
    public static TheoryData<string> OlderPrograms() => In(Native.OlderPrograms);

    [NativeTheory]
    [MemberData(nameof(Programs))]
    public void Prints_the_same_on_both_libraries(string program)
    {
        Compare(program, Native.Compile(program));
    }

    [NativeTheory]
    [MemberData(nameof(OlderPrograms))]
    public void Prints_the_same_on_libnanomsg_and_ours(string program)
    {
        string source = Path.Combine(Native.OlderPrograms, program + ".c");
        Compare(program, Native.CompileAlone(source, program, "/usr/include", "-lnanomsg"));
    }

    private static TheoryData<string> In(string folder)
    {
        var programs = new TheoryData<string>();
        foreach (string file in Directory.GetFiles(folder, "*.c").Order(StringComparer.Ordinal))
            programs.Add(Path.GetFileNameWithoutExtension(file));
        return programs;
    }

    private static void Compare(string program, string executable)
    {
        Outcome original = Native.Run(executable, string.Empty, null);
        Outcome ours = Native.Run(executable, string.Empty, Native.LibraryFolder);
        Assert.Equal(0, original.Code);
        Assert.True(ours.Code == 0, $"exit code {ours.Code}\n{ours.Output}\n{ours.Errors}");
        Assert.Equal(Expected(program, Lines(original.Output)), Lines(ours.Output));
    }

    /// <summary>What ours is to print: the original's lines, with the differences on purpose put in.</summary>
    private static string[] Expected(string program, string[] original)
    {
        var differences = new Dictionary<string, string>();
        foreach (string line in File.ReadLines(Path.Combine(Native.Programs, "differences.txt")))
        {
            string[] fields = line.Split('\t');
            if (fields.Length == 4 && fields[0] == program)
                differences.Add(fields[1], fields[2]);
        }

        foreach (string line in differences.Keys)
            Assert.Contains(line, original);
        return [.. original.Select(line => differences.GetValueOrDefault(line, line))];
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
