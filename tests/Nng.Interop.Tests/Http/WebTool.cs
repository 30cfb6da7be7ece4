using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>A program of the web as a process, bounded in time.</summary>
internal sealed class WebTool : IDisposable
{
    private const int LimitMs = 60_000;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private WebTool(string tool, string[] arguments)
    {
        var start = new ProcessStartInfo(PathOf(tool)!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A proxy of the machine has no business between a test and its server.
        foreach (string name in (string[])["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
            start.Environment.Remove(name);
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program's file, or null.</summary>
    public static string? PathOf(string tool) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, tool))
            .FirstOrDefault(File.Exists);

    public static WebTool Start(string tool, params string[] arguments) => new(tool, arguments);

    /// <summary>Runs a program that must end well and returns what it wrote.</summary>
    public static async Task<string> RunAsync(string tool, params string[] arguments)
    {
        using var process = new WebTool(tool, arguments);
        (int code, string output, string errors) = await process.EndAsync();
        Assert.True(code == 0, $"{tool} {string.Join(' ', arguments)}: code {code}\n{output}\n{errors}");
        return output;
    }

    /// <summary>Exit code, output and errors; the process is killed when it takes too long.</summary>
    public async Task<(int Code, string Output, string Errors)> EndAsync()
    {
        if (!_process.WaitForExit(LimitMs))
            _process.Kill(entireProcessTree: true);
        return (_process.ExitCode, await _output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
