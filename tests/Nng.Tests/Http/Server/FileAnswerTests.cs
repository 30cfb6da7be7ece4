using System;
using System.IO;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>One file: its headers, ranges, conditions, precompressed forms.</summary>
public sealed class FileAnswerTests : IDisposable
{
    private const string Text = "0123456789";

    private static int s_files;

    private readonly string _path = System.IO.Path.Combine(
        ScratchUrl.Directory, $"file{System.Threading.Interlocked.Increment(ref s_files)}.txt");

    public FileAnswerTests()
    {
        File.WriteAllText(_path, Text);
        File.SetLastWriteTimeUtc(_path, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
    }

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_file_is_served_with_what_caches_need()
    {
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/f");
        Assert.Equal(200, reply.Status);
        Assert.Equal(Text, reply.Text);
        Assert.Equal("text/plain", reply["Content-Type"]);
        Assert.Equal("Thu, 02 Jan 2020 03:04:05 GMT", reply["Last-Modified"]);
        Assert.Equal("bytes", reply["Accept-Ranges"]);
        Assert.Matches("^\"[0-9a-f]+-a\"$", reply["ETag"]);
        HttpReply head = peer.Send("HEAD /f HTTP/1.1\r\nHost: h\r\n\r\n").Read("HEAD");
        Assert.Equal("10", head["Content-Length"]);
        Assert.Equal(200, peer.Get("/f").Status);
    }

    [Theory]
    [InlineData("bytes=0-0", 206, "0", "bytes 0-0/10")]
    [InlineData("bytes=2-4", 206, "234", "bytes 2-4/10")]
    [InlineData("bytes=8-", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=8-100", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-3", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-30", 206, Text, "bytes 0-9/10")]
    [InlineData("bytes=0-99999999999999999999999", 206, Text, "bytes 0-9/10")]
    [InlineData("bytes=10-", 416, null, "bytes */10")]
    [InlineData("bytes=-0", 416, null, "bytes */10")]
    [InlineData("bytes=99999999999999999999999-", 416, null, "bytes */10")]
    [InlineData("bytes=5-3", 200, Text, null)]
    [InlineData("bytes=a-3", 200, Text, null)]
    [InlineData("bytes=+1-3", 200, Text, null)]
    [InlineData("bytes=-", 200, Text, null)]
    [InlineData("bytes=3-4, 20-30", 206, "34", "bytes 3-4/10")]
    [InlineData("bytes=20-30,-0", 416, null, "bytes */10")]
    [InlineData("bytes=0-1,x", 200, Text, null)]
    [InlineData("bytes=0-7,2-9", 200, Text, null)]
    [InlineData("bytes=0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,99-,99-,99-,99-,99-,99-,99-", 200, Text, null)]
    [InlineData("bytes=,", 200, Text, null)]
    [InlineData("bytes=0-1,bytes=3-4", 200, Text, null)]
    [InlineData("lines=1-2", 200, Text, null)]
    public void A_range_of_bytes(string range, int status, string? text, string? contentRange)
    {
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/f", $"Range: {range}\r\n");
        Assert.Equal(status, reply.Status);
        Assert.Equal(contentRange, reply["Content-Range"]);
        if (text is not null)
            Assert.Equal(text, reply.Text);
        Assert.Equal(200, peer.Get("/f").Status);
    }

    [Fact]
    public void Several_ranges_are_parts_in_the_order_asked_for()
    {
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/f", "Range: bytes=8-, ,0-1,30-,-1\r\n");
        Assert.Equal(206, reply.Status);
        Assert.Null(reply["Content-Range"]);
        const string type = "multipart/byteranges; boundary=";
        Assert.StartsWith(type, reply["Content-Type"]);
        string boundary = reply["Content-Type"]![type.Length..];
        string Part(string range, string text) => $"--{boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes {range}/10\r\n\r\n{text}\r\n";
        Assert.Equal(Part("8-9", "89") + Part("0-1", "01") + Part("9-9", "9") + $"--{boundary}--\r\n", reply.Text);
        Assert.Equal(200, peer.Get("/f").Status);
    }

    [Theory]
    [InlineData("If-None-Match: {tag}", 304)]
    [InlineData("If-None-Match: W/{tag}", 304)]
    [InlineData("If-None-Match: \"x\", {tag}", 304)]
    [InlineData("If-None-Match: *", 304)]
    [InlineData("If-None-Match: \"x\"", 200)]
    [InlineData("If-None-Match: nonsense", 200)]
    [InlineData("If-Modified-Since: Thu, 02 Jan 2020 03:04:05 GMT", 304)]
    [InlineData("If-Modified-Since: Thursday, 02-Jan-20 03:04:05 GMT", 304)]
    [InlineData("If-Modified-Since: Thu Jan  2 03:04:05 2020", 304)]
    [InlineData("If-Modified-Since: Thu, 02 Jan 2020 03:04:04 GMT", 200)]
    [InlineData("If-Modified-Since: nonsense", 200)]
    [InlineData("If-None-Match: \"x\"\r\nIf-Modified-Since: Thu, 02 Jan 2020 03:04:05 GMT", 200)]
    [InlineData("If-Match: {tag}", 200)]
    [InlineData("If-Match: W/{tag}", 412)]
    [InlineData("If-Match: \"x\"", 412)]
    [InlineData("If-Unmodified-Since: Thu, 02 Jan 2020 03:04:04 GMT", 412)]
    [InlineData("If-Unmodified-Since: Thu, 02 Jan 2020 03:04:05 GMT", 200)]
    [InlineData("Range: bytes=0-0\r\nIf-Range: {tag}", 206)]
    [InlineData("Range: bytes=0-0\r\nIf-Range: W/{tag}", 200)]
    [InlineData("Range: bytes=0-0\r\nIf-Range: Thu, 02 Jan 2020 03:04:05 GMT", 206)]
    [InlineData("Range: bytes=0-0\r\nIf-Range: Thu, 02 Jan 2020 03:04:04 GMT", 200)]
    public void Conditions(string headers, int status)
    {
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        string tag = peer.Get("/f")["ETag"]!;
        HttpReply reply = peer.Get("/f", headers.Replace("{tag}", tag) + "\r\n");
        Assert.Equal(status, reply.Status);
        if (status == 304)
        {
            Assert.Equal(tag, reply["ETag"]);
            Assert.Null(reply["Content-Length"]);
        }

        Assert.Equal(200, peer.Get("/f").Status);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br", "br")]
    [InlineData("gzip;q=0.9, br;q=0.1", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("*;q=0.5", "br")]
    [InlineData("identity, deflate", null)]
    [InlineData("gzip;q=nonsense", null)]
    public void A_precompressed_form_is_chosen_by_what_is_accepted(string? accepted, string? coding)
    {
        File.WriteAllText(_path + ".gz", "gzip");
        File.WriteAllText(_path + ".br", "br");
        try
        {
            using ServedSite site = Serve(new HttpFileOptions { Precompressed = true });
            using HttpPeer peer = site.Connect();
            HttpReply reply = peer.Get("/f", accepted is null ? "" : $"Accept-Encoding: {accepted}\r\n");
            Assert.Equal(coding, reply["Content-Encoding"]);
            Assert.Equal(coding ?? Text, reply.Text);
            Assert.Equal("text/plain", reply["Content-Type"]);
            Assert.Equal("Accept-Encoding", reply["Vary"]);
        }
        finally
        {
            File.Delete(_path + ".gz");
            File.Delete(_path + ".br");
        }
    }

    [Fact]
    public void Headers_by_option()
    {
        using ServedSite site = Serve(new HttpFileOptions { CacheControl = "max-age=60", NoSniff = true, MediaType = "a/b" });
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/f");
        Assert.Equal("max-age=60", reply["Cache-Control"]);
        Assert.Equal("nosniff", reply["X-Content-Type-Options"]);
        Assert.Equal("a/b", reply["Content-Type"]);
    }

    [Fact]
    public void HS173_Empty_and_large_files()
    {
        File.WriteAllText(_path, "");
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        HttpReply empty = peer.Get("/f");
        Assert.Equal(200, empty.Status);
        Assert.Equal("0", empty["Content-Length"]);
        byte[] large = new byte[5_000_000];
        new Random(1).NextBytes(large);
        File.WriteAllBytes(_path, large);
        Assert.Equal(large, peer.Get("/f").Body);
        Assert.Equal(large[4_000_000..], peer.Get("/f", "Range: bytes=4000000-\r\n").Body);
    }

    [Fact]
    public void A_file_that_comes_and_goes()
    {
        using ServedSite site = Serve();
        using HttpPeer peer = site.Connect();
        File.Delete(_path);
        Assert.Equal(404, peer.Get("/f").Status);
        File.WriteAllText(_path, "back");
        Assert.Equal("back", peer.Get("/f").Text);
    }

    private ServedSite Serve(HttpFileOptions? options = null) => new(HttpHandler.File("/f", _path, options));
}
