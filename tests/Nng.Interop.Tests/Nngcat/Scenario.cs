using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>
/// A play for the tool under test and C tools as partners: who listens starts first, then the others one after another.
/// In the command lines <c>{url}</c> is the address, <c>{bytes:N}</c> a file of N bytes of all values.
/// </summary>
/// <param name="Subject">What the tool under test is told.</param>
/// <param name="Partners">What the C tools are told.</param>
internal sealed record Scenario(string Subject, params string[] Partners)
{
    /// <summary>What standard input of the subject holds.</summary>
    public byte[]? Input { get; init; }

    /// <summary>
    /// Its end depends on a C tool's sense of time: a partner leaves soon after its last message, or somebody waits for
    /// a few seconds only.
    /// </summary>
    public bool IsTimed => Waits(Subject) || Partners.Any(partner => Waits(partner) || LeavesSoon(partner));

    private bool SubjectListens => Subject.Contains("--listen", StringComparison.Ordinal);

    /// <summary>
    /// Plays it, and tells how the subject and each partner ended; a partner with an interval goes on until the subject
    /// has ended, and is not part of what is told.
    /// </summary>
    public async Task<IReadOnlyList<ToolOutcome>> PlayAsync(string tool)
    {
        string url = ScratchUrl.Ipc();
        var outcomes = new List<ToolOutcome>();
        var running = new List<ToolProcess>();
        try
        {
            if (SubjectListens)
            {
                ToolProcess subject = await StartAsync(running, tool, Subject, url, Input);
                foreach (string partner in Partners)
                {
                    ToolProcess process = await StartAsync(running, "nngcat", partner, url);
                    if (!IsEndless(partner))
                        outcomes.Add(await process.EndAsync());
                }

                outcomes.Insert(0, await subject.EndAsync());
            }
            else
            {
                ToolProcess partner = await StartAsync(running, "nngcat", Partners.Single(), url);
                ToolProcess subject = await StartAsync(running, tool, Subject, url, Input);
                outcomes.Add(await subject.EndAsync());
                if (!IsEndless(Partners[0]))
                    outcomes.Add(await partner.EndAsync());
            }
        }
        finally
        {
            running.ForEach(process => process.Dispose());
        }

        return [.. outcomes.Select(outcome => outcome with
        {
            Output = outcome.Output.Replace(url, "{url}", StringComparison.Ordinal),
        })];
    }

    private static bool Waits(string arguments) => arguments.Contains("--recv-timeout", StringComparison.Ordinal);

    private static bool LeavesSoon(string arguments) =>
        !IsEndless(arguments) && !arguments.StartsWith("--pull", StringComparison.Ordinal)
        && !arguments.StartsWith("--sub", StringComparison.Ordinal);

    private static bool IsEndless(string arguments) =>
        arguments.Contains("--interval", StringComparison.Ordinal)
        && !arguments.Contains("--count", StringComparison.Ordinal);

    private static async Task<ToolProcess> StartAsync(
        List<ToolProcess> running, string tool, string arguments, string url, byte[]? input = null)
    {
        ToolProcess process = ToolProcess.Start(tool, Filled(arguments, url), input);
        running.Add(process);
        if (arguments.Contains("--listen", StringComparison.Ordinal))
            await Listening.WaitAsync(url);
        return process;
    }

    private static string Filled(string arguments, string url)
    {
        string filled = arguments.Replace("{url}", url, StringComparison.Ordinal);
        int start = filled.IndexOf("{bytes:", StringComparison.Ordinal);
        if (start < 0)
            return filled;
        int end = filled.IndexOf('}', start);
        int length = int.Parse(filled[(start + 7)..end]);
        string path = Scratch.File([.. Enumerable.Range(0, length).Select(i => (byte)i)]);
        return filled[..start] + path + filled[(end + 1)..];
    }
}
