using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>The page that maps C functions to members is complete, and names nothing that is not there.</summary>
public sealed partial class MappingTests
{
    /// <summary>Rows of the page: the functions of each, and its members.</summary>
    private static readonly (string[] Functions, string Members)[] s_rows =
    [
        .. from line in File.ReadLines(Path.Combine(Native.Root, "docs", "capi", "functions.md"))
           where line.StartsWith("| `", StringComparison.Ordinal)
           let cells = line.Split('|')
           select (Quoted().Matches(cells[1]).Select(match => match.Groups[1].Value).ToArray(), cells[2]),
    ];

    private static readonly string[] s_functions =
    [
        .. File.ReadLines(Path.Combine(Native.Root, "src", "Nng.CApi", "functions.tsv")).Skip(1).Select(line => line.Split('\t')[0]),
    ];

    [Fact]
    public void Every_function_is_on_the_page_and_nothing_else()
    {
        string[] entries = [.. s_rows.SelectMany(row => row.Functions)];
        Assert.Equal(entries.Distinct(), entries);
        Assert.DoesNotContain(s_functions, function => EntryOf(function, entries) is null);
        Assert.Empty(entries.Except(s_functions.Select(function => EntryOf(function, entries)!)));
    }

    [Fact]
    public void Every_member_on_the_page_is_public()
    {
        string surface = File.ReadAllText(Path.Combine(Native.Root, "src", "Nng", "PublicApi.txt"));
        Assert.All(s_rows, row =>
        {
            MatchCollection members = Quoted().Matches(row.Members);
            Assert.True(members.Count > 0 || row.Members.StartsWith(" — ", StringComparison.Ordinal), row.Members);
            foreach (Match member in members)
                Assert.True(IsPublic(surface, member.Groups[1].Value), $"{member.Value} is not public");
        });
    }

    [Theory]
    [InlineData("HttpConnection.WriteAll", true)]
    [InlineData("new HttpRequest", true)]
    [InlineData("NngUrl", true)]
    [InlineData("IdMap<T>.Set", true)]
    [InlineData("HttpConnection.WriteEverything", false)]
    [InlineData("new HttpConnector", false)]
    [InlineData("Url", false)]
    public void Members_are_looked_up_as_types_members_and_constructors(string name, bool isThere)
    {
        Assert.Equal(isThere, IsPublic(File.ReadAllText(Path.Combine(Native.Root, "src", "Nng", "PublicApi.txt")), name));
    }

    /// <summary>The entry that speaks of a function: its own, or the longest that its name begins with.</summary>
    private static string? EntryOf(string function, IEnumerable<string> entries) => entries
        .Where(entry => entry == function
            || (entry.EndsWith('*') && function.StartsWith(entry[..^1], StringComparison.Ordinal)))
        .MaxBy(entry => entry == function ? int.MaxValue : entry.Length);

    private static bool IsPublic(string surface, string name)
    {
        string pattern = name.StartsWith("new ", StringComparison.Ordinal)
            ? $@"\.{Regex.Escape(name[4..])}\.ctor\b"
            : name.Contains('.') ? $@"\.{Regex.Escape(name)}(?!\w)" : $@"^public .*\.{Regex.Escape(name)}(?![\w.<])";
        return Regex.IsMatch(surface, pattern, RegexOptions.Multiline);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
