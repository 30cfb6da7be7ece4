using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Where messages end; refused framings stand in <see cref="RefusalCorpusTests"/>.</summary>
public sealed class MessageFramingTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("5", 5)]
    [InlineData("0000000000000000005", 5)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_length_has_up_to_63_bits(string text, long expected)
    {
        Assert.True(MessageFraming.TryParseLength(WireReading.Bytes(text), out long length));
        Assert.Equal(expected, length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9223372036854775808")]
    [InlineData("9999999999999999999")]
    [InlineData("18446744073709551621")]
    [InlineData("1 ")]
    [InlineData("1,1")]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData(":")]
    public void What_is_not_a_length_is_refused(string text) =>
        Assert.False(MessageFraming.TryParseLength(WireReading.Bytes(text), out _));

    [Fact]
    public void A_request_without_framing_headers_has_no_body()
    {
        Assert.Equal(HttpRefusal.None, OfRequest([], out BodyFraming framing));
        Assert.Equal(BodyFraming.None, framing);
    }

    [Fact]
    public void HS155_A_length_of_0_is_no_body()
    {
        Assert.Equal(HttpRefusal.None, OfRequest([("Content-Length", "0")], out BodyFraming framing));
        Assert.Equal(BodyKind.None, framing.Kind);
    }

    [Fact]
    public void A_request_body_has_a_length_or_chunks()
    {
        OfRequest([("Content-Length", "7")], out BodyFraming framing);
        Assert.Equal(new BodyFraming(BodyKind.Length, 7), framing);
        OfRequest([("Transfer-Encoding", " CHUNKED")], out framing);
        Assert.Equal(BodyFraming.Chunked, framing);
    }

    [Theory]
    [InlineData(100, "GET", false)]
    [InlineData(199, "GET", false)]
    [InlineData(200, "GET", true)]
    [InlineData(200, "HEAD", false)]
    [InlineData(404, "HEAD", false)]
    [InlineData(204, "POST", false)]
    [InlineData(205, "POST", true)]
    [InlineData(304, "GET", false)]
    [InlineData(200, "CONNECT", false)]
    [InlineData(299, "CONNECT", false)]
    [InlineData(404, "CONNECT", true)]
    public void A_response_has_a_body_or_never_one(int status, string method, bool expected)
    {
        Assert.Equal(expected, MessageFraming.ResponseHasBody(status, method));
        HeaderTable headers = Table([("Content-Length", "3")]);
        Assert.Equal(HttpRefusal.None, MessageFraming.OfResponse(headers, 1, status, method, out BodyFraming framing));
        Assert.Equal(expected ? BodyKind.Length : BodyKind.None, framing.Kind);
    }

    [Theory]
    [InlineData(1, null, true)]
    [InlineData(1, "keep-alive", true)]
    [InlineData(1, "close", false)]
    [InlineData(1, "x, CLOSE", false)]
    [InlineData(1, "not-close", true)]
    [InlineData(0, null, false)]
    [InlineData(0, "Keep-Alive", true)]
    [InlineData(0, "keep-alive, close", false)]
    [InlineData(2, null, true)]
    public void HS143_A_connection_is_kept_or_not(int minorVersion, string? connection, bool expected)
    {
        HeaderTable headers = Table(connection is null ? [] : [("Connection", connection)]);
        Assert.Equal(expected, KeepAlive.Wants(headers, minorVersion));
    }

    [Fact]
    public void An_upgrade_is_asked_for_in_two_headers()
    {
        Assert.True(KeepAlive.AsksToUpgrade(Table([("Upgrade", "websocket"), ("Connection", "keep-alive, Upgrade")])));
        Assert.False(KeepAlive.AsksToUpgrade(Table([("Upgrade", "websocket")])));
        Assert.False(KeepAlive.AsksToUpgrade(Table([("Connection", "upgrade")])));
    }

    [Theory]
    [InlineData("100-continue", 1, 5, Expectation.Continue)]
    [InlineData("100-Continue", 1, 5, Expectation.Continue)]
    [InlineData("100-continue", 1, 0, Expectation.None)]
    [InlineData("100-continue", 0, 5, Expectation.None)]
    [InlineData("else", 1, 5, Expectation.Unknown)]
    [InlineData("100-continue, else", 1, 5, Expectation.Unknown)]
    [InlineData("", 1, 5, Expectation.None)]
    internal void HS156_An_expectation_is_met_ignored_or_refused(
        string expect, int minorVersion, int length, Expectation expected) =>
        Assert.Equal(
            expected, ExpectField.Of(Table([("Expect", expect)]), minorVersion, BodyFraming.OfLength(length)));

    private static HttpRefusal OfRequest((string Name, string Value)[] headers, out BodyFraming framing) =>
        MessageFraming.OfRequest(Table(headers), 1, out framing);

    private static HeaderTable Table((string Name, string Value)[] headers)
    {
        var table = new HeaderTable();
        foreach ((string name, string value) in headers)
            table.Append(name, value);
        return table;
    }
}
