using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>A server of the comparison: listens on a port of its own until it is disposed.</summary>
internal sealed class HttpServerProcess : IDisposable
{
    private readonly Process _process;

    private HttpServerProcess(Process process, int port)
    {
        _process = process;
        Url = new Uri($"http://127.0.0.1:{port}");
    }

    public Uri Url { get; }

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="describe">Program and words for a port.</param>
    /// <param name="libraryPath">A directory the loader looks into first; null for none.</param>
    public static async Task<HttpServerProcess> StartAsync(Func<int, string[]> describe, string? libraryPath)
    {
        int port = FreePort();
        string[] words = describe(port);
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true };
        if (libraryPath is not null)
            start.Environment["LD_LIBRARY_PATH"] = libraryPath;
        var server = new HttpServerProcess(Process.Start(start)!, port);
        server._process.OutputDataReceived += (_, _) => { };
        server._process.BeginOutputReadLine();
        for (int tries = 0; !server._process.HasExited; tries++)
        {
            if (await IsListeningAsync(port).ConfigureAwait(false))
                return server;
            if (tries == 1000)
                break;
            await Task.Delay(10).ConfigureAwait(false);
        }

        server.Dispose();
        throw new InvalidOperationException($"{words[0]} does not listen at {server.Url}.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<bool> IsListeningAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
