using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Browser;
using Nng.Http;
using Nng.Interop.Tests.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.WebSockets;

/// <summary>
/// The sample's page in a browser, used by a second page around it that reports what the first one shows; with and
/// without TLS.
/// </summary>
public sealed class BrowserSampleTests
{
    private const int LimitMs = 60_000;

    /// <summary>Uses the page as a person would, then looks at its document; the words are not in the page.</summary>
    private const string UsesThePage = """
        const frame = document.querySelector('iframe');
        const page = frame.contentDocument;
        const lines = id => [...page.getElementById(id).children].map(item => item.textContent);
        const submit = (form, input, words) => {
          page.getElementById(input).value = words;
          page.querySelector(`#${form} button`).click();
        };
        await until(() => lines('heard').includes('welcome'));
        await until(() => /\d/.test(page.getElementById('time').textContent));
        submit('talk', 'words', 'gr\u00fc\u00df dich');
        await until(() => lines('heard').length > 1);
        submit('ask', 'question', 'what, and why');
        submit('ask', 'question', '');
        await until(() => lines('answers').length > 1 && lines('news').length > 1);
        return [lines('heard'), lines('answers'), lines('news')].map(list => list.join(';')).join('|');
        """;

    /// <summary>Dials one path by another name of the same machine, which makes the page a stranger there.</summary>
    private const string DialsAsAStranger = """
        const dial = path => new Promise(resolve => {
          const socket = new WebSocket(`${location.protocol.replace('http', 'ws')}//localhost:${location.port}${path}`, 'rep.sp.nanomsg.org');
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        });
        return [await dial('/open'), await dial('/ask')].join('|');
        """;

    /// <summary>Uses the snippet's sockets against listeners that are slow, go and come back.</summary>
    private const string UsesTheSnippet = """
        const { Req, bytes, text } = await import('/sp.js');
        const req = new Req('/later');
        const failed = await req.request(bytes('unheard'), 50).catch(error => error.message);
        const waiting = req.request(bytes('heard'));
        await fetch('/listen', { method: 'POST' });
        const reply = text(await waiting);
        await fetch('/again', { method: 'POST' });
        const again = text(await req.request(bytes('once more')));
        const open = req.request(bytes('at the end'));
        req.close();
        return [failed, reply, again, await open.catch(error => error.message)].join('|');
        """;

    [ToolTheory("chromium")]
    [InlineData("http")]
    [InlineData("https")]
    public async Task The_page_subscribes_asks_and_talks(string scheme)
    {
        await using Site site = NewSite(scheme);
        Assert.Equal(
            "welcome;you said 'gr\u00fc\u00df dich'|you asked 'what, and why';you asked ''|what, and why;",
            await ReportAsync(site, UsesThePage));
    }

    [ToolTheory("chromium")]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_page_of_another_origin_is_refused(string scheme)
    {
        await using Site site = NewSite(scheme);
        using var open = new RepSocket();
        open.Listen(SocketUrl(site) + "/open");
        Assert.Equal("open|refused", await ReportAsync(site, DialsAsAStranger));
    }

    [ToolTheory("chromium")]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Requests_outlive_a_connection_and_end_in_time(string scheme)
    {
        await using Site site = NewSite(scheme);
        RepSocket? rep = null;
        using HttpServer server = HttpServer.Hold(site.Url);
        HttpHandler Changes(string path) => new(path, context =>
        {
            rep?.Dispose();
            rep = new RepSocket();
            rep.Listen(SocketUrl(site) + "/later");
            _ = EchoAsync(rep);
            return default;
        })
        {
            Method = HttpMethods.Post,
        };
        server.AddHandler(Changes("/listen"));
        server.AddHandler(Changes("/again"));
        Assert.Equal("no reply in time|<heard>|<once more>|closed", await ReportAsync(site, UsesTheSnippet));
        rep!.Dispose();
    }

    private static Site NewSite(string scheme) => new(
        $"{scheme}://127.0.0.1:{ScratchUrl.FreePort()}",
        scheme == "https" ? TestAuthority.Server.ServerConfig() : null);

    private static string SocketUrl(Site site) => "ws" + site.Url["http".Length..];

    /// <summary>What a script, run beside the site's page in a browser, returns.</summary>
    private static async Task<string> ReportAsync(Site site, string script)
    {
        string page = $$"""
            <!DOCTYPE html><meta charset="utf-8"><iframe src="/"></iframe>
            <script>
            const until = async condition => {
              while (!condition()) await new Promise(resolve => setTimeout(resolve, 10));
            };
            onload = async () => {
              const run = async () => { {{script}} };
              const report = await run().catch(error => `${error}`);
              await fetch('/report', { method: 'POST', body: report });
            };
            </script>
            """;
        var report = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using HttpServer server = HttpServer.Hold(site.Url);
        server.AddHandler(HttpHandler.Static("/around", Encoding.UTF8.GetBytes(page), "text/html"));
        server.AddHandler(new HttpHandler("/report", context =>
        {
            report.TrySetResult(Encoding.UTF8.GetString(context.Request.Body.Span));
            return default;
        })
        {
            Method = HttpMethods.Post,
        });
        // Goes with the process: a browser that was killed may still write to it for a moment.
        string profile = Path.Combine(ScratchUrl.Directory, $"chromium-{Guid.NewGuid():N}");
        using (WebTool.Start(
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-proxy-server",
            "--disable-dev-shm-usage", $"--user-data-dir={profile}", TrustsTheServer(), site.Url + "/around"))
        {
            return await Eventually.Completes(report.Task, "the page reports", LimitMs);
        }
    }

    /// <summary>Makes the browser take the certificate of the test server, by its key, and no other one.</summary>
    private static string TrustsTheServer()
    {
        using var certificate = X509Certificate2.CreateFromPem(TestAuthority.Server.CertificatePem);
        byte[] hash = SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        return $"--ignore-certificate-errors-spki-list={Convert.ToBase64String(hash)}";
    }

    private static async Task EchoAsync(RepSocket rep)
    {
        try
        {
            while (true)
            {
                using Message request = await rep.ReceiveAsync();
                string text = Encoding.UTF8.GetString(request.Body);
                if (text != "at the end")
                    await rep.SendAsync(Encoding.UTF8.GetBytes($"<{text}>"));
            }
        }
        catch (NngException end) when (end.Error == NngError.Closed)
        {
            // The listener goes.
        }
    }
}
