using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.Tools.Nngcat;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>The help and the guide name every option there is, and no other.</summary>
public sealed class HelpTests
{
    public static IEnumerable<object[]> Options() => OptionTable.All.Select(spec => new object[] { spec.Long });

    [Theory]
    [InlineData("-h")]
    [InlineData("--help")]
    [InlineData("--help --nonsense")]
    public async Task It_goes_to_standard_output_with_exit_code_1(string arguments)
    {
        using ToolProcess help = ToolProcess.Start("ours", arguments);
        Assert.Equal(new ToolOutcome(1, Help.Text + "\n", string.Empty), await help.EndAsync());
    }

    [PeerFact("nngcat")]
    public async Task It_has_every_line_of_the_C_tool_s_help_with_more_behind_it()
    {
        using ToolProcess theirs = ToolProcess.Start("nngcat", "--help");
        ToolOutcome outcome = await theirs.EndAsync();
        Assert.Equal(1, outcome.Code);
        string[] ours = Help.Text.Split('\n');
        string[] lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 40, $"{lines.Length} lines");
        // Theirs leaves open which of the two it is.
        Assert.All(
            lines.Where(line => !line.StartsWith("  --pair ", StringComparison.Ordinal)),
            line => Assert.Contains(ours, our => our.StartsWith(line.TrimEnd(), StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void It_names_the_option(string option) => AssertNames(Help.Text, option);

    [Theory]
    [MemberData(nameof(Options))]
    public void The_guide_names_the_option(string option) => AssertNames(Guide(), option);

    [Theory]
    [InlineData("help")]
    [InlineData("guide")]
    public void It_names_no_other(string text)
    {
        HashSet<string> known = [.. OptionTable.All.Select(spec => spec.Long)];
        MatchCollection options = Regex.Matches(text == "help" ? Help.Text : Guide(), @"(?<![\w-])--([a-z][a-z0-9-]*)");
        IEnumerable<string> named = options.Select(match => match.Groups[1].Value);
        // Prefixes are options, too: --rep is short for --rep0.
        Assert.All(named, name => Assert.Contains(known, option => option.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Lines_fit_a_terminal() =>
        Assert.All(Help.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));

    private static void AssertNames(string text, string option)
    {
        OptionSpec spec = OptionTable.All.First(spec => spec.Long == option);
        Assert.Matches($@"(?<![\w-])--{Regex.Escape(option)}(?![\w-])", text);
        if (spec.Short != '\0')
            Assert.Matches($@"(?<![\w-])-{spec.Short}(?![\w-])", text);
    }

    private static string Guide([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.GetFullPath("../../../docs/guide/nngcat.md", Path.GetDirectoryName(here)!));
}
