using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>
/// Command lines with nobody to talk to: the C tool's answers are on record, so that ours can be held to them where the
/// C tool is not installed, too. They differ only by <see cref="IntendedDifferences"/>.
/// </summary>
public sealed class CommandLineTests
{
    /// <summary>C tools at a time; most of them wait for a second.</summary>
    private const int AtOnce = 8;

    public static IEnumerable<object[]> Lines() => CommandLineRecords.All.Keys.Select(line => new object[] { line });

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Ours_answers_as_recorded(string line)
    {
        ToolOutcome expected = IntendedDifferences.All.TryGetValue(line, out (string Ours, string Reason) row)
            ? new ToolOutcome(1, string.Empty, row.Ours + "\n")
            : CommandLineRecords.All[line];
        Assert.Equal(expected, await RunAsync("ours", line));
    }

    [PeerFact("nngcat")]
    public async Task Records_are_those_of_the_C_tool()
    {
        var answers = new ConcurrentDictionary<string, ToolOutcome>();
        using var turns = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(CommandLineRecords.All.Keys.Select(async line =>
        {
            await turns.WaitAsync();
            answers[line] = await RunAsync("nngcat", line);
            turns.Release();
        }));
        string text = CommandLineRecords.Render(answers);
        if (Environment.GetEnvironmentVariable("NNG_UPDATE_RECORDS") == "1")
            CommandLineRecords.Save(text);
        else
            Assert.Equal(CommandLineRecords.Render(CommandLineRecords.All), text);
    }

    [Fact]
    public void Differences_are_of_recorded_lines_and_real()
    {
        foreach ((string line, (string ours, string reason)) in IntendedDifferences.All)
        {
            Assert.NotEqual(CommandLineRecords.All[line].Errors, ours + "\n");
            Assert.NotEmpty(reason);
        }
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
