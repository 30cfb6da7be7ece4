using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>A directory, and nothing beside it.</summary>
public sealed class DirectoryHandlerTests : IDisposable
{
    private static int s_directories;

    private readonly string _parent = Path.Combine(
        ScratchUrl.Directory, $"site{System.Threading.Interlocked.Increment(ref s_directories)}");

    private readonly string _root;

    public DirectoryHandlerTests()
    {
        _root = Path.Combine(_parent, "root");
        foreach (string directory in (ReadOnlySpan<string>)["", "sub", "sub2", "none", ".git"])
            Directory.CreateDirectory(Path.Combine(_root, directory));
        Write("file.txt", "file");
        Write("my file.txt", "space");
        Write("sub/index.html", "index");
        Write("sub2/index.htm", "index2");
        Write("none/page.html", "page");
        Write(".git/config", "hidden");
        Write("../secret", "secret");
        Write("../root2.txt", "secret");
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Theory]
    [InlineData("/docs/file.txt", 200, "file", "text/plain")]
    [InlineData("/docs/file.txt?x=1", 200, "file", "text/plain")]
    [InlineData("/%64ocs/file.txt", 200, "file", "text/plain")]
    [InlineData("/docs//file.txt", 200, "file", "text/plain")]
    [InlineData("/docs/sub/../file.txt", 200, "file", "text/plain")]
    [InlineData("/docs/sub/", 200, "index", "text/html")]
    [InlineData("/docs/sub2/", 200, "index2", "text/html")]
    [InlineData("/docs/none/", 404, null, null)]
    [InlineData("/docs/none/page.html", 200, "page", "text/html")]
    [InlineData("/docs/missing", 404, null, null)]
    [InlineData("/docs/file.txt/", 404, null, null)]
    [InlineData("/docs/file.txt/x", 404, null, null)]
    [InlineData("/docs", 404, null, null)]
    [InlineData("/docs/.git/config", 404, null, null)]
    [InlineData("/docs/my%20file.txt", 200, "space", "text/plain")]
    public void HS170_HS172_What_lies_in_the_directory(string target, int status, string? text, string? type)
    {
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get(target);
        Assert.Equal(status, reply.Status);
        if (text is not null)
        {
            Assert.Equal(text, reply.Text);
            Assert.Equal(type, reply["Content-Type"]);
        }
    }

    [Theory]
    [InlineData("/docs/../secret")]
    [InlineData("/docs/../../secret")]
    [InlineData("/docs/%2e%2e/secret")]
    [InlineData("/docs/.%2e/secret")]
    [InlineData("/docs/%2e%2e%2fsecret")]
    [InlineData("/docs/..%2fsecret")]
    [InlineData("/docs/..%5csecret")]
    [InlineData("/docs/..\\secret")]
    [InlineData("/docs/%252e%252e/secret")]
    [InlineData("/docs/..%252fsecret")]
    [InlineData("/docs/..;/secret")]
    [InlineData("/docs/.../secret")]
    [InlineData("/docs/sub/../../secret")]
    [InlineData("/docs/sub/..%2f../secret")]
    [InlineData("/docs/%c0%ae%c0%ae/secret")]
    [InlineData("/docs/%00/../secret")]
    [InlineData("/docs/file.txt%00.html")]
    [InlineData("/docs/../root2.txt")]
    [InlineData("/docs2.txt")]
    [InlineData("/docs/C:/secret")]
    [InlineData("/docs/C:%5Csecret")]
    [InlineData("/docs//etc/passwd")]
    [InlineData("/docs///etc/passwd")]
    [InlineData("/docs/file.txt.")]
    [InlineData("/docs/file.txt%20")]
    [InlineData("/docs/file.txt::$DATA")]
    [InlineData("/docs/CON")]
    [InlineData("/docs/nul.txt")]
    [InlineData("/docs/COM1 .txt")]
    [InlineData("http://h/docs/../secret")]
    [InlineData("/docs/%0a")]
    public void HS171_Nothing_beside_it_is_ever_served(string target)
    {
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get(target);
        Assert.True(reply.Status is 400 or 404, reply.StatusLine);
        Assert.DoesNotContain("secret", reply.Text);
    }

    [Fact]
    public void A_directory_without_its_slash_leads_to_the_one_with_it()
    {
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/docs/sub?a=b");
        Assert.Equal(301, reply.Status);
        Assert.Equal("/docs/sub/?a=b", reply["Location"]);
        using ServedSite other = Serve(new HttpFileOptions { RedirectToSlash = false });
        using HttpPeer second = other.Connect();
        Assert.Equal("index", second.Get("/docs/sub").Text);
    }

    [Fact]
    public void Hidden_names_are_an_option()
    {
        using ServedSite site = Serve(new HttpFileOptions { DotFiles = true });
        using HttpPeer peer = site.Connect();
        Assert.Equal("hidden", peer.Get("/docs/.git/config").Text);
    }

