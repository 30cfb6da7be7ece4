using System;
using System.IO;
using Nng.Http;

// A static site: a directory with its index, types, ranges, conditions and precompressed files.
// usage: HttpSite [DIRECTORY [URL]]; without arguments it makes a small site, looks at it once and ends.
bool isDemo = args.Length == 0;
string directory = isDemo ? Directory.CreateTempSubdirectory("site-").FullName : args[0];
if (isDemo)
{
    File.WriteAllText(Path.Combine(directory, "index.html"), "<!DOCTYPE html><title>Hello</title><h1>Hello from Nng</h1>");
    File.WriteAllText(Path.Combine(directory, "notes.txt"), "0123456789");
}

using HttpServer server = HttpServer.Hold(args.Length > 1 ? args[1] : "http://127.0.0.1:0");
server.Options = new HttpServerOptions { AccessLog = record => Console.WriteLine(record) };
server.AddHandler(HttpHandler.Directory("/", directory, new HttpFileOptions
{
    Precompressed = true,
    NoSniff = true,
    CacheControl = "max-age=60",
}));
server.SetErrorPage(HttpStatus.NotFound, "<!DOCTYPE html><title>Nothing here</title><h1>Nothing here</h1>");
server.Start();
Console.WriteLine($"{directory} is at {server.Url}");

if (!isDemo)
{
    Console.ReadLine();
}
else
{
    using var client = new System.Net.Http.HttpClient();
    Console.WriteLine(await client.GetStringAsync(server.Url));
    client.DefaultRequestHeaders.Range = new(3, 5);
    Console.WriteLine($"bytes 3 to 5: {await client.GetStringAsync(server.Url + "/notes.txt")}");
    Console.WriteLine($"missing: {(int)(await client.GetAsync(server.Url + "/missing")).StatusCode}");
}

await server.StopAsync(TimeSpan.FromSeconds(5));
if (isDemo)
    Directory.Delete(directory, recursive: true);
