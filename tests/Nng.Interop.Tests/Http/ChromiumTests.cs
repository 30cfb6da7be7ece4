using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>A browser loads a page with its assets, sends a form with a file, and follows an event stream.</summary>
public sealed class ChromiumTests
{
    private const string Page = """
        <!DOCTYPE html><html><head><meta charset="utf-8"><title>Nng</title>
        <link rel="stylesheet" href="style.css"><script src="script.js" defer></script></head>
        <body><h1>Served by Nng</h1><ul id="log"></ul></body></html>
        """;

    private const string Script = """
        const say = text => { const item = document.createElement('li'); item.textContent = text; document.getElementById('log').append(item); };
        (async () => {
          const form = new FormData();
          form.append('name', 'J\u00fcrgen'); form.append('file', new File(['x'.repeat(100000)], 'a.txt'));
          const upload = await (await fetch('/upload', { method: 'POST', body: form })).text(); say(upload);
          const events = await new Promise(resolve => {
            const got = []; const source = new EventSource('/events');
            source.addEventListener('tick', event => { got.push(event.data); say(event.data); if (got.length === 3) { source.close(); resolve(got.join('+')); } });
          });
          const color = getComputedStyle(document.querySelector('h1')).color;
          await fetch('/report', { method: 'POST', body: [upload, events, color].join('|') });
        })();
        """;

    [ToolFact("chromium")]
    public async Task A_page_with_assets_a_form_and_events()
    {
        string root = Directory.CreateTempSubdirectory("nng-chromium-").FullName;
        await File.WriteAllTextAsync(Path.Combine(root, "index.html"), Page);
        await File.WriteAllTextAsync(Path.Combine(root, "script.js"), Script);
        await File.WriteAllTextAsync(Path.Combine(root, "style.css"), "h1 { color: rgb(1, 2, 3) } body { font-family: sans-serif }");
        var report = new TaskCompletionSource<string>();
        using HttpServer server = HttpServer.Hold($"http://127.0.0.1:{ScratchUrl.FreePort()}");
        HttpHandler site = HttpHandler.Directory("/", root);
        site.Tree = HttpTreeMode.Shared;
        server.AddHandler(site);
        server.AddHandler(new HttpHandler("/upload", UploadAsync) { Method = "POST", CollectBody = false });
        server.AddHandler(new HttpHandler("/events", async context =>
        {
            HttpEventStream events = context.StartEvents();
            for (int i = 1; i <= 3; i++)
                await events.SendAsync($"event {i}", "tick");
        }));
        server.AddHandler(new HttpHandler("/report", context =>
        {
            report.TrySetResult(Encoding.UTF8.GetString(context.Request.Body.Span));
            return default;
        })
        {
            Method = "POST",
        });
        server.Start();
        string artifacts = Path.Combine(AppContext.BaseDirectory, "artifacts");
        Directory.CreateDirectory(artifacts);
        string picture = Path.Combine(artifacts, "chromium.png");
        File.Delete(picture);
        // Goes with the process: a browser that was killed may still write to it for a moment.
        string profile = Path.Combine(ScratchUrl.Directory, "chromium-pages");
        string[] options =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-proxy-server", "--disable-dev-shm-usage",
            $"--user-data-dir={profile}", "--window-size=800,400",
        ];
        string page = $"http://127.0.0.1:{server.Port}/";
        using (WebTool.Start("chromium", [.. options, page]))
        {
            Assert.Equal(
                "name=J\u00fcrgen;a.txt=100000|event 1+event 2+event 3|rgb(1, 2, 3)",
                await Eventually.Completes(report.Task, "the page reports", timeoutMs: 60_000));
        }

        await WebTool.RunAsync("chromium", [.. options, $"--screenshot={picture}", page]);
        Assert.True(new FileInfo(picture).Length > 1000, "a screenshot was taken");
        Directory.Delete(root, recursive: true);
    }

    private static async ValueTask UploadAsync(HttpContext context)
    {
        var reader = new MultipartReader(context.RequestBody, context.Request.Headers["Content-Type"]);
        var told = new StringBuilder();
        while (await reader.NextAsync() is { } part)
        {
            using var body = new StreamReader(part.Body);
            string text = await body.ReadToEndAsync();
            told.Append(part.FileName is null ? $"{part.Name}={text};" : $"{part.FileName}={text.Length}");
        }

        context.Response.CopyBody(Encoding.UTF8.GetBytes(told.ToString()));
    }
}
