using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Nng.Tests.Architecture;

/// <summary>A file fits in a head: 500 lines at most, unless the table says why not.</summary>
public sealed class FileLengthTests
{
    private const int Ceiling = 500;

    /// <summary>Files allowed to be longer, each with its reason. Empty is the best state.</summary>
    private static readonly Dictionary<string, string> s_exceptions = [];

    [Fact]
    public void No_file_is_longer_than_the_ceiling()
    {
        string[] folders = ["src", "tools", "bench", "samples"];
        Offences.None(TooLong([.. folders.SelectMany(SourceFile.Under)], s_exceptions));
    }

    [Fact]
    public void A_long_file_and_an_exception_no_longer_needed_are_found()
    {
        SourceFile atCeiling = new("src/Nng/Core/A.cs", new string('\n', Ceiling - 1) + "x\n");
        SourceFile above = new("src/Nng/Core/B.cs", new string('\n', Ceiling) + "x\n");
        Assert.Equal(Ceiling, atCeiling.LineCount);
        Assert.Empty(TooLong([atCeiling], []));
        Assert.Single(TooLong([above], []));
        Assert.Empty(TooLong([above], new() { [above.Path] = "A table." }));
        Assert.Single(TooLong([atCeiling], new() { [atCeiling.Path] = "A table." }));
        Assert.Single(TooLong([], new() { ["src/Nng/Core/Gone.cs"] = "A table." }));
    }

    private static IEnumerable<string> TooLong(IReadOnlyCollection<SourceFile> files, Dictionary<string, string> exceptions)
    {
        foreach (SourceFile file in files.Where(file => file.LineCount > Ceiling && !exceptions.ContainsKey(file.Path)))
        {
            yield return $"{file.Path} has {file.LineCount} lines";
        }

        foreach (string path in exceptions.Keys)
        {
            if (!files.Any(file => file.Path == path && file.LineCount > Ceiling))
            {
                yield return $"{path} needs no exception any more";
            }
        }
    }
}
