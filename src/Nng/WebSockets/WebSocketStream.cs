using System;
using Nng.Core;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>What is special about WebSocket connections as streams: the options of TCP and TLS, and the upgrade's.</summary>
internal static class WebSocketStream
{
    private static readonly OptionRow<NngStream>[] s_rows =
    [
        OptionRows.Boolean<NngStream>(OptionNames.WsSendText, s => LinkOf(s).Settings.SendsText),
        OptionRows.Boolean<NngStream>(OptionNames.WsReceiveText, s => LinkOf(s).Settings.TakesText),
        Fact(OptionNames.WsProtocol, facts => facts.Protocol),
        Fact(OptionNames.WsRequestUri, facts => facts.RequestUri),
        Fact(OptionNames.WsRequestHeaders, facts => facts.RequestHeaders),
        Fact(OptionNames.WsResponseHeaders, facts => facts.ResponseHeaders),
        Header(OptionNames.WsRequestHeader, facts => facts.RequestHeaders),
        Header(OptionNames.WsResponseHeader, facts => facts.ResponseHeaders),
    ];

    private static readonly OptionTable<NngStream> s_plain = new([.. TcpStream.Rows, .. s_rows]);

    private static readonly OptionTable<NngStream> s_secure = new([.. TlsStream.Rows, .. s_rows]);

    /// <summary>The stream over a connection whose upgrade is done.</summary>
    /// <param name="stream">The connection, whose channel is taken over.</param>
    /// <param name="settings">What it is made with.</param>
    /// <param name="facts">What the upgrade said.</param>
    /// <param name="received">Bytes received behind it.</param>
    public static NngStream Create(
        NngStream stream, WebSocketSettings settings, WebSocketFacts facts, ReadOnlySpan<byte> received)
    {
        IoChannel inner = stream.Channel;
        var link = new WebSocketLink(inner, settings, received);
        var channel = new WebSocketChannel(inner, link, facts);
        return new NngStream(
            channel, stream.LocalAddress, stream.RemoteAddress, inner.Tls is null ? s_plain : s_secure);
    }

    /// <summary>The connection beneath a stream of this kind.</summary>
    public static WebSocketLink LinkOf(NngStream stream) => ChannelOf(stream).Link;

    /// <summary>What the upgrade of a stream of this kind said.</summary>
    public static WebSocketFacts FactsOf(NngStream stream) => ChannelOf(stream).Facts;

    private static WebSocketChannel ChannelOf(NngStream stream) => (WebSocketChannel)stream.Channel;

    private static OptionRow<NngStream> Fact(string name, Func<WebSocketFacts, string?> get) => new()
    {
        Name = name,
        Type = OptionType.Text,
        TryGet = (NngStream stream, out OptionValue value) =>
        {
            value = OptionValue.Text(get(ChannelOf(stream).Facts));
            return stream.IsClosed ? NngError.Closed : NngError.None;
        },
    };

    private static OptionRow<NngStream> Header(string family, Func<WebSocketFacts, string> lines) => new()
    {
        Name = family,
        Type = OptionType.Text,
        IsFamily = true,
        NamedGet = (NngStream stream, string name, out OptionValue value) =>
        {
            string? found = WebSocketFacts.Find(lines(ChannelOf(stream).Facts), name);
            value = OptionValue.Text(found);
            return stream.IsClosed ? NngError.Closed : found is null ? NngError.NotFound : NngError.None;
        },
    };
}
