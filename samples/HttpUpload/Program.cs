using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;

// Files are uploaded by a form; the body is never held in memory, and every megabyte is told.
// usage: HttpUpload [URL]; without arguments it uploads something to itself and ends.
const string Form = """
    <!DOCTYPE html><meta charset="utf-8"><title>Upload</title>
    <form method="post" enctype="multipart/form-data"><input type="file" name="file" multiple><button>Send</button></form>
    """;

using HttpServer server = HttpServer.Hold(args.Length > 0 ? args[0] : "http://127.0.0.1:0");
server.AddHandler(HttpHandler.Static("/", Encoding.UTF8.GetBytes(Form), "text/html"));
server.AddHandler(new HttpHandler("/", ReceiveAsync)
{
    Method = HttpMethods.Post,
    CollectBody = false,
    MaxBodySize = 1L << 30,
});
server.Start();
Console.WriteLine($"Upload at {server.Url}");

if (args.Length > 0)
{
    Console.ReadLine();
}
else
{
    using var client = new HttpClient();
    using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[5_000_000]), "file", "zeros.bin" } };
    HttpResponseMessage answer = await client.PostAsync(server.Url, form);
    Console.Write(await answer.Content.ReadAsStringAsync());
}

await server.StopAsync(TimeSpan.FromSeconds(5));

static async ValueTask ReceiveAsync(HttpContext context)
{
    var told = new StringBuilder();
    var reader = new MultipartReader(context.RequestBody, context.Request.Headers["Content-Type"]);
    byte[] buffer = new byte[64 * 1024];
    while (await reader.NextAsync() is { } part)
    {
        if (part.FileName is null)
            continue;
        // The client's name is text, not a path: the file gets a name of ours.
        string path = Path.GetTempFileName();
        try
        {
            long total = 0;
            await using FileStream file = File.Create(path);
            int count;
            while ((count = await part.Body.ReadAsync(buffer)) > 0)
            {
                await file.WriteAsync(buffer.AsMemory(0, count));
                if (total / 1_000_000 != (total += count) / 1_000_000)
                    Console.WriteLine($"{part.FileName}: {total / 1_000_000} MB");
            }

            told.AppendLine($"{part.FileName}: {total} bytes");
        }
        finally
        {
            // Also when the client leaves in the middle. A server that keeps its files moves them away before this.
            File.Delete(path);
        }
    }

    context.Response.Headers.Set("Content-Type", "text/plain");
    context.Response.CopyBody(Encoding.UTF8.GetBytes(told.ToString()));
}
