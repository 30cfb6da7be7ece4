using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>
/// Every option of Debian's <c>nngcat</c> and <c>nanocat</c>: on our library, alone and against the original, they print
/// and end as on the original; and so they do against our managed <c>nngcat</c>.
/// </summary>
public sealed partial class ToolOptionTests
{
    /// <summary>What they print differs on purpose.</summary>
    private static readonly string[] s_versions = ["--version", "-V"];

    private const int Tries = 3;

    public static TheoryData<string> Lines() => new(ToolRun.Table());

    [NativeTheory]
    [MemberData(nameof(Lines))]
    public async Task Tools_do_the_same_on_both_libraries(string line)
    {
        Assert.NotEmpty(Native.LibraryFolder);
        (string[] expected, string[] reached) = await CompareAsync(line, together: true);
        // Some lines count on being served within a second or two, which a busy machine does not always grant: then one pair
        // after the other.
        for (int tries = 1; tries < Tries && !expected.SequenceEqual(reached); tries++)
            (expected, reached) = await CompareAsync(line, together: false);
        Assert.Equal(expected, reached);
    }

    /// <summary>What the original does with itself, and what every pairing with ours does.</summary>
    private static async Task<(string[] Expected, string[] Reached)> CompareAsync(string line, bool together)
    {
        string original = await new ToolRun(line).RunAsync(ToolKind.Original, ToolKind.Original);
        List<(ToolKind First, ToolKind Second)> pairs =
            [(ToolKind.Ours, ToolKind.Ours), (ToolKind.Ours, ToolKind.Original), (ToolKind.Original, ToolKind.Ours)];
        if (new ToolRun(line).HasManagedTwin)
            pairs.AddRange([(ToolKind.Ours, ToolKind.Managed), (ToolKind.Managed, ToolKind.Ours)]);
        var runs = new List<Task<string>>();
        foreach ((ToolKind first, ToolKind second) in pairs)
        {
            runs.Add(new ToolRun(line).RunAsync(first, second));
            if (!together)
                await runs[^1];
        }

        string[] reached = await Task.WhenAll(runs);
        return ([.. pairs.Select(pair => $"{pair}:\n{original}")], [.. pairs.Zip(reached, (pair, text) => $"{pair}:\n{text}")]);
    }

    [NativeTheory]
    [InlineData("nngcat")]
    [InlineData("nanocat")]
    public void The_table_has_every_option_of_the_help(string tool)
    {
        string used = string.Join(' ', ToolRun.Table().Where(line => line.StartsWith(tool, StringComparison.Ordinal)));
        string[] known = [.. Options().Matches(Native.Run(ToolRun.PathOf(tool), "--help", null).Output).Select(match => match.Groups[1].Value).Distinct()];
        Assert.InRange(known.Length, 30, 90);
        string[] seen = [.. used.Split([' ', '=', '|'], StringSplitOptions.RemoveEmptyEntries)];
        Assert.Empty(known.Except(seen).Except(s_versions));
    }

    [NativeTheory]
    [InlineData("--version")]
    [InlineData("-V")]
    public void The_version_is_ours(string option) =>
        Assert.Equal("1.11.0\n", Native.Run(ToolRun.PathOf("nngcat"), option, Native.LibraryFolder).Output);

    [GeneratedRegex(@"(?<=[\s,(])(--?[a-zA-Z][a-z0-9-]*)")]
    private static partial Regex Options();
}