    [Fact]
    public void Links_that_lead_out_are_not_followed_unless_told()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "out"), Path.Combine(_parent, "secret"));
        File.CreateSymbolicLink(Path.Combine(_root, "in"), "file.txt");
        Directory.CreateSymbolicLink(Path.Combine(_root, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(_root, "circle"), "circle");
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        Assert.Equal(404, peer.Get("/docs/out").Status);
        Assert.Equal(404, peer.Get("/docs/up/secret").Status);
        Assert.Equal(404, peer.Get("/docs/circle").Status);
        Assert.Equal("file", peer.Get("/docs/in").Text);
        Assert.Equal("file", peer.Get("/docs/up/root/file.txt").Text);
        using ServedSite open = Serve(new HttpFileOptions { LinksOutside = true });
        using HttpPeer other = open.Connect();
        Assert.Equal("secret", other.Get("/docs/out").Text);
    }

    [Fact]
    public void A_link_leads_where_the_system_takes_it()
    {
        // Lexically "hop/../secret" is a file of the root; hop leads to a directory beside it.
        Directory.CreateDirectory(Path.Combine(_parent, "beside"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "hop"), Path.Combine(_parent, "beside"));
        File.CreateSymbolicLink(Path.Combine(_root, "back"), "hop/../secret");
        Directory.CreateSymbolicLink(Path.Combine(_root, "again"), "./hop/..");
        File.CreateSymbolicLink(Path.Combine(_root, "home"), "hop/../root/./sub//index.html");
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        Assert.Equal(404, peer.Get("/docs/back").Status);
        Assert.Equal(404, peer.Get("/docs/again/secret").Status);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal("index", peer.Get("/docs/home").Text);
        Assert.Equal("index", peer.Get("/docs/again/root/sub/").Text);
    }

    [Fact]
    public void A_precompressed_form_that_is_a_link_out_is_not_served()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "file.txt.br"), Path.Combine(_parent, "secret"));
        Write("file.txt.gz", "zipped");
        File.CreateSymbolicLink(Path.Combine(_root, "none", "page.html.gz"), "../file.txt.gz");
        using ServedSite site = Serve(new HttpFileOptions { Precompressed = true });
        using HttpPeer peer = site.Connect();
        Assert.Equal("file", peer.Get("/docs/file.txt", "Accept-Encoding: br\r\n").Text);
        Assert.Equal("zipped", peer.Get("/docs/file.txt", "Accept-Encoding: br, gzip;q=0.5\r\n").Text);
        Assert.Equal("zipped", peer.Get("/docs/none/page.html", "Accept-Encoding: gzip\r\n").Text);
        using ServedSite open = Serve(new HttpFileOptions { Precompressed = true, LinksOutside = true });
        using HttpPeer other = open.Connect();
        Assert.Equal("secret", other.Get("/docs/file.txt", "Accept-Encoding: br\r\n").Text);
    }

    [Fact]
    public void A_precompressed_form_is_enough()
    {
        Write("app.js.gz", "zipped");
        using ServedSite site = Serve(new HttpFileOptions { Precompressed = true });
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/docs/app.js", "Accept-Encoding: gzip\r\n");
        Assert.Equal(("zipped", "gzip"), (reply.Text, reply["Content-Encoding"]));
        Assert.Equal(404, peer.Get("/docs/app.js", "Accept-Encoding: br\r\n").Status);
        Assert.Equal(404, peer.Get("/docs/app.css", "Accept-Encoding: gzip\r\n").Status);
    }

    [Fact]
    public void A_long_path_to_nothing_costs_little()
    {
        var handler = new DirectoryHandler(_root, HttpFileOptions.Default);
        long cost = 0;
        using var site = new ServedSite(new HttpHandler("/docs", context =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ValueTask task = handler.HandleAsync(context);
            cost = GC.GetAllocatedBytesForCurrentThread() - before;
            return task;
        })
        {
            Tree = HttpTreeMode.Exclusive,
        });
        using HttpPeer peer = site.Connect();
        Assert.Equal(404, peer.Get("/docs" + string.Concat(Enumerable.Repeat("/a", 3500))).Status);
        Assert.InRange(cost, 1, 500_000);
    }

    [Fact]
    public void A_pipe_is_no_file()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using (Process made = Process.Start("mkfifo", Path.Combine(_root, "pipe")))
            made.WaitForExit();
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        Assert.Equal(404, peer.Get("/docs/pipe").Status);
        Assert.Equal(200, peer.Get("/docs/file.txt").Status);
    }

    [Fact]
    public void Only_get_and_head_are_served()
    {
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        Assert.Equal(405, peer.Send("POST /docs/file.txt HTTP/1.1\r\nHost: h\r\n\r\n").Read().Status);
        Assert.Equal("4", peer.Send("HEAD /docs/file.txt HTTP/1.1\r\nHost: h\r\n\r\n").Read("HEAD")["Content-Length"]);
    }

    private ServedSite Serve(HttpFileOptions? options = null) => new(HttpHandler.Directory("/docs", _root, options));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_root, name), text);
}
