using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Nng.CApi.Tests;

/// <summary>The page of differences names every difference there is.</summary>
public sealed partial class DocumentTests
{
    private static readonly string s_page =
        File.ReadAllText(Path.Combine(Native.Root, "docs", "capi", "differences.md"));

    [Fact]
    public void Each_line_that_differs_has_its_reason_on_the_page()
    {
        string[] reasons = [.. File.ReadLines(Path.Combine(Native.Programs, "differences.txt"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')[3]).Distinct()];
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.Contains($"| {reason} |", s_page, StringComparison.Ordinal));
        Assert.Equal(reasons.Length, Rows().Count(s_page));
    }

    [Fact]
    public void Each_policy_of_the_C_face_is_on_the_page()
    {
        string source = File.ReadAllText(Path.Combine(Native.Root, "src", "Nng", "Sp", "SpPolicy.cs"));
        string compatible = source[source.IndexOf("Compatible", StringComparison.Ordinal)..source.IndexOf("};", StringComparison.Ordinal)];
        string[] policies = [.. Settings().Matches(compatible).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(policies);
        Assert.All(policies, policy => Assert.Contains($"`{policy}`", s_page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| (?!where)[^|-]+ \| .* \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"(\w+) = ")]
    private static partial Regex Settings();
}
