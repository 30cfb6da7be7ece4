using System;
using System.Collections.Generic;
using System.Threading;
using Nng.Core;
using Nng.Http;

namespace Nng.WebSockets;

/// <summary>The options of a WebSocket dialer or listener beside those of TCP and TLS (transports sheet, 13.11).</summary>
/// <remarks>Threading: safe from any thread; the lock guards the headers, the rest are single words.</remarks>
internal sealed class WebSocketOptions
{
    /// <summary>Default of <c>ws:txframe-max</c>.</summary>
    public const long DefaultSendFrameMax = 65536;

    /// <summary>Default of <c>ws:rxframe-max</c>, unless <c>recv-size-max</c> is more (TW-15).</summary>
    public const long DefaultReceiveFrameMax = 1 << 20;

    /// <summary>Default of <c>ws:ping-timeout</c>, in milliseconds.</summary>
    public const int DefaultPingTimeoutMs = 10_000;

    private static readonly OptionRow<WebSocketOptions>[] s_shared =
    [
        OptionRows.Size<WebSocketOptions>(
            OptionNames.ReceiveMaxSize, uint.MaxValue, o => o.ReceiveMax, (o, n) => o.ReceiveMax = n),
        OptionRows.Size<WebSocketOptions>(
            OptionNames.WsSendFrameMax, uint.MaxValue, o => o._sendFrameMax, (o, n) => o._sendFrameMax = n),
        OptionRows.Size<WebSocketOptions>(
            OptionNames.WsReceiveFrameMax,
            uint.MaxValue,
            o => o._receiveFrameMax ?? DefaultReceiveFrameMax,
            (o, n) => o._receiveFrameMax = n),
        OptionRows.Text<WebSocketOptions>(OptionNames.WsProtocol, o => o.Protocol, SetProtocol),
        OptionRows.Boolean<WebSocketOptions>(OptionNames.WsSendText, o => o._sendsText, (o, on) => o._sendsText = on),
        OptionRows.Boolean<WebSocketOptions>(
            OptionNames.WsReceiveText, o => o._takesText, (o, on) => o._takesText = on),
        OptionRows.Boolean<WebSocketOptions>(
            OptionNames.WsCheckText, o => o._checksText, (o, on) => o._checksText = on),
        OptionRows.Boolean<WebSocketOptions>(OptionNames.WsDeflate, o => o.Deflates, (o, on) => o.Deflates = on),
        OptionRows.Duration<WebSocketOptions>(
            OptionNames.WsPingInterval, o => o._pingIntervalMs, (o, ms) => o._pingIntervalMs = ms),
        OptionRows.Duration<WebSocketOptions>(
            OptionNames.WsPingTimeout, o => o._pingTimeoutMs, (o, ms) => o._pingTimeoutMs = ms),
    ];

    private static readonly OptionTable<WebSocketOptions> s_dialer =
        new([.. s_shared, .. HeaderRows(OptionNames.WsRequestHeaders, OptionNames.WsRequestHeader)]);

    private static readonly OptionTable<WebSocketOptions> s_listener = new(
    [
        .. s_shared,
        .. HeaderRows(OptionNames.WsResponseHeaders, OptionNames.WsResponseHeader),
        OptionRows.Text<WebSocketOptions>(OptionNames.WsOrigins, o => o.Origins, (o, text) =>
        {
            o.Origins = text;
            return NngError.None;
        }),
    ]);

    private readonly bool _isServer;
    private readonly Lock _lock = new();
    private readonly HttpHeaders _headers = new(new HeaderTable());
    private long _sendFrameMax = DefaultSendFrameMax;

    /// <summary>Null: not set.</summary>
    private long? _receiveFrameMax;

    private bool _sendsText;
    private bool _takesText;
    private bool _checksText;
    private int _pingIntervalMs;
    private int _pingTimeoutMs = DefaultPingTimeoutMs;
    private int _closeTimeoutMs = WebSocketLink.LingerMs;
    private bool _isApplication;

    public WebSocketOptions(bool isServer)
    {
        _isServer = isServer;
    }

    /// <summary>The subprotocols, separated by commas; empty for none.</summary>
    public string Protocol { get; set; } = string.Empty;

    /// <summary>Connections carry messages, not bytes.</summary>
    public bool IsMessageMode { get; init; }

