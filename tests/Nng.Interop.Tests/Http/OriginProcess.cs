using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;

namespace Nng.Interop.Tests.Http;

/// <summary>A foreign web server as a process, with a folder of its own, both gone at the end.</summary>
internal sealed class OriginProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts a server.</summary>
    /// <param name="tool">Its program, looked up on PATH.</param>
    /// <param name="folder">Its folder, deleted at the end.</param>
    /// <param name="arguments">Its arguments.</param>
    public OriginProcess(string tool, string folder, params string[] arguments)
    {
        Folder = folder;
        var start = new ProcessStartInfo(PeerTool.PathOf(tool), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Folder { get; }

    /// <summary>What it has printed so far.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>An empty folder with a short path, as socket files need.</summary>
    public static string CreateFolder() => Directory.CreateTempSubdirectory("nng-origin-").FullName;

    /// <summary>Waits until the server is there.</summary>
    public void AwaitReady(Func<bool> ready, string what) => Eventually.True(
        () => ready() || (_process.HasExited ? throw new InvalidOperationException(string.Join('\n', Lines)) : false),
        what,
        30_000);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is not null)
            Lines.Enqueue(line);
    }
}
