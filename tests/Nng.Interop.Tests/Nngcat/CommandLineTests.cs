using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>
/// The same command line given to our nngcat and to the C tool, with nobody to talk to: output, errors and exit code
/// are the same, except for <see cref="IntendedDifferences"/>.
/// </summary>
public sealed class CommandLineTests
{
    public static IEnumerable<object[]> Lines() => CommandLines.All.Select(line => new object[] { line });

    public static IEnumerable<object[]> DifferentLines() =>
        IntendedDifferences.All.Select(row => new object[] { row.Arguments });

    [PeerTheory("nngcat")]
    [MemberData(nameof(Lines))]
    public async Task Both_tools_answer_the_same(string line)
    {
        Task<ToolOutcome> theirs = RunAsync("nngcat", line);
        Task<ToolOutcome> ours = RunAsync("ours", line);
        Assert.Equal(await theirs, await ours);
    }

    [PeerTheory("nngcat")]
    [MemberData(nameof(DifferentLines))]
    public async Task They_differ_where_it_is_intended(string line)
    {
        var row = IntendedDifferences.All.Single(row => row.Arguments == line);
        Assert.Equal(new ToolOutcome(1, string.Empty, row.Theirs + "\n"), await RunAsync("nngcat", line));
        Assert.Equal(new ToolOutcome(1, string.Empty, row.Ours + "\n"), await RunAsync("ours", line));
        Assert.NotEqual(row.Theirs, row.Ours);
    }

    /// <summary>Runs a tool with paths of its own, for which the placeholders stand again in what it says.</summary>
    private static async Task<ToolOutcome> RunAsync(string tool, string line)
    {
        string ipc = ScratchUrl.Ipc();
        string file = Scratch.File("hi"u8.ToArray());
        string arguments = line.Replace("{ipc}", ipc, StringComparison.Ordinal);
        arguments = arguments.Replace("{file}", file, StringComparison.Ordinal);
        using ToolProcess process = ToolProcess.Start(tool, arguments);
        ToolOutcome outcome = await process.EndAsync();
        return outcome with { Output = Anonymous(outcome.Output), Errors = Anonymous(outcome.Errors) };

        string Anonymous(string text) =>
            text.Replace(ipc, "{ipc}", StringComparison.Ordinal).Replace(file, "{file}", StringComparison.Ordinal);
    }
}
