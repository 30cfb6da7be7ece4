using System;
using System.Globalization;
using System.IO;
using Nng;
using Nng.Http;

// A client downloads a file with a progress bar, over one connection, as the bytes arrive.
// usage: HttpDownload [URL FILE]; without arguments it serves itself ten megabytes and ends.
string url = args.Length > 0 ? args[0] : "http://127.0.0.1:0/file";
string target = args.Length > 1 ? args[1] : Path.GetTempFileName();
string source = Path.GetTempFileName();
using HttpServer? server = args.Length > 0 ? null : HttpServer.Hold(url);
if (server is not null)
{
    await File.WriteAllBytesAsync(source, new byte[10_000_000]);
    server.AddHandler(HttpHandler.File("/file", source));
    server.Start();
    url = server.Url;
}

using var client = new NngHttpClient(url);
using HttpExchange exchange = await client.OpenAsync(new HttpRequest(NngUrl.Parse(url)));
if (exchange.Response.Status != HttpStatus.Ok)
{
    Console.Error.WriteLine($"{url}: {exchange.Response.Status} {exchange.Response.Reason}");
    return 1;
}

long total = long.TryParse(
    exchange.Response.Headers["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : -1;
long done = 0;
long shown = -1;
byte[] buffer = new byte[64 * 1024];
await using (FileStream file = File.Create(target))
{
    int count;
    while ((count = await exchange.Body.ReadAsync(buffer)) > 0)
    {
        await file.WriteAsync(buffer.AsMemory(0, count));
        done += count;
        Show();
    }
}

Console.WriteLine($"\n{done} bytes from {url}");
if (args.Length == 0)
    File.Delete(target);
File.Delete(source);
return 0;

void Show()
{
    const int width = 40;
    long part = total > 0 ? done * width / total : 0;
    if (part == shown)
        return;
    shown = part;
    Console.Write($"\r[{new string('#', (int)part)}{new string('.', (int)(width - part))}] {done / 1024} KiB");
}
