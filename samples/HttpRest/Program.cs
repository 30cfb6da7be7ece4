using System;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Nng;
using Nng.Http;

// A REST front with a back end of workers behind it: each HTTP request becomes a request to whichever worker is free.
// Without arguments it asks itself a few things and ends; with a URL it serves there until Enter.
string url = args.Length > 0 ? args[0] : "http://127.0.0.1:0";

await using var front = new ReqSocket();
front.Listen("inproc://workers");
RepSocket[] workers = [new(), new(), new()];
foreach (RepSocket worker in workers)
{
    await worker.DialAsync("inproc://workers");
    _ = WorkAsync(worker);
}

using HttpServer server = HttpServer.Hold(url);
server.AddHandler(new HttpHandler("/words", async context =>
{
    // Requests of several clients are under way at once; the socket spreads them over the workers.
    using Message reply = await front.RequestAsync(context.Request.Body, context.RequestAborted);
    context.Response.Headers.Set("Content-Type", "application/json");
    context.Response.CopyBody(reply.Body);
})
{
    Method = HttpMethods.Post,
    MaxBodySize = 64 * 1024,
});
server.AddHandler(HttpHandler.Static("/health", "ok"u8, "text/plain"));
server.Start();
Console.WriteLine($"POST text to {server.Url}/words");

if (args.Length > 0)
{
    Console.ReadLine();
}
else
{
    using var client = new HttpClient();
    Console.WriteLine($"health: {await client.GetStringAsync(server.Url + "/health")}");
    foreach (string text in (string[])["one", "to be or not to be", ""])
    {
        HttpResponseMessage answer = await client.PostAsync(server.Url + "/words", new StringContent(text));
        Console.WriteLine($"'{text}': {await answer.Content.ReadAsStringAsync()}");
    }
}

await server.StopAsync(TimeSpan.FromSeconds(5));
foreach (RepSocket worker in workers)
    await worker.DisposeAsync();

static async Task WorkAsync(RepSocket worker)
{
    try
    {
        while (true)
        {
            using Message request = await worker.ReceiveAsync();
            string[] words = Encoding.UTF8.GetString(request.Body).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            await worker.SendAsync(Encoding.UTF8.GetBytes($"{{\"words\":{words.Length}}}"));
        }
    }
    catch (NngException end) when (end.Error == NngError.Closed)
    {
        // The program ends.
    }
}
