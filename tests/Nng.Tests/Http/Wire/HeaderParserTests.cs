using System;
using System.Linq;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>A header section on its own, as trailers are.</summary>
public sealed class HeaderParserTests
{
    private static readonly HeadLimits s_limits = HeadLimits.Trailers(HttpLimits.Default);

    [Fact]
    public void Lines_keep_their_order_and_spelling() => Fragmenter.Run(
        WireReading.Bytes("b: 1\r\nA: 2\r\nB: 3\r\n\r\nrest"),
        parts =>
        {
            (Parsed parsed, HttpHeaders headers) = Parse(parts);
            Assert.Equal(Parsed.Done(20), parsed);
            Assert.Equal(["b=1", "A=2", "B=3"], headers.Select(line => $"{line.Key}={line.Value}"));
        });

    [Fact]
    public void An_empty_section_is_its_empty_line() => Fragmenter.Run(
        WireReading.Bytes("\r\n"), parts => Assert.Equal(Parsed.Done(2), Parse(parts).Parsed));

    [Fact]
    public void A_line_s_end_is_found_once_its_line_feed_is_there()
    {
        byte[] end = "\r\n"u8.ToArray();
        Assert.Equal(0, HeaderParser.LineEnd(end.AsSpan(0, 1), 0, allowBareLf: false, out HttpRefusal refusal));
        Assert.Equal(HttpRefusal.None, refusal);
        Assert.Equal(2, HeaderParser.LineEnd(end, 0, allowBareLf: false, out refusal));
        Assert.Equal(HttpRefusal.None, refusal);
        Assert.Equal(1, HeaderParser.LineEnd(end, 1, allowBareLf: true, out refusal));
        Assert.Equal(HttpRefusal.None, refusal);
    }

    private static (Parsed Parsed, HttpHeaders Headers) Parse(System.Collections.Generic.IReadOnlyList<byte[]> parts)
    {
        var scan = new HeadScan { Phase = HeadPhase.Line };
        var table = new HeaderTable();
        byte[] have = [];
        var parsed = Parsed.More;
        foreach (byte[] part in parts)
        {
            have = [.. have, .. part];
            parsed = HeaderParser.Parse(have, s_limits, ref scan, table);
            if (parsed.Status != ParseStatus.NeedMore)
                break;
        }

        table.Adopt(have.AsSpan(0, parsed.Count), 0);
        return (parsed, new HttpHeaders(table));
    }
}
