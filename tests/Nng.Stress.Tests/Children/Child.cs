using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests.Children;

/// <summary>A process of this assembly that a test talks to by lines; killed at the end.</summary>
internal sealed class Child : IDisposable
{
    private const int TimeoutMs = 60_000;

    private const int SettlingLooks = 5;

    private readonly Process _process;

    private Child(Process process)
    {
        _process = process;
    }

    /// <summary>Starts a child with so many descriptors at most, and waits until it is ready.</summary>
    public static async Task<Child> StartAsync(int maxDescriptors, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string self = typeof(Child).Assembly.Location;
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        foreach (string argument in new[] { "-c", $"ulimit -n {maxDescriptors} && exec \"$@\"", "bash", host, "exec", self })
            start.ArgumentList.Add(argument);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        var child = new Child(Process.Start(start)!);
        await child.ReadyAsync();
        return child;
    }

    /// <summary>Reads a number that the child says unasked.</summary>
    public async Task<long> ReadNumberAsync() => long.Parse(await ReadAsync(), CultureInfo.InvariantCulture);

    /// <summary>Asks for one of the facts.</summary>
    public async Task<long> AskAsync(string question)
    {
        await _process.StandardInput.WriteLineAsync(question);
        return await ReadNumberAsync();
    }

    /// <summary>
    /// Asks for the processor time until a window is within bounds: after-effects of what was before (compiling,
    /// collecting) pass, spinning does not.
    /// </summary>
    public async Task<long> SettledCpuAsync(long boundMs)
    {
        long cpuMs = await AskAsync("cpu");
        for (int look = 1; look < SettlingLooks && cpuMs > boundMs; look++)
            cpuMs = await AskAsync("cpu");
        return cpuMs;
    }

    /// <summary>Sends the child to its next stage and waits until it is there.</summary>
    public async Task GoOnAsync()
    {
        await _process.StandardInput.WriteLineAsync("next");
        await ReadyAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task ReadyAsync() => Assert.Equal("ready", await ReadAsync());

    private async Task<string> ReadAsync()
    {
        string? line = await Eventually.Completes(_process.StandardOutput.ReadLineAsync(), "an answer", TimeoutMs);
        return line ?? throw new InvalidOperationException($"The child ended with {_process.ExitCode}.");
    }
}
