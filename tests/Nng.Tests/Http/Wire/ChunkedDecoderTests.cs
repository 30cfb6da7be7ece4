using System;
using System.Linq;
using System.Text;
using Nng.Http;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Tests.Http;

/// <summary>Chunked bodies, as the decoder finds them and as the writer makes them.</summary>
public sealed class ChunkedDecoderTests(ITestOutputHelper output)
{
    private const string Head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("0000000000000000\r\n\r\n", "")]
    [InlineData("1\r\na\r\n0\r\n\r\n", "a")]
    [InlineData("a\r\n0123456789\r\n0A\r\nabcdefghij\r\n0\r\n\r\n", "0123456789abcdefghij")]
    [InlineData("2;x\r\n\r\n\r\n0\r\n\r\n", "\r\n")]
    [InlineData("1 \t;x = \"a;b\" \r\na\r\n0;last\r\n\r\n", "a")]
    [InlineData("1 \r\na\r\n0 \r\n\r\n", "a")]
    public void A_body_is_decoded(string body, string expected) => Run(body + "rest", reading =>
    {
        Assert.Equal(expected, reading.Body);
        Assert.Equal("rest", reading.Rest);
    });

    [Fact]
    public void HS200_Trailers_are_kept_apart_from_the_headers() => Run(
        "3\r\nabc\r\n0\r\nContent-Length: 7\r\nHost: evil\r\nX: y\r\n\r\n",
        reading =>
        {
            Assert.Equal("h", reading.Request.Headers["Host"]);
            Assert.Null(reading.Request.Headers["Content-Length"]);
            Assert.Equal("evil", reading.Request.Trailers["Host"]);
            Assert.Equal(3, reading.Request.Trailers.Count);
        });

    [Fact]
    public void A_body_of_exactly_the_limit_is_accepted()
    {
        byte[] input = WireReading.Bytes(Head + "6\r\nabcdef\r\n4\r\nghij\r\n0\r\n\r\n");
        Assert.True(WireReading.ReadRequest([input], maxBody: 10).IsDone);
        Assert.Equal(HttpRefusal.BodyTooLarge, WireReading.ReadRequest([input], maxBody: 9).Refusal);
    }

    [Fact]
    public void The_body_limit_holds_for_the_largest_sizes()
    {
        byte[] input = WireReading.Bytes(Head + "1\r\na\r\n7fffffffffffffff\r\n");
        Assert.Equal(
            HttpRefusal.BodyTooLarge, WireReading.ReadRequest([input], maxBody: long.MaxValue).Refusal);
    }

    [Fact]
    public void A_refused_body_stays_refused()
    {
        var decoder = default(ChunkedDecoder);
        var trailers = new HeaderTable();
        Assert.Equal(ChunkedStep.Refused, decoder.Read("x"u8, HttpLimits.Default, 10, trailers, out _));
        Assert.Equal(ChunkedStep.Refused, decoder.Read("5\r\n"u8, HttpLimits.Default, 10, trailers, out _));
        Assert.Equal(HttpRefusal.ChunkSizeMalformed, decoder.Refusal);
    }

    [Fact]
    public void Data_can_be_taken_in_any_portions()
    {
        var decoder = default(ChunkedDecoder);
        var trailers = new HeaderTable();
        Assert.Equal(ChunkedStep.Data, decoder.Read("fff\r\n"u8, HttpLimits.Default, 5000, trailers, out int used));
        Assert.Equal(5, used);
        Assert.Equal(4095, decoder.Remaining);
        decoder.Take(4000);
        Assert.Equal(ChunkedStep.Data, decoder.Read([], HttpLimits.Default, 5000, trailers, out _));
        Assert.Equal(95, decoder.Remaining);
        decoder.Take(95);
        Assert.Equal(0, decoder.Remaining);
        Assert.Equal(ChunkedStep.Done, decoder.Read("\r\n0\r\n\r\n"u8, HttpLimits.Default, 5000, trailers, out used));
        Assert.Equal(7, used);
        Assert.Equal(4095, decoder.Total);
    }

    [Fact]
    public void What_the_writer_writes_the_decoder_reads()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            var expected = new StringBuilder();
            var wire = new StringBuilder(Head);
            byte[] buffer = new byte[256];
            bool first = true;
            for (int chunks = random.Next(5); chunks > 0; chunks--)
            {
                string data = new([.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => (char)random.Next(256))]);
                wire.Append(Encoding.Latin1.GetString(
                    buffer, 0, ChunkedWriter.WriteChunkStart(data.Length, first, buffer)));
                wire.Append(data);
                expected.Append(data);
                first = false;
            }

            var trailers = new HttpHeaders(new HeaderTable());
            for (int lines = random.Next(3); lines > 0; lines--)
                trailers.Add("T" + lines, "value " + lines);
            int length = ChunkedWriter.WriteEnd(trailers.Table, first, buffer);
            Assert.True(length <= ChunkedWriter.MeasureEnd(trailers.Table));
            wire.Append(Encoding.Latin1.GetString(buffer, 0, length));
            WireReading reading = WireReading.ReadRequest(wire.ToString());
            Assert.True(reading.IsDone, reading.Refusal.ToString());
            Assert.Equal(expected.ToString(), reading.Body);
            Assert.Equal(trailers, reading.Request.Trailers);
        }
    }

    [Fact]
    public void The_writer_cannot_end_a_body_by_an_empty_chunk() => Assert.Throws<ArgumentOutOfRangeException>(
        () => ChunkedWriter.WriteChunkStart(0, first: true, new byte[ChunkedWriter.MaxChunkStart]));

    [Fact]
    public void Chunk_sizes_are_hexadecimal()
    {
        byte[] buffer = new byte[ChunkedWriter.MaxChunkStart];
        int length = ChunkedWriter.WriteChunkStart(0xabcdef, first: false, buffer);
        Assert.Equal("\r\nabcdef\r\n", Encoding.Latin1.GetString(buffer, 0, length));
        length = ChunkedWriter.WriteChunkStart(long.MaxValue, first: false, buffer);
        Assert.Equal("\r\n7fffffffffffffff\r\n", Encoding.Latin1.GetString(buffer, 0, length));
        Assert.Equal(
            Encoding.Latin1.GetString(ChunkedWriter.EmptyBody),
            Encoding.Latin1.GetString(buffer, 0, ChunkedWriter.WriteEnd(null, first: true, buffer)));
    }

    private static void Run(string body, Action<WireReading> check) =>
        Fragmenter.Run(WireReading.Bytes(Head + body), parts =>
        {
            WireReading reading = WireReading.ReadRequest(parts);
            Assert.True(reading.IsDone, reading.Refusal.ToString());
            check(reading);
        });
}
