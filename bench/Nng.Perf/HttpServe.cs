using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Nng.Http;

namespace Nng.Perf;

/// <summary>An HTTP server for load generators: fixed bytes, a function that answers the same, a file.</summary>
internal static class HttpServe
{
    private const int FileBytes = 1 << 20;

    /// <summary>Serves until the process is asked to end.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length != 2 || !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            Console.Error.WriteLine("usage: Nng.Perf http PORT");
            return 2;
        }

        string file = Path.Combine(Path.GetTempPath(), $"nng-perf-{Environment.ProcessId}.bin");
        await File.WriteAllBytesAsync(file, new byte[FileBytes]);
        using HttpServer server = HttpServer.Hold($"http://127.0.0.1:{port}");
        server.Options = new HttpServerOptions { MaxRequestsPerConnection = 0 };
        server.AddHandler(HttpHandler.Static("/plaintext", "Hello, World!"u8, "text/plain"));
        server.AddHandler(HttpHandler.File("/file", file));
        server.AddHandler(new HttpHandler("/function", context =>
        {
            context.Response.Headers.Set("Content-Type", "text/plain");
            context.Response.CopyBody("Hello, World!"u8);
            return default;
        }));
        server.Start();
        Console.WriteLine($"{server.Url} serves /plaintext, /function and /file");
        var stop = new TaskCompletionSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        await stop.Task;
        File.Delete(file);
        return 0;

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }
}
