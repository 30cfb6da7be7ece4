using System;
using System.Collections.Generic;
using System.Linq;

namespace Nng.Tests.Architecture;

/// <summary>The rule that <c>src/Nng/A/B/C.cs</c> is tested by <c>tests/Nng.Tests/A/B/CTests.cs</c>, as pure functions.</summary>
internal static class Mirror
{
    /// <summary>Files with fewer lines of code than this need no test of their own.</summary>
    public const int TrivialBelow = 60;

    /// <summary>Every source file above the trivial length that has neither a mirror nor a row in the table.</summary>
    /// <param name="sources">The library.</param>
    /// <param name="testPaths">Paths of all test files.</param>
    /// <param name="table">Source file or folder (ending in a slash) to the test file that covers it instead.</param>
    public static IEnumerable<string> Missing(
        IEnumerable<SourceFile> sources, IReadOnlySet<string> testPaths, IReadOnlyDictionary<string, string> table)
    {
        foreach (SourceFile source in sources.Where(source => CodeLines(source) >= TrivialBelow))
        {
            bool listed = table.Keys.Any(key => Covers(key, source.Path));
            if (!listed && !MirrorPaths(source.Path).Any(testPaths.Contains))
            {
                yield return $"{source.Path} has no {MirrorPaths(source.Path).First()}";
            }
        }
    }

    /// <summary>Every row whose test does not exist, whose source is gone, or whose source has got its own mirror.</summary>
    public static IEnumerable<string> StaleRows(
        IReadOnlyCollection<SourceFile> sources, IReadOnlySet<string> testPaths, IReadOnlyDictionary<string, string> table)
    {
        foreach ((string key, string test) in table)
        {
            if (!testPaths.Contains(test))
            {
                yield return $"{key} is said to be covered by {test}, which does not exist";
            }

            List<SourceFile> covered = [.. sources.Where(source => Covers(key, source.Path))];
            if (covered.Count == 0)
            {
                yield return $"{key} stands in the table but not in the library";
            }
            else if (!key.EndsWith('/') && MirrorPaths(key).Any(testPaths.Contains))
            {
                yield return $"{key} has its own mirror and needs no row";
            }
        }
    }

    /// <summary>Lines that hold code: neither blank nor comment nor a lone brace.</summary>
    public static int CodeLines(SourceFile source)
    {
        return source.Code.Split('\n').Count(line => line.Any(char.IsLetterOrDigit));
    }

    /// <summary>Where the tests of a file may stand: <c>CTests.cs</c>; for a part <c>C.Part.cs</c> also <c>CPartTests.cs</c>.</summary>
    private static IEnumerable<string> MirrorPaths(string source)
    {
        string path = "tests/Nng.Tests/" + source["src/Nng/".Length..^".cs".Length];
        int slash = path.LastIndexOf('/');
        string folder = path[..slash];
        string name = path[(slash + 1)..];
        yield return $"{folder}/{name.Replace(".", "")}Tests.cs";
        yield return $"{folder}/{name.Split('.')[0]}Tests.cs";
    }

    private static bool Covers(string key, string path)
    {
        return key.EndsWith('/') ? path.StartsWith(key, StringComparison.Ordinal) : path == key;
    }
}
