using System;
using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit.Sdk;

namespace Nng.Interop.Tests.Peers;

/// <summary>A command line tool as a process, bounded in time, its output read as bytes.</summary>
internal sealed partial class ToolProcess : IDisposable
{
    private const int LimitMs = 30_000;

    private readonly Process _process;
    private readonly System.IO.Pipelines.Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Task _pumping;
    private readonly Task<string> _errors;
    private readonly string _what;

    private ToolProcess(string file, string arguments, byte[]? input)
    {
        _what = $"{file} {arguments}";
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Our tool runs on the runtime that runs this test.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        _pumping = PumpAsync();
        // Small enough for the pipe between us: this cannot block.
        if (input is not null)
            _process.StandardInput.BaseStream.Write(input);
        _process.StandardInput.Close();
    }

    /// <summary>
    /// Starts a tool: <c>ours</c> is our nngcat, anything else a C peer's tool, looked up on PATH. Its standard input
    /// is empty, or <paramref name="input"/> (a few KiB at most).
    /// </summary>
    public static ToolProcess Start(string tool, string arguments, byte[]? input = null) =>
        new(FileOf(tool), arguments, input);

    /// <summary>The executable of a tool, with its path.</summary>
    public static string FileOf(string tool) =>
        tool == "ours" ? Path.Combine(AppContext.BaseDirectory, "nngcat") : PeerTool.PathOf(tool);

    /// <summary>It is over, however it ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>The next bytes it prints; fails the test when they do not come.</summary>
    public async Task<byte[]> ReadAsync(int length)
    {
        // The pipe would wait for something to come.
        if (length == 0)
            return [];
        using var limit = new CancellationTokenSource(LimitMs);
        try
        {
            ReadResult result = await _output.Reader.ReadAtLeastAsync(length, limit.Token);
            if (result.Buffer.Length < length)
                throw new XunitException($"{_what} ended after {result.Buffer.Length} bytes: {await _errors}");
            byte[] bytes = result.Buffer.Slice(0, length).ToArray();
            _output.Reader.AdvanceTo(result.Buffer.GetPosition(length));
            return bytes;
        }
        catch (OperationCanceledException)
        {
            throw new XunitException($"{_what} did not print {length} bytes within {LimitMs} ms.");
        }
    }

    /// <summary>Waits for its end; fails the test when it does not come.</summary>
    public async Task<ToolOutcome> EndAsync()
    {
        using var limit = new CancellationTokenSource(LimitMs);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new XunitException($"{_what} did not end within {LimitMs} ms.");
        }

        await _pumping;
        ReadResult rest = await _output.Reader.ReadAtLeastAsync(int.MaxValue);
        return new ToolOutcome(_process.ExitCode, Encoding.Latin1.GetString(rest.Buffer), await _errors);
    }

    /// <summary>Ends the process without asking it: SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int number)
    {
        if (KillCore(_process.Id, number) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>From now on nobody reads its standard output.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            await _process.StandardOutput.BaseStream.CopyToAsync(_output.Writer);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // A test has closed the output.
        }

        await _output.Writer.CompleteAsync();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillCore(int process, int signal);
}
