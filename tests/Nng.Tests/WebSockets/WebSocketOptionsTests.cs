using System.Linq;
using Nng.Core;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>The options of endpoints (transports sheet, 13.11).</summary>
public sealed class WebSocketOptionsTests
{
    private readonly WebSocketOptions _dialer = new(isServer: false);
    private readonly WebSocketOptions _listener = new(isServer: true);

    [Fact]
    public void Defaults_are_those_of_the_sheet()
    {
        WebSocketSettings settings = _dialer.Settings(null);
        Assert.Equal((65536, null, 0), (settings.SendFrameMax, settings.ReceiveFrameMax, settings.ReceiveMax));
        Assert.False(settings.IsServer || settings.SendsText || settings.TakesText || settings.ChecksText);
        Assert.Equal((0, 10_000), (settings.PingIntervalMs, settings.PingTimeoutMs));
        Assert.Equal(1 << 20, Get(_dialer, OptionNames.WsReceiveFrameMax).Number);
        Assert.Equal(string.Empty, Get(_dialer, OptionNames.WsProtocol).TextValue);
    }

    [Fact]
    public void What_was_set_is_what_connections_are_made_with()
    {
        foreach (WebSocketOptions options in new[] { _dialer, _listener })
        {
            Set(options, OptionNames.WsSendFrameMax, OptionValue.Size(7));
            Set(options, OptionNames.WsReceiveFrameMax, OptionValue.Size(0));
            Set(options, OptionNames.ReceiveMaxSize, OptionValue.Size(9));
            Set(options, OptionNames.WsSendText, OptionValue.Boolean(true));
            Set(options, OptionNames.WsReceiveText, OptionValue.Boolean(true));
            Set(options, OptionNames.WsCheckText, OptionValue.Boolean(true));
            Set(options, OptionNames.WsDeflate, OptionValue.Boolean(true));
            Set(options, OptionNames.WsPingInterval, OptionValue.Duration(-1));
            Set(options, OptionNames.WsPingTimeout, OptionValue.Duration(-1));
            var terms = new WebSocketDeflateTerms(true, false);
            WebSocketSettings settings = options.Settings(terms);
            Assert.Equal((7, 0, 9), (settings.SendFrameMax, settings.ReceiveFrameMax, settings.ReceiveMax));
            Assert.True(settings.SendsText && settings.TakesText && settings.ChecksText && options.Deflates);
            Assert.Equal((0, int.MaxValue), (settings.PingIntervalMs, settings.PingTimeoutMs));
            Assert.Same(terms, settings.Deflate);
        }
    }

    [Fact]
    public void WS_61_Sizes_have_their_range()
    {
        foreach (string name in new[] { OptionNames.WsSendFrameMax, OptionNames.WsReceiveFrameMax })
        {
            Set(_dialer, name, OptionValue.Size(uint.MaxValue));
            Assert.Equal(NngError.InvalidArgument, _dialer.SetOption(name, OptionValue.Size(1L << 32)));
            Assert.Equal(NngError.BadType, _dialer.SetOption(name, OptionValue.Boolean(true)));
        }
    }

    [Fact]
    public void WS_57_Headers_of_endpoints_are_written_and_not_read()
    {
        Assert.Equal(NngError.WriteOnly, _dialer.GetOption(OptionNames.WsRequestHeaders, out _));
        Assert.Equal(NngError.NotSupported, _dialer.GetOption(OptionNames.WsRequestHeader + "X", out _));
        Assert.Equal(NngError.WriteOnly, _listener.GetOption(OptionNames.WsResponseHeaders, out _));
        Assert.Equal(NngError.NotSupported, _listener.SetOption(OptionNames.WsRequestHeaders, OptionValue.Text("A: b")));
        Assert.Equal(NngError.NotSupported, _dialer.SetOption(OptionNames.WsResponseHeader + "X", OptionValue.Text("b")));
        Assert.Equal(NngError.NotSupported, _dialer.SetOption(OptionNames.WsRequestHeader, OptionValue.Text("b")));
        Assert.Equal(NngError.NotSupported, _dialer.SetOption(OptionNames.WsOrigins, OptionValue.Text("b")));
    }

    [Fact]
    public void Header_lines_are_added_and_single_headers_replace()
    {
        Set(_listener, OptionNames.WsResponseHeaders, OptionValue.Text("A: 1\r\nB:2\r\nnothing"));
        Set(_listener, OptionNames.WsResponseHeaders, OptionValue.Text("A: 3\r\n"));
        Set(_listener, OptionNames.WsResponseHeader + "b", OptionValue.Text("4"));
        Set(_listener, OptionNames.WsResponseHeader + "C", OptionValue.Text("5"));
        Assert.Equal("A=1 B=4 A=3 C=5", string.Join(' ', _listener.Headers().Select(h => $"{h.Key}={h.Value}")));
    }

    [Theory]
    [InlineData("x\r\nEvil: y")]
    [InlineData("x\ny")]
    [InlineData("\0")]
    public void WS_60_Values_cannot_smuggle_lines(string value)
    {
        Assert.Equal(
            NngError.InvalidArgument, _dialer.SetOption(OptionNames.WsRequestHeader + "X", OptionValue.Text(value)));
        Assert.Equal(
            NngError.InvalidArgument, _dialer.SetOption(OptionNames.WsRequestHeaders, OptionValue.Text("X: y\r\nA b: c")));
        Assert.Equal(NngError.InvalidArgument, _dialer.SetOption(OptionNames.WsProtocol, OptionValue.Text(value)));
        Assert.Empty(_dialer.Headers());
    }

    private static void Set(WebSocketOptions options, string name, OptionValue value) =>
        Assert.Equal(NngError.None, options.SetOption(name, value));

    private static OptionValue Get(WebSocketOptions options, string name)
    {
        Assert.Equal(NngError.None, options.GetOption(name, out OptionValue value));
        return value;
    }
}
