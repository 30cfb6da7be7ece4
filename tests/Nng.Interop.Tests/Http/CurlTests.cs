using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>curl as a client: versions, uploads, ranges, TLS, Unix sockets.</summary>
public sealed class CurlTests
{
    [ToolTheory("curl")]
    [InlineData("--http1.0")]
    [InlineData("--http1.1")]
    public async Task Versions(string version)
    {
        using var site = new WebSite();
        string output = await WebTool.RunAsync("curl", "-sS", "-i", version, site.Url("/plaintext"), site.Url("/plaintext"));
        Assert.Equal(2, output.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Equal(2, output.Split("Hello, World!").Length - 1);
    }

    [ToolFact("curl")]
    public async Task A_connection_is_used_again()
    {
        using var site = new WebSite();
        string output = await WebTool.RunAsync(
            "curl", "-sS", "-w", "%{num_connects} ",
            "-o", "/dev/null", site.Url("/plaintext"), "-o", "/dev/null", site.Url("/echo"), "-o", "/dev/null", site.Url("/file"));
        Assert.Equal("1 0 0 ", output);
    }

    [ToolTheory("curl")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task Uploads_with_a_length_and_in_chunks(int length)
    {
        using var site = new WebSite();
        string file = WebSite.Upload(length);
        foreach (string path in (string[])["/echo", "/sum"])
        {
            string expected = path == "/sum" ? $"{length}" : new string('u', length);
            Assert.Equal(expected, await WebTool.RunAsync("curl", "-sS", "--data-binary", "@" + file, site.Url(path)));
            Assert.Equal(expected, await WebTool.RunAsync(
                "curl", "-sS", "-X", "POST", "-H", "Transfer-Encoding: chunked", "--data-binary", "@" + file, site.Url(path)));
            Assert.Equal(expected, await WebTool.RunAsync("curl", "-sS", "-T", file, site.Url(path)));
        }
    }

    [ToolFact("curl")]
    public async Task An_upload_that_waits_for_100_is_let_in()
    {
        using var site = new WebSite();
        string file = WebSite.Upload(2_000_000);
        string trace = await WebTool.RunAsync(
            "curl", "-sS", "-i", "--expect100-timeout", "30", "-H", "Expect: 100-continue", "--data-binary", "@" + file, site.Url("/sum"));
        Assert.Contains("HTTP/1.1 100 Continue", trace);
        Assert.EndsWith("2000000", trace);
    }

    [ToolFact("curl")]
    public async Task An_upload_that_is_too_large_is_told_so()
    {
        using var site = new WebSite();
        string file = WebSite.Upload(17 << 20);
        // Asked first, and however long the answer takes: who sends on may be cut off before it is read.
        string output = await WebTool.RunAsync(
            "curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "--expect100-timeout", "30", "-H", "Expect: 100-continue",
            "--data-binary", "@" + file, site.Url("/echo"));
        Assert.Equal("413", output);
    }

    [ToolFact("curl")]
    public async Task A_download_goes_on_where_it_ended()
    {
        using var site = new WebSite();
        string file = Path.Combine(ScratchUrl.Directory, "download.bin");
        await File.WriteAllBytesAsync(file, site.FileBytes[..300_000]);
        await WebTool.RunAsync("curl", "-sS", "-C", "-", "-o", file, site.Url("/file"));
        Assert.Equal(site.FileBytes, await File.ReadAllBytesAsync(file));
        Assert.Equal("206", await WebTool.RunAsync("curl", "-sS", "-r", "10-19", "-o", file, "-w", "%{http_code}", site.Url("/file")));
        Assert.Equal(site.FileBytes[10..20], await File.ReadAllBytesAsync(file));
    }

    [ToolFact("curl")]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        using var site = new WebSite();
        string tags = Path.Combine(ScratchUrl.Directory, "etag.txt");
        string[] ask = ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "--etag-save", tags, "--etag-compare", tags, site.Url("/file")];
        await File.WriteAllTextAsync(tags, "");
        Assert.Equal("200", await WebTool.RunAsync("curl", ask));
        Assert.Equal("304", await WebTool.RunAsync("curl", ask));
    }