    /// <summary>What the end of a stream is called; the C library says "closed" (transports sheet, WS-56).</summary>
    public NngError EndError { get; set; } = NngError.ConnectionShutdown;

    /// <summary>Longest message; 0 = unlimited.</summary>
    public long ReceiveMax { get; private set; }

    /// <summary>Compression is offered or accepted.</summary>
    public bool Deflates { get; private set; }

    /// <summary>Who may connect by a browser; empty for anybody.</summary>
    public string Origins { get; private set; } = string.Empty;

    private OptionTable<WebSocketOptions> Table => _isServer ? s_listener : s_dialer;

    public NngError GetOption(string name, out OptionValue value) => Table.Get(this, name, out value);

    public NngError SetOption(string name, OptionValue value) => Table.Set(this, name, value);

    /// <summary>The headers that the application adds.</summary>
    public List<KeyValuePair<string, string>> Headers()
    {
        lock (_lock)
            return [.. _headers];
    }

    /// <summary>Takes the options of an application whose own messages the connections carry.</summary>
    public NngError Apply(NngWebSocketOptions given)
    {
        _isApplication = true;
        _takesText = true;
        _checksText = given.ValidateText;
        Protocol = string.Join(", ", given.Subprotocols);
        Origins = string.Join(", ", given.Origins);
        ReceiveMax = given.MaxMessageSize;
        _receiveFrameMax = given.MaxFrameSize;
        _sendFrameMax = given.FragmentSize;
        Deflates = given.Compress;
        _pingIntervalMs = given.PingIntervalMs;
        _pingTimeoutMs = given.PingTimeoutMs;
        _closeTimeoutMs = given.CloseTimeoutMs;
        return Try(headers =>
        {
            foreach ((string name, string value) in given.Headers)
                headers.Add(name, value);
        });
    }

    /// <summary>What a connection made now is made with.</summary>
    public WebSocketSettings Settings(WebSocketDeflateTerms? deflate) => new()
    {
        IsServer = _isServer,
        IsMessageMode = IsMessageMode,
        IsApplication = _isApplication,
        CloseTimeoutMs = _closeTimeoutMs,
        SendFrameMax = _sendFrameMax,
        ReceiveFrameMax = _receiveFrameMax,
        ReceiveMax = ReceiveMax,
        SendsText = _sendsText,
        TakesText = _takesText,
        ChecksText = _checksText,
        Deflate = deflate,
        EndError = EndError,
        PingIntervalMs = Math.Max(0, _pingIntervalMs),
        PingTimeoutMs = _pingTimeoutMs < 0 ? int.MaxValue : _pingTimeoutMs,
    };

    private static OptionRow<WebSocketOptions>[] HeaderRows(string all, string one) =>
    [
        new OptionRow<WebSocketOptions>
        {
            Name = all,
            Type = OptionType.Text,
            Set = (o, value) => o.AddHeaders(value.TextValue),
        },
        new OptionRow<WebSocketOptions>
        {
            Name = one,
            Type = OptionType.Text,
            IsFamily = true,
            // Not write-only: a single header of an endpoint is no option that could be read (WS-57).
            NamedGet = static (WebSocketOptions _, string _, out OptionValue value) =>
            {
                value = default;
                return NngError.NotSupported;
            },
            NamedSet = (o, name, value) => o.Try(headers => headers.Set(name, value.TextValue)),
        },
    ];

    private static NngError SetProtocol(WebSocketOptions options, string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
                return NngError.InvalidArgument;
        }

        options.Protocol = text;
        return NngError.None;
    }

    /// <summary>Lines separated by CR LF; what has no colon is left out (transports sheet, 13.11).</summary>
    private NngError AddHeaders(string lines) => Try(headers =>
    {
        // All or none.
        var added = new HttpHeaders(new HeaderTable());
        foreach (string line in lines.Split("\r\n"))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0)
                added.Add(line[..colon].Trim(), line[(colon + 1)..]);
        }

        foreach ((string name, string value) in added)
            headers.Add(name, value);
    });

    private NngError Try(Action<HttpHeaders> change)
    {
        try
        {
            lock (_lock)
                change(_headers);
            return NngError.None;
        }
        catch (NngException failure)
        {
            return failure.Error;
        }
    }
}
