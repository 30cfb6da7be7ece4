using System;
using System.IO;
using System.Text;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;

namespace Nng.Interop.Tests.Http;

/// <summary>One of our servers for programs of the web.</summary>
internal sealed class WebSite : IDisposable
{
    private readonly string _file = Path.Combine(ScratchUrl.Directory, $"web-{Guid.NewGuid():N}.bin");

    public WebSite(string? url = null, TlsConfig? tls = null)
    {
        FileBytes = new byte[1 << 20];
        new Random(3).NextBytes(FileBytes);
        File.WriteAllBytes(_file, FileBytes);
        // Not port 0: tests run at the same time, and until they start they would share one server.
        Server = HttpServer.Hold(url ?? $"http://127.0.0.1:{ScratchUrl.FreePort()}");
        Server.Options = new HttpServerOptions { MaxRequestsPerConnection = 0 };
        if (tls is not null)
            Server.TlsConfig = tls;
        Server.AddHandler(HttpHandler.Static("/plaintext", "Hello, World!"u8, "text/plain"));
        Server.AddHandler(HttpHandler.File("/file", _file));
        Server.AddHandler(new HttpHandler("/echo", context =>
        {
            context.Response.Headers.Set("X-Method", context.Request.Method);
            context.Response.Headers.Set("X-Version", context.Request.Version);
            context.Response.CopyBody(context.Request.Body.Span);
            return default;
        })
        {
            Method = null,
            MaxBodySize = 16 << 20,
        });
        Server.AddHandler(new HttpHandler("/stream", async context =>
        {
            for (int i = 0; i < 100; i++)
                await context.ResponseBody.WriteAsync(Encoding.ASCII.GetBytes($"line {i}\n"));
        }));
        Server.AddHandler(new HttpHandler("/sum", async context =>
        {
            long sum = 0;
            byte[] buffer = new byte[8192];
            int count;
            while ((count = await context.RequestBody.ReadAsync(buffer)) > 0)
                sum += count;
            context.Response.CopyBody(Encoding.ASCII.GetBytes($"{sum}"));
        })
        {
            Method = null,
            CollectBody = false,
            MaxBodySize = -1,
        });
        Server.AddHandler(HttpHandler.Redirect("/old", "/plaintext"));
        Server.Start();
    }

    public HttpServer Server { get; }

    public byte[] FileBytes { get; }

    public string Address => $"127.0.0.1:{Server.Port}";

    public string Url(string path) => $"http://{Address}{path}";

    /// <summary>A fresh file with so many bytes.</summary>
    public static string Upload(int length)
    {
        string path = Path.Combine(ScratchUrl.Directory, $"upload-{Guid.NewGuid():N}.bin");
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)'u');
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose()
    {
        Server.Dispose();
        File.Delete(_file);
    }
}
