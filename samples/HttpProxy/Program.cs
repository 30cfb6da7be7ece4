using System;
using System.Threading.Tasks;
using Nng;
using Nng.Http;
using Nng.Streams;

// A reverse proxy by hijack: it takes connections over with their first request and joins them to the origin byte by
// byte, so that whatever both speak from then on, a WebSocket for example, goes through.
// usage: HttpProxy [URL ORIGIN]; without arguments it fronts a server of its own once and ends.
using HttpServer origin = HttpServer.Hold("http://127.0.0.1:0/");
origin.AddHandler(HttpHandler.Static("/", "Hello from behind the proxy"u8, "text/plain"));
origin.Start();
string originUrl = args.Length > 1 ? args[1] : $"tcp://127.0.0.1:{origin.Port}";

using HttpServer proxy = HttpServer.Hold(args.Length > 0 ? args[0] : "http://127.0.0.1:0/");
proxy.AddHandler(new HttpHandler("/", async context =>
{
    using var dialer = new NngStreamDialer(originUrl);
    using NngStream back = await dialer.DialAsync();
    using HttpConnection front = context.Hijack();
    using var behind = new HttpConnection(back);
    context.Request.Headers.Set("X-Forwarded-For", $"{context.RemoteAddress}");
    await behind.WriteRequestAsync(context.Request);
    // The first side that ends ends both.
    await Task.WhenAny(PumpAsync(front, behind), PumpAsync(behind, front));
})
{
    Method = null,
    Tree = HttpTreeMode.Shared,
    CollectBody = false,
    MaxBodySize = -1,
});
proxy.Start();
Console.WriteLine($"{proxy.Url} leads to {originUrl}");

if (args.Length > 0)
{
    Console.ReadLine();
}
else
{
    using var client = new System.Net.Http.HttpClient();
    Console.WriteLine(await client.GetStringAsync(proxy.Url));
}

proxy.Stop();

static async Task PumpAsync(HttpConnection from, HttpConnection to)
{
    byte[] buffer = new byte[64 * 1024];
    try
    {
        while (true)
        {
            long count = await from.ReadAsync(buffer);
            await to.WriteAllAsync(buffer.AsMemory(0, (int)count));
        }
    }
    catch (NngException)
    {
        // One side has ended.
    }
}
