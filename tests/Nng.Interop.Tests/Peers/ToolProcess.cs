using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Nng.Interop.Tests.Peers;

/// <summary>A command line tool as a process, bounded in time.</summary>
internal sealed class ToolProcess : IDisposable
{
    private const int LimitMs = 30_000;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ToolProcess(string file, string arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a tool: <c>ours</c> is our nngcat, anything else a C peer's tool, looked up on PATH.</summary>
    public static ToolProcess Start(string tool, string arguments) => tool == "ours"
        ? new ToolProcess("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "nngcat.dll")}\" {arguments}")
        : new ToolProcess(PeerTool.PathOf(tool), arguments);

    /// <summary>Exit code, output and errors; the process is killed when it takes too long.</summary>
    public async Task<(int Code, string Output, string Errors)> EndAsync()
    {
        if (!_process.WaitForExit(LimitMs))
            _process.Kill();
        return (_process.ExitCode, await _output, await _errors);
    }

    /// <summary>Ends the process without asking it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
