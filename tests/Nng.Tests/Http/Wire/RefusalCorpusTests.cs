using System;
using System.Collections.Generic;
using System.Linq;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>
/// Refused input, at least one for each reason; each comes whole, byte by byte and cut in two at each boundary, and is
/// refused for the same reason every time.
/// </summary>
public sealed class RefusalCorpusTests
{
    private static readonly HttpLimits s_small = new()
    {
        MaxRequestLine = 40,
        MaxHeaderLine = 40,
        MaxHeaderSection = 100,
        MaxHeaderCount = 4,
        MaxChunkLine = 20,
        MaxChunkExtensions = 30,
        MaxTrailerSection = 60,
        MaxTrailerCount = 2,
    };

    private const string Get = "GET / HTTP/1.1\r\nHost: h\r\n";
    private const string Chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    /// <summary>Requests, under the small limits above.</summary>
    private static readonly (HttpRefusal Refusal, string Input)[] s_requests =
    [
        (HttpRefusal.BlankLines, "\r\n\r\n\r\nGET / HTTP/1.1\r\n"),
        (HttpRefusal.RequestLineMalformed, "GET /\r\nHost: h\r\n\r\n"),
        (HttpRefusal.RequestLineMalformed, "GET\r\n\r\n"),
        (HttpRefusal.RequestLineMalformed, "GET  / HTTP/1.1\r\n\r\n"),
        (HttpRefusal.RequestLineMalformed, "GET / HTTP/1.1 x\r\n\r\n"),
        (HttpRefusal.RequestLineMalformed, " GET / HTTP/1.1\r\n\r\n"),
        (HttpRefusal.VersionMalformed, "GET /a b HTTP/1.1\r\n\r\n"),
        (HttpRefusal.VersionMalformed, "GET /  HTTP/1.1\r\n\r\n"),
        (HttpRefusal.RequestLineTooLong, "GET /" + new string('a', 40) + " HTTP/1.1\r\n\r\n"),
        (HttpRefusal.RequestLineTooLong, new string('M', 41) + " / HTTP/1.1\r\n\r\n"),
        (HttpRefusal.RequestLineTooLong, "GET /" + new string('a', 27) + " HTTP/1.1\r\n\r\n"),
        (HttpRefusal.MethodCharacter, "G@T\x01 / HTTP/1.1\r\n\r\n"),
        (HttpRefusal.MethodCharacter, "GÉT / HTTP/1.1\r\n\r\n"),
        (HttpRefusal.MethodCharacter, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
        (HttpRefusal.TargetCharacter, "GET /\0 HTTP/1.1\r\n\r\n"),
        (HttpRefusal.TargetCharacter, "GET /\x7f HTTP/1.1\r\n\r\n"),
        (HttpRefusal.TargetCharacter, "GET /\xe9 HTTP/1.1\r\n\r\n"),
        (HttpRefusal.TargetCharacter, "GET \t/ HTTP/1.1\r\n\r\n"),
        (HttpRefusal.MethodCharacter, "GET\t/ HTTP/1.1\r\n\r\n"),
        (HttpRefusal.TargetFragment, "GET /a#b HTTP/1.1\r\n\r\n"),
        (HttpRefusal.TargetForm, "GET * HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetForm, "GET a HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetForm, "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetForm, "GET h:80 HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetForm, "CONNECT / HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetForm, "CONNECT h HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetEscape, "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetEscape, "GET /%4 HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetNul, "GET /a%00b HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetNotUtf8, "GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetNotUtf8, "GET /%c0%ae/x HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetNotUtf8, "GET /%ed%a0%80 HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetAboveRoot, "GET /../x HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.TargetAboveRoot, "GET /a/%2e%2e/.%2E HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.VersionMalformed, "GET / HTTQ/1.1\r\n\r\n"),
        (HttpRefusal.VersionMalformed, "GET / http/1.1\r\n\r\n"),
        (HttpRefusal.VersionMalformed, "GET / HTTP/1.10\r\n\r\n"),
        (HttpRefusal.VersionMalformed, "GET / HTTP/1\r\n\r\n"),
        (HttpRefusal.VersionUnsupported, "GET / HTTP/0.9\r\n\r\n"),
        (HttpRefusal.VersionUnsupported, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (HttpRefusal.BareLineFeed, "GET / HTTP/1.1\nHost: h\r\n\r\n"),
        (HttpRefusal.BareLineFeed, "GET / HTTP/1.1\r\nHost: h\n\r\n"),
        (HttpRefusal.BareLineFeed, Get + "\n"),
        (HttpRefusal.BareLineFeed, "\nGET / HTTP/1.1\r\n\r\n"),
        (HttpRefusal.BareCarriageReturn, "GET / HTTP/1.1\rHost: h\r\n\r\n"),
        (HttpRefusal.BareCarriageReturn, Get + "X: a\rb\r\n\r\n"),
        (HttpRefusal.BareCarriageReturn, Get + "\rx"),
        (HttpRefusal.LineFolding, Get + " folded\r\n\r\n"),
        (HttpRefusal.LineFolding, Get + "\tfolded\r\n\r\n"),
        (HttpRefusal.LineFolding, "GET / HTTP/1.1\r\n Host: h\r\n\r\n"),
        (HttpRefusal.HeaderWithoutColon, Get + "X\r\n\r\n"),
        (HttpRefusal.HeaderNameEmpty, Get + ": x\r\n\r\n"),
        (HttpRefusal.HeaderNameCharacter, Get + "X\x01: x\r\n\r\n"),
        (HttpRefusal.HeaderNameCharacter, Get + "X(: x\r\n\r\n"),
        (HttpRefusal.HeaderNameCharacter, Get + "\xe9: x\r\n\r\n"),
        (HttpRefusal.HeaderNameSpace, "POST / HTTP/1.1\r\nTransfer-Encoding : chunked\r\n\r\n"),
        (HttpRefusal.HeaderNameSpace, Get + "A\t: x\r\n\r\n"),
        (HttpRefusal.HeaderValueCharacter, Get + "X: a\0b\r\n\r\n"),
        (HttpRefusal.HeaderValueCharacter, Get + "X: \x7f\r\n\r\n"),
        (HttpRefusal.HeaderValueCharacter, Get + "X:\x01\r\n\r\n"),
        (HttpRefusal.HeaderLineTooLong, Get + "X: " + new string('a', 38) + "\r\n\r\n"),
        (HttpRefusal.HeaderLineTooLong, Get + new string('a', 41) + ": b\r\n\r\n"),
        (HttpRefusal.HeaderLineTooLong, Get + "X: " + new string('a', 60) + "\0\r\n\r\n"),
        (HttpRefusal.HeadersTooLarge, Get + Lines('a', 3, 36)),
        (HttpRefusal.TooManyHeaders, Get + Lines('a', 4, 4)),
        (HttpRefusal.HostMissing, "GET / HTTP/1.1\r\n\r\n"),
        (HttpRefusal.HostMissing, "GET http://h/ HTTP/1.1\r\n\r\n"),
        (HttpRefusal.HostRepeated, Get + "host: h\r\n\r\n"),
        (HttpRefusal.HostMalformed, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
        (HttpRefusal.HostMalformed, "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n"),
        (HttpRefusal.HostMalformed, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        (HttpRefusal.HostMalformed, "GET / HTTP/1.1\r\nHost: h/\r\n\r\n"),
        (HttpRefusal.HostMalformed, "GET / HTTP/1.1\r\nHost: h:65536\r\n\r\n"),
        (HttpRefusal.HostMalformed, "GET http://u@h/ HTTP/1.1\r\nHost: h\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, Get + "Content-Length: +5\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, Get + "Content-Length: -1\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, Get + "Content-Length: 0x5\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, Get + "Content-Length:\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, Get + "Content-Length: 5 5\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, Get + "Content-Length: 5, 5\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, Get + "Content-Length: 5.0\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, Get + "Content-Length: 9223372036854775808\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, Get + "Content-Length: 00000000000000000005\r\n\r\n"),
        (HttpRefusal.ContentLengthRepeated, Get + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n"),
        (HttpRefusal.ContentLengthRepeated, Get + "Content-Length: 5\r\ncontent-length: 6\r\n\r\n"),
        (HttpRefusal.ContentLengthWithTransferEncoding,
            Get + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"),
        (HttpRefusal.TransferEncodingMalformed, Get + "Transfer-Encoding:\r\n\r\n"),
        (HttpRefusal.TransferEncodingMalformed, Get + "Transfer-Encoding: ,\r\n\r\n"),
        (HttpRefusal.TransferEncodingMalformed, Get + "Transfer-Encoding: (chunked)\r\n\r\n"),
        (HttpRefusal.TransferEncodingUnsupported, Get + "Transfer-Encoding: xchunked\r\n\r\n"),
        (HttpRefusal.TransferEncodingUnsupported, Get + "Transfer-Encoding: gzip\r\n\r\n"),
        (HttpRefusal.TransferEncodingUnsupported, Get + "Transfer-Encoding: gzip, chunked\r\n\r\n"),
        (HttpRefusal.TransferEncodingUnsupported, Get + "Transfer-Encoding: chunked, chunked\r\n\r\n"),
        (HttpRefusal.TransferEncodingUnsupported, Get + "Transfer-Encoding: chunked;x=1\r\n\r\n"),
        (HttpRefusal.TransferEncodingUnsupported,
            Get + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
        (HttpRefusal.TransferEncodingNotChunked, Get + "Transfer-Encoding: chunked, gzip\r\n\r\n"),
        (HttpRefusal.TransferEncodingInHttp10, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
        (HttpRefusal.ChunkSizeMalformed, Chunked + "x\r\n"),
        (HttpRefusal.ChunkSizeMalformed, Chunked + "-1\r\n"),
        (HttpRefusal.ChunkSizeMalformed, Chunked + "\r\n"),
        (HttpRefusal.ChunkSizeMalformed, Chunked + " 5\r\nhello\r\n0\r\n\r\n"),
        (HttpRefusal.ChunkSizeMalformed, Chunked + "1\r\na\r\n;x\r\n"),
        (HttpRefusal.ChunkSizeTooLarge, Chunked + "10000000000000000\r\n"),
        (HttpRefusal.ChunkSizeTooLarge, Chunked + "ffffffffffffffff\r\n"),
        (HttpRefusal.ChunkSizeTooLarge, Chunked + "8000000000000000\r\n"),
        (HttpRefusal.ChunkSizeTooLarge, Chunked + "00000000000000005\r\n"),
        (HttpRefusal.ChunkExtensionMalformed, Chunked + "5x\r\n"),
        (HttpRefusal.ChunkExtensionMalformed, Chunked + "5 x\r\n"),
        (HttpRefusal.ChunkExtensionMalformed, Chunked + "5;a\0b\r\n"),
        (HttpRefusal.ChunkLineTooLong, Chunked + "5;" + new string('a', 19) + "\r\n"),
        (HttpRefusal.ChunkExtensionsTooLarge, Chunked + "1;0123456789abcde\r\nx\r\n1;0123456789abcde\r\n"),
        (HttpRefusal.BareLineFeed, Chunked + "5\nhello\r\n"),
        (HttpRefusal.BareLineFeed, Chunked + "5;a\nhello\r\n"),
        (HttpRefusal.BareCarriageReturn, Chunked + "5\rhello\r\n"),
        (HttpRefusal.ChunkDataUnterminated, Chunked + "5\r\nhelloXX"),
        (HttpRefusal.ChunkDataUnterminated, Chunked + "5\r\nhello\n0\r\n\r\n"),
        (HttpRefusal.ChunkDataUnterminated, Chunked + "5\r\nhello\r0\r\n\r\n"),
        (HttpRefusal.BodyTooLarge, Chunked + "100001\r\n"),
        (HttpRefusal.BodyTooLarge, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n"),
        (HttpRefusal.HeaderWithoutColon, Chunked + "0\r\nnocolon\r\n"),
        (HttpRefusal.HeaderValueCharacter, Chunked + "0\r\nT: \x01\r\n\r\n"),
        (HttpRefusal.LineFolding, Chunked + "0\r\n x\r\n\r\n"),
        (HttpRefusal.TooManyHeaders, Chunked + "0\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n"),
        (HttpRefusal.HeadersTooLarge, Chunked + "0\r\n" + Lines('t', 2, 40)),
    ];

    /// <summary>Responses to GET, under the small limits above.</summary>
    private static readonly (HttpRefusal Refusal, string Input)[] s_responses =
    [
        (HttpRefusal.BlankLines, "\r\nHTTP/1.1 200 OK\r\n\r\n"),
        (HttpRefusal.VersionMalformed, "HTTP/1.1x 200 OK\r\n\r\n"),
        (HttpRefusal.VersionMalformed, "FTP/1.1 200 OK\r\n\r\n"),
        (HttpRefusal.VersionUnsupported, "HTTP/2.0 200 OK\r\n\r\n"),
        (HttpRefusal.StatusMalformed, "HTTP/1.1 20 OK\r\n\r\n"),
        (HttpRefusal.StatusMalformed, "HTTP/1.1 2000 X\r\n\r\n"),
        (HttpRefusal.StatusMalformed, "HTTP/1.1 abc\r\n\r\n"),
        (HttpRefusal.StatusMalformed, "HTTP/1.1 099 X\r\n\r\n"),
        (HttpRefusal.StatusMalformed, "HTTP/1.1  200 OK\r\n\r\n"),
        (HttpRefusal.StatusMalformed, "HTTP/1.1 \r\n\r\n"),
        (HttpRefusal.StatusLineTooLong, "HTTP/1.1 200 " + new string('O', 30) + "\r\n\r\n"),
        (HttpRefusal.ReasonCharacter, "HTTP/1.1 200 O\0K\r\n\r\n"),
        (HttpRefusal.BareLineFeed, "HTTP/1.1 200 OK\n\n"),
        (HttpRefusal.BareLineFeed, "HTTP/1.1 200\n\n"),
        (HttpRefusal.BareCarriageReturn, "HTTP/1.1 200 OK\rX: y\r\n\r\n"),
        (HttpRefusal.HeaderLineTooLong, "HTTP/1.1 200 OK\r\n" + new string('h', 41) + "\r\n\r\n"),
        (HttpRefusal.TooManyHeaders, "HTTP/1.1 200 OK\r\n" + Lines('a', 5, 4)),
        (HttpRefusal.ContentLengthMalformed, "HTTP/1.1 200 OK\r\nContent-Length: 5 junk\r\n\r\n"),
        (HttpRefusal.ContentLengthMalformed, "HTTP/1.1 200 OK\r\nContent-Length: 5,\r\n\r\nhello"),
        (HttpRefusal.ContentLengthRepeated, "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello"),
        (HttpRefusal.ContentLengthRepeated,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        (HttpRefusal.ContentLengthWithTransferEncoding,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (HttpRefusal.TransferEncodingUnsupported, "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
        (HttpRefusal.TransferEncodingUnsupported, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n"),
        (HttpRefusal.TransferEncodingInHttp10, "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (HttpRefusal.ChunkDataUnterminated,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n"),
    ];

    public static TheoryData<HttpRefusal, string> Requests() => Rows(s_requests);

    public static TheoryData<HttpRefusal, string> Responses() => Rows(s_responses);

    [Fact]
    public void Every_reason_has_its_input()
    {
        IEnumerable<HttpRefusal> covered = s_requests.Concat(s_responses).Select(row => row.Refusal).Distinct();
        Assert.DoesNotContain(
            Enum.GetValues<HttpRefusal>().Except(covered), refusal => refusal != HttpRefusal.None);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_refused_for_its_reason_however_it_is_cut(HttpRefusal refusal, string input)
    {
        Fragmenter.Run(WireReading.Bytes(Unescape(input)), parts =>
            Assert.Equal(refusal, WireReading.ReadRequest(parts, s_small).Refusal));
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void HS103_A_response_is_refused_for_its_reason_however_it_is_cut(HttpRefusal refusal, string input)
    {
        Fragmenter.Run(WireReading.Bytes(Unescape(input)), parts =>
            Assert.Equal(refusal, WireReading.ReadResponse(parts, limits: s_small).Refusal));
    }

    private static string Lines(char name, int count, int length) => string.Concat(
        Enumerable.Range(0, count).Select(_ => $"{name}: {new string('x', length - 3)}\r\n")) + "\r\n";

    private static TheoryData<HttpRefusal, string> Rows((HttpRefusal Refusal, string Input)[] rows)
    {
        var data = new TheoryData<HttpRefusal, string>();
        foreach ((HttpRefusal refusal, string input) in rows.Distinct())
            data.Add(refusal, Escape(input));
        return data;
    }

    /// <summary>Test names must not hold control characters.</summary>
    private static string Escape(string input) => string.Concat(
        input.Select(c => c is < ' ' or > '~' or '\\' ? $"\\{(int)c:x2}" : c.ToString()));

    private static string Unescape(string text)
    {
        var bytes = new List<char>();
        for (int i = 0; i < text.Length; i++)
        {
            bytes.Add(text[i] == '\\' ? (char)Convert.ToInt32(text.Substring(i + 1, 2), 16) : text[i]);
            i += text[i] == '\\' ? 2 : 0;
        }

        return new string([.. bytes]);
    }
}
