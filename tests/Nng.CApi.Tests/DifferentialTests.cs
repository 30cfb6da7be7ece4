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
    /// <summary>Runs of the original, at most.</summary>
    private const int Tries = 5;

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
        string[] lines = Lines(ours.Output);
        // The original is not always of one mind: its TLS client now and then times out. It is asked again before ours is
        // called wrong.
        for (int tries = 1; tries < Tries && !Expected(program, Lines(original.Output)).SequenceEqual(lines); tries++)
            original = Native.Run(executable, string.Empty, null);
        Assert.Equal(0, original.Code);
        Assert.True(ours.Code == 0, $"exit code {ours.Code}\n{ours.Output}\n{ours.Errors}");
        Assert.Equal(Expected(program, Lines(original.Output)), lines);
        foreach (string line in Differences(program).Keys)
            Assert.Contains(line, Lines(original.Output));
    }

    /// <summary>What ours is to print: the original's lines, with the differences on purpose put in.</summary>
    private static string[] Expected(string program, string[] original)
    {
        Dictionary<string, string> differences = Differences(program);
        return [.. original.Select(line => differences.GetValueOrDefault(line, line))];
    }

    /// <summary>The original's line and ours, of the differences on purpose.</summary>
    private static Dictionary<string, string> Differences(string program)
    {
        var differences = new Dictionary<string, string>();
        foreach (string line in File.ReadLines(Path.Combine(Native.Programs, "differences.txt")))
        {
            string[] fields = line.Split('\t');
            if (fields.Length == 4 && fields[0] == program)
                differences.Add(fields[1], fields[2]);
        }

        return differences;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
