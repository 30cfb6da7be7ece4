using System.Threading.Tasks;
using Nng.Http;

namespace Quickstart;

/// <summary>A page is served and fetched; so is what a function makes of a form. Kept connections, one port.</summary>
internal static class Web
{
    public static async Task RunAsync(string url)
    {
        using HttpServer server = HttpServer.Hold(url);
        server.AddHandler(HttpHandler.Static("/", "<h1>Hello</h1>"u8, "text/html"));
        server.AddHandler(new HttpHandler("/greet", context =>
        {
            string? name = HttpForm.ReadBody(context.Request)["name"];
            context.Response.CopyBody(Tour.Bytes($"Hello, {name}!"));
            return default;
        })
        {
            Method = HttpMethods.Post,
        });
        server.Start();

        using var client = new NngHttpClient(server.Url);
        HttpResponse page = await client.SendAsync(new HttpRequest { Uri = "/" });
        Tour.Say("http", $"fetched {Tour.Text(page.Body.Span)} of {page.Headers["Content-Type"]}: {page.Status} {page.Reason}");

        var form = new HttpRequest { Method = HttpMethods.Post, Uri = "/greet" };
        form.Headers.Set("Content-Type", HttpForm.MediaType);
        form.CopyBody("name=world"u8);
        HttpResponse greeting = await client.SendAsync(form);
        Tour.Say("http", $"sent a form, got '{Tour.Text(greeting.Body.Span)}'");
    }
}