    [ToolFact("curl")]
    public async Task Head_redirect_and_stream()
    {
        using var site = new WebSite();
        Assert.Contains("Content-Length: 13", await WebTool.RunAsync("curl", "-sS", "-I", site.Url("/plaintext")));
        Assert.Equal("Hello, World!", await WebTool.RunAsync("curl", "-sS", "-L", site.Url("/old")));
        Assert.EndsWith("line 99\n", await WebTool.RunAsync("curl", "-sS", site.Url("/stream")));
        Assert.EndsWith("line 99\n", await WebTool.RunAsync("curl", "-sS", "--http1.0", site.Url("/stream")));
    }

    [ToolFact("curl")]
    public async Task Over_tls_with_and_without_trust()
    {
        using var site = new WebSite("https://127.0.0.1:0", TestAuthority.Server.ServerConfig());
        string url = $"https://localhost:{site.Server.Port}/plaintext";
        string authority = Path.Combine(ScratchUrl.Directory, "authority.pem");
        await File.WriteAllTextAsync(authority, TestAuthority.Shared.Pem);
        Assert.Equal("Hello, World!", await WebTool.RunAsync("curl", "-sS", "-k", url));
        Assert.Equal("Hello, World!", await WebTool.RunAsync("curl", "-sS", "-4", "--cacert", authority, url));
        using WebTool distrusts = WebTool.Start("curl", "-sS", "-4", url);
        Assert.NotEqual(0, (await distrusts.EndAsync()).Code);
    }

    [ToolFact("curl")]
    public async Task Clients_are_known_by_their_certificates()
    {
        using var site = new WebSite(
            "https://127.0.0.1:0", TestAuthority.Server.ServerConfig(TestAuthority.Shared, TlsAuthMode.Required));
        site.Server.AddHandler(new HttpHandler("/who", context =>
        {
            context.Response.CopyBody(Encoding.UTF8.GetBytes($"{context.TlsPeer!.CommonName} {context.TlsPeer.IsVerified}"));
            return default;
        }));
        string url = $"https://localhost:{site.Server.Port}/who";
        string authority = Written("authority", TestAuthority.Shared.Pem);
        string certificate = Written("client", TestAuthority.Client.CertificatePem);
        string key = Written("client-key", TestAuthority.Client.KeyPem);
        string[] options = ["-sS", "-4", "--cacert", authority];
        Assert.Equal("client.test True", await WebTool.RunAsync("curl", [.. options, "--cert", certificate, "--key", key, url]));
        TestIdentity stranger = TestAuthority.Root("Nobody").Issue("client.test");
        string[] forged = ["--cert", Written("stranger", stranger.CertificatePem), "--key", Written("stranger-key", stranger.KeyPem)];
        foreach (string[] refused in (string[][])[[.. options, url], [.. options, .. forged, url]])
        {
            using WebTool nobody = WebTool.Start("curl", refused);
            Assert.NotEqual(0, (await nobody.EndAsync()).Code);
        }
    }

    [ToolFact("curl")]
    public async Task Several_ranges_come_as_parts()
    {
        using var site = new WebSite();
        string answer = await WebTool.RunAsync("curl", "-sSi", "-r", "0-0,10-11", site.Url("/plaintext"));
        Assert.Contains("200 OK", answer);
        answer = await WebTool.RunAsync("curl", "-sSi", "-r", "0-0,-2", "-o", "/dev/stdout", site.Url("/file"));
        Assert.Contains("206 Partial Content", answer);
        Assert.Contains($"Content-Range: bytes 0-0/{site.FileBytes.Length}", answer);
        Assert.Contains($"Content-Range: bytes {site.FileBytes.Length - 2}-{site.FileBytes.Length - 1}/", answer);
    }

    [ToolFact("curl")]
    public async Task Over_a_unix_socket()
    {
        string path = ScratchUrl.IpcPath();
        using var site = new WebSite($"http+unix://{Uri.EscapeDataString(path)}");
        Assert.Equal("Hello, World!", await WebTool.RunAsync("curl", "-sS", "--unix-socket", path, "http://localhost/plaintext"));
    }

    private static string Written(string name, string text)
    {
        string path = Path.Combine(ScratchUrl.Directory, $"curl-{name}.pem");
        File.WriteAllText(path, text);
        return path;
    }
}
