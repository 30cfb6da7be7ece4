using System;
using System.Linq;
using Nng.Core;
using Nng.Http;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>The two messages of an upgrade, as pure functions.</summary>
public sealed class WebSocketHandshakeTests
{
    /// <summary>For scripted servers.</summary>
    internal static string AcceptOf(string key) => WebSocketHandshake.AcceptOf(key);

    [Theory]
    [InlineData("EBESExQVFhcYGRobHB0eHw==", "cW0HMpChSOllUrDZnf5AIF3ENuY=")] // the sheet's, WS-15
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")] // RFC 6455, 1.3
    public void The_proof_is_a_hash_of_the_key(string key, string accept) =>
        Assert.Equal(accept, WebSocketHandshake.AcceptOf(key));

    [Fact]
    public void WS_13_Keys_are_fresh() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => WebSocketHandshake.MakeKey()).Distinct().Count());

    [Theory]
    [InlineData("", null, 101, null)]
    [InlineData("", "a", 400, null)]
    [InlineData("a", null, 400, null)]
    [InlineData("a", "a", 101, "a")]
    [InlineData("a, b", "b", 101, "b")]
    [InlineData("a,b", "c, b , a", 101, "b")]
    [InlineData("a b", "c", 400, null)]
    [InlineData("a", " ,,", 400, null)]
    public void The_first_subprotocol_that_both_know_is_chosen(string ours, string? offered, int status, string? chosen)
    {
        var options = new WebSocketOptions(isServer: true) { Protocol = ours };
        HttpRequest request = Request();
        if (offered is not null)
            request.Headers.Set(WebSocketHandshake.ProtocolHeader, offered);
        Assert.Equal(status, WebSocketHandshake.Judge(request, options, out string? protocol));
        Assert.Equal(chosen, protocol);
    }

    [Theory]
    [InlineData("a, b", "")]
    [InlineData("a, b", ",")]
    public void A_server_that_names_no_subprotocol_has_not_chosen_one_of_several(string ours, string answer)
    {
        var options = new WebSocketOptions(isServer: false) { Protocol = ours };
        HttpRequest request = WebSocketHandshake.MakeRequest(
            NngUrl.Parse("ws://h/"), options, WebSocketHandshake.MakeKey());
        var response = new HttpResponse { Status = HttpStatus.SwitchingProtocols };
        response.Headers.Set("Connection", "Upgrade");
        response.Headers.Set("Upgrade", "websocket");
        response.Headers.Set(WebSocketHandshake.AcceptHeader, WebSocketHandshake.AcceptOf(request.Headers[WebSocketHandshake.KeyHeader]!));
        response.Headers.Set(WebSocketHandshake.ProtocolHeader, answer);
        Assert.Equal(NngError.Protocol, WebSocketHandshake.Judge(response, request, out _, out _));
        response.Headers.Set(WebSocketHandshake.ProtocolHeader, "b");
        Assert.Equal(NngError.None, WebSocketHandshake.Judge(response, request, out _, out _));
    }

    [Fact]
    public void The_order_of_refusals_is_the_one_of_the_sheet()
    {
        var options = new WebSocketOptions(isServer: true);
        HttpRequest request = Request();
        request.Headers.Remove("Upgrade");
        request.Headers.Set("Content-Length", "3");
        request.Version = "HTTP/1.0";
        request.Method = "HEAD";
        Assert.Equal(400, Judged());
        request.Method = "GET";
        Assert.Equal(505, Judged());
        request.Version = "HTTP/1.1";
        Assert.Equal(413, Judged());
        request.Headers.Set("Content-Length", "0");
        Assert.Equal(400, Judged());
        request.Headers.Set("Upgrade", "websocket");
        Assert.Equal(101, Judged());

        int Judged() => WebSocketHandshake.Judge(request, options, out _);
    }

    [Theory]
    [InlineData("ws://[::1]/", "[::1]")]
    [InlineData("ws://[fe80::1%25eth0]:81/", "[fe80::1]:81")]
    [InlineData("wss://h:443/", "h")]
    [InlineData("ws://h:443/", "h:443")]
    public void TW_19_Host_has_brackets_around_an_address_and_no_zone(string url, string host) => Assert.Equal(
        host,
        WebSocketHandshake.MakeRequest(NngUrl.Parse(url), new WebSocketOptions(isServer: false), "k").Headers["Host"]);

    [Fact]
    public void A_client_without_a_protocol_does_not_look_at_the_servers()
    {
        var options = new WebSocketOptions(isServer: false);
        HttpRequest request = WebSocketHandshake.MakeRequest(NngUrl.Parse("ws://[::1]/"), options, "k");
        Assert.Equal("[::1]", request.Headers["Host"]);
        Assert.False(request.Headers.Contains(WebSocketHandshake.ProtocolHeader));
        HttpResponse response = Response("k");
        response.Headers.Set(WebSocketHandshake.ProtocolHeader, "whatever");
        Assert.Equal(
            NngError.None,
            WebSocketHandshake.Judge(response, request, out string? protocol, out WebSocketDeflateTerms? deflate));
        Assert.Equal("whatever", protocol);
        Assert.Null(deflate);
    }

    [Fact]
    public void Compression_is_offered_and_taken_where_that_is_wanted()
    {
        var options = new WebSocketOptions(isServer: false);
        Assert.Equal(NngError.None, options.SetOption(OptionNames.WsDeflate, OptionValue.Boolean(true)));
        HttpRequest request = WebSocketHandshake.MakeRequest(NngUrl.Parse("ws://h/"), options, "k");
        Assert.Equal("permessage-deflate", request.Headers[WebSocketHandshake.ExtensionsHeader]);
        HttpResponse response = Response("k");
        response.Headers.Set(WebSocketHandshake.ExtensionsHeader, "permessage-deflate; server_no_context_takeover");
        Assert.Equal(
            NngError.None,
            WebSocketHandshake.Judge(response, request, out _, out WebSocketDeflateTerms? deflate));
        Assert.Equal(new WebSocketDeflateTerms(ClientTakeover: true, ServerTakeover: false), deflate);
    }

    private static HttpRequest Request() => WebSocketHandshake.MakeRequest(
        NngUrl.Parse("ws://host/path"), new WebSocketOptions(isServer: false), WebSocketHandshake.MakeKey());

    private static HttpResponse Response(string key)
    {
        var request = new HttpRequest(NngUrl.Parse("ws://h/"));
        request.Headers.Set(WebSocketHandshake.KeyHeader, key);
        return WebSocketHandshake.MakeResponse(request, new WebSocketOptions(isServer: true), null, null);
    }
}
