using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>No exported function goes untested: each is referred to by at least one of the C programs.</summary>
public sealed class CoverageTests
{
    [NativeTheory]
    [InlineData("libnng.so.1")]
    [InlineData("libnanomsg.so.5")]
    public void Every_exported_function_is_used_by_a_program(string library)
    {
        bool older = library.StartsWith("libnanomsg", StringComparison.Ordinal);
        var used = new HashSet<string>();
        foreach (string source in older ? Sources(Native.OlderPrograms) : [.. Sources(Native.Programs), .. Sources(Native.NewerPrograms)])
        {
            string name = "coverage-" + Path.GetFileNameWithoutExtension(source) + ".o";
            used.UnionWith(Symbols("-u", Native.CompileAlone(source, name, older ? "/usr/include" : Native.Headers, "-c")));
        }

        string[] exported = Symbols("-D --defined-only", Path.Combine(Native.LibraryFolder, library));
        Assert.NotEmpty(exported);
        Assert.Empty(exported.Except(used));
    }

    private static string[] Sources(string folder) => Directory.GetFiles(folder, "*.c");

    /// <summary>The library's names among the symbols that <c>nm</c> lists of a file.</summary>
    private static string[] Symbols(string options, string file)
    {
        Outcome outcome = Native.Run("nm", $"{options} {file}", null);
        Assert.True(outcome.Code == 0, outcome.Errors);
        return [.. outcome.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(IsOurs)];
    }

    private static bool IsOurs(string word) =>
        word.StartsWith("nng_", StringComparison.Ordinal) || word.StartsWith("nn_", StringComparison.Ordinal);
}
