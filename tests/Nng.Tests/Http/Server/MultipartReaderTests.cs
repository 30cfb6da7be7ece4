using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>Multipart bodies, whole and cut at every boundary; and forms without files.</summary>
public sealed class MultipartReaderTests
{
    private const string Type = "multipart/form-data; boundary=\"xx\"";

    private const string Form =
        "--xx\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\none\r\ntwo--xx\r\n"
        + "--xx \r\nContent-Disposition: form-data; name=\"f\"; filename=\"a \\\"b\\\".txt\"\r\nContent-Type: text/plain\r\n\r\n\r\n--x\r\n\r\n"
        + "--xx\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--xx\r\n\r\nno headers\r\n--xx--\r\nepilogue";

    public static TheoryData<int> PieceSizes => [1, 2, 3, 5, 7, 11, 64, 10_000];

    [Theory]
    [MemberData(nameof(PieceSizes))]
    public async Task Parts_are_found_however_the_body_is_cut(int piece)
    {
        List<string> parts = await ReadAll(Form, piece);
        Assert.Equal(
            ["text||one\r\ntwo--xx", "f|a \"b\".txt|\r\n--x\r\n", "empty||", "||no headers"], parts);
    }

    [Theory]
    [InlineData("preamble\r\n--xx\r\n\r\na\r\n--xx--")]
    [InlineData("--xx\r\n\r\na\r\n--xx--\r\n")]
    [InlineData("\r\n--xx\r\n\r\na\r\n--xx--\r\n")]
    public async Task What_stands_around_the_parts_means_nothing(string body)
    {
        for (int piece = 1; piece < 20; piece++)
            Assert.Equal(["||a"], await ReadAll(body, piece));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--xx")]
    [InlineData("--xx\r\n")]
    [InlineData("--xx\r\n\r\na")]
    [InlineData("--xx\r\n\r\na\r\n--x")]
    [InlineData("--xxy\r\n\r\na\r\n--xx--")]
    [InlineData("--xx\r\nBad Name: x\r\n\r\na\r\n--xx--")]
    [InlineData("--xx\r\n folded\r\n\r\na\r\n--xx--")]
    public async Task A_malformed_body_is_refused(string body)
    {
        foreach (int piece in (int[])[1, 3, 1000])
            Assert.Equal(NngError.Protocol, (await Assert.ThrowsAsync<NngException>(() => ReadAll(body, piece))).Error);
    }

    [Fact]
    public async Task Too_many_parts_and_too_much_of_headers_are_refused()
    {
        string part = "--xx\r\n\r\na\r\n";
        Assert.Equal(5, (await ReadAll(string.Concat(Enumerable.Repeat(part, 5)) + "--xx--", 9, maxParts: 5)).Count);
        await Refused(string.Concat(Enumerable.Repeat(part, 6)) + "--xx--");
        await Refused("--xx\r\nX: " + new string('a', 9000) + "\r\n\r\na\r\n--xx--");
        await Refused("--xx" + new string(' ', 9000) + "\r\n\r\na\r\n--xx--");

        static async Task Refused(string body) => Assert.Equal(
            NngError.MessageTooLarge, (await Assert.ThrowsAsync<NngException>(() => ReadAll(body, 1000, maxParts: 5))).Error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain; boundary=x")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_type_without_a_boundary_is_refused(string? type) => Assert.Equal(
        NngError.InvalidArgument, Assert.Throws<NngException>(() => new MultipartReader(Stream.Null, type)).Error);

    [Fact]
    public async Task A_part_that_is_not_read_is_skipped()
    {
        var reader = new MultipartReader(new Pieces(Form, 7), Type);
        MultipartPart? first = await reader.NextAsync();
        var names = new List<string?>();
        for (MultipartPart? part = await reader.NextAsync(); part is not null; part = await reader.NextAsync())
            names.Add(part.Name);
        Assert.Equal(["f", "empty", null], names);
        Assert.Equal(0, await first!.Body.ReadAsync(new byte[10]));
        Assert.Null(await reader.NextAsync());
    }

    [Fact]
    public async Task Names_are_utf_8()
    {
        byte[] body = Encoding.UTF8.GetBytes("--xx\r\nContent-Disposition: form-data; name=\"\u00e4\"; filename*=UTF-8''%E2%82%AC.txt\r\n\r\n\r\n--xx--");
        MultipartPart? part = await new MultipartReader(new MemoryStream(body), Type).NextAsync();
        Assert.Equal("\u00e4", part!.Name);
        Assert.Equal("\u20ac.txt", part.FileName);
    }

    [Fact]
    public void A_form_is_uploaded_to_a_handler()
    {
        using var site = new ServedSite(
            new HttpHandler("/up", async context =>
            {
                var reader = new MultipartReader(context.RequestBody, context.Request.Headers["Content-Type"]);
                var text = new StringBuilder();
                while (await reader.NextAsync() is { } part)
                {
                    using var body = new StreamReader(part.Body);
                    text.Append(part.Name).Append('=').Append((await body.ReadToEndAsync()).Length).Append(';');
                }

                context.Response.CopyBody(Encoding.UTF8.GetBytes(text.ToString()));
            })
            {
                Method = "POST",
                CollectBody = false,
                MaxBodySize = -1,
            },
            new HttpHandler("/form", context =>
            {
                string? a = HttpForm.ReadBody(context.Request)["a"];
                context.Response.CopyBody(Encoding.UTF8.GetBytes(a + HttpForm.ReadQuery(context.Request)["q"]));
                return default;
            })
            {
                Method = "POST",
            });
        using HttpPeer peer = site.Connect();
        string upload = "--xx\r\nContent-Disposition: form-data; name=\"big\"\r\n\r\n" + new string('b', 200_000) + "\r\n" + Form;
        string head = $"POST /up HTTP/1.1\r\nHost: h\r\nContent-Type: {Type}\r\nContent-Length: {upload.Length}\r\n\r\n";
        Assert.Equal("big=200000;text=12;f=7;empty=0;=10;", peer.Send(head + upload).Read().Text);
        const string form = "a=1%2B2+3&b=%C3%A4";
        peer.Send($"POST /form?q=%26 HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\nContent-Length: {form.Length}\r\n\r\n{form}");
        Assert.Equal("1+2 3&", peer.Read().Text);
        Assert.Equal(500, peer.Send("POST /form HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx").Read().Status);
    }

    private static async Task<List<string>> ReadAll(string body, int piece, int maxParts = 1000)
    {
        var reader = new MultipartReader(new Pieces(body, piece), Type, maxParts: maxParts);
        var parts = new List<string>();
        while (await reader.NextAsync() is { } part)
        {
            using var text = new StreamReader(part.Body);
            parts.Add($"{part.Name}|{part.FileName}|{await text.ReadToEndAsync()}");
        }

        return parts;
    }

    /// <summary>Gives so many bytes at a time.</summary>
    private sealed class Pieces(string text, int size) : MemoryStream(Encoding.Latin1.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
