using System;
using System.Threading.Tasks;
using Nng.Stress.Tests.Children;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests;

/// <summary>Two thousand idle TCP pipes: what they cost of the processor and of memory, at either end.</summary>
public sealed class IdlePipesTests(ITestOutputHelper output)
{
    private const int Pipes = 2000;

    /// <summary>2 % of a core; measured is nothing.</summary>
    private const int MaxCpuMs = ChildFacts.WindowMs / 50;

    private const int MaxBytesPerPipe = 16 * 1024;

    [Fact]
    public async Task Two_thousand_idle_pipes_cost_no_processor_time_and_little_memory()
    {
        string url = ScratchUrl.Tcp();
        using Child listening = await Child.StartAsync(Pipes * 2, nameof(ListenChild), url);
        using Child dialing = await Child.StartAsync(Pipes * 2, nameof(DialChild), url, (Pipes + 1).ToString());
        (long Live, long Resident) accepted = await MemoryAsync(listening);
        (long Live, long Resident) dialed = await MemoryAsync(dialing);
        await dialing.GoOnAsync();
        await ReportAsync("accepted", listening, accepted);
        await ReportAsync("dialled", dialing, dialed);
    }

    private static async Task<(long Live, long Resident)> MemoryAsync(Child child) =>
        (await child.AskAsync("live"), await child.AskAsync("resident"));

    private async Task ReportAsync(string end, Child child, (long Live, long Resident) before)
    {
        (long Live, long Resident) after = await MemoryAsync(child);
        long cpuMs = await child.SettledCpuAsync(MaxCpuMs);
        long live = (after.Live - before.Live) / Pipes;
        long resident = (after.Resident - before.Resident) / Pipes;
        output.WriteLine(
            $"{Pipes} idle pipes {end}: {cpuMs} ms of processor time in {ChildFacts.WindowMs} ms; "
            + $"{live} bytes of managed memory and {resident} bytes resident for each");
        Assert.True(cpuMs <= MaxCpuMs, $"{cpuMs} ms of processor time");
        Assert.True(live < MaxBytesPerPipe, $"{live} bytes for each pipe");
    }
}
