using System;
using System.Collections.Generic;
using Nng.Core;
using Nng.Http;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>What a <see cref="NngWebSocket"/> is connected with, or a <see cref="NngWebSocketListener"/> accepts with.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed record NngWebSocketOptions
{
    /// <summary>Stands in <see cref="Origins"/> for the host and port that the client asks for.</summary>
    public const string SameOrigin = "same";

    /// <summary>Longest message taken unless set otherwise: 1 MiB.</summary>
    public const long DefaultMaxMessageSize = 1 << 20;

    private readonly IReadOnlyList<string> _subprotocols = [];
    private readonly IReadOnlyCollection<KeyValuePair<string, string>> _headers = [];
    private readonly IReadOnlyList<string> _origins = [];
    private readonly long _maxMessageSize = DefaultMaxMessageSize;
    private readonly long? _maxFrameSize;
    private readonly long _fragmentSize = WebSocketOptions.DefaultSendFrameMax;
    private readonly int _pingIntervalMs;
    private readonly int _pingTimeoutMs = WebSocketOptions.DefaultPingTimeoutMs;
    private readonly int _closeTimeoutMs = 5000;

    /// <summary>
    /// Client: offered in this order, and the server must choose one. Listener: the first that a client offers and that
    /// is here is chosen; a client that offers none of them is answered with 400, and so is one that offers any when
    /// there are none here. Default none. RFC 6455 section 1.9.
    /// </summary>
    /// <exception cref="ArgumentException">One of them is not a token.</exception>
    public IReadOnlyList<string> Subprotocols
    {
        get => _subprotocols;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (string name in value)
            {
                if (name is null || !HttpSyntax.IsToken(name))
                    throw new ArgumentException($"'{name}' is no name of a subprotocol.", nameof(value));
            }

            _subprotocols = value;
        }
    }

    /// <summary>
    /// Lines added to the client's request, or to the listener's response; those that make the upgrade are the library's.
    /// They are checked when they are used. Default none.
    /// </summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Headers
    {
        get => _headers;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _headers = value;
        }
    }

    /// <summary>
    /// Listener: the pages that may connect, as browsers write them (<c>https://app.example</c>), or
    /// <see cref="SameOrigin"/>; others are answered with 403. Programs name no origin and are not concerned. Default
    /// empty: any page.
    /// </summary>
    /// <exception cref="ArgumentException">One of them is null or empty, or contains a blank or a comma.</exception>
    public IReadOnlyList<string> Origins
    {
        get => _origins;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (string origin in value)
            {
                // Taken as they are, those without a word would let every page in.
                if (string.IsNullOrEmpty(origin) || origin.AsSpan().ContainsAny(" ,\t\r\n"))
                    throw new ArgumentException($"'{origin}' is no origin of a page.", nameof(value));
            }

            _origins = value;
        }
    }

    /// <summary>
    /// TLS for <c>wss</c>. A client without one trusts nobody. A listener shares that of its address with all others
    /// there, and may leave it to them. Default null.
    /// </summary>
    public TlsConfig? TlsConfig { get; init; }

    /// <summary>
    /// Longest message that is taken, in bytes and inflated; a longer one ends the connection with close code 1009. 0 is
    /// unlimited (64 MiB where it is compressed). Default 1 MiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or above 4 GiB.</exception>
    public long MaxMessageSize
    {
        get => _maxMessageSize;
        init => _maxMessageSize = CheckSize(value);
    }

    /// <summary>
    /// Longest frame that is taken, in bytes; a longer one ends the connection with close code 1009. 0 is unlimited.
    /// Default null: 1 MiB, or <see cref="MaxMessageSize"/> where that is more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or above 4 GiB.</exception>
    public long? MaxFrameSize
    {
        get => _maxFrameSize;
        init => _maxFrameSize = value is { } size ? CheckSize(size) : null;
    }

    /// <summary>Longer messages are sent in fragments of so many bytes; 0 is never. Default 64 KiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or above 4 GiB.</exception>
    public long FragmentSize
    {
        get => _fragmentSize;
        init => _fragmentSize = CheckSize(value);
    }

    /// <summary>
    /// Text must be UTF-8: what is received otherwise ends the connection with close code 1007, what is to be sent is
    /// refused. Default true. RFC 6455 section 8.1.
    /// </summary>
    public bool ValidateText { get; init; } = true;

    /// <summary>
    /// permessage-deflate is offered, or accepted; messages of 64 bytes and more are then compressed. It costs about 300
    /// KiB for each connection. Default false. RFC 7692.
    /// </summary>
    public bool Compress { get; init; }

    /// <summary>
    /// A peer that has been silent for so long is sent a ping; zero, the default, is never. Pings of the peer are
    /// answered always.
    /// </summary>
    public TimeSpan PingInterval
    {
        get => Durations.FromMilliseconds(_pingIntervalMs);
        init => _pingIntervalMs = Math.Max(0, Durations.ToMilliseconds(value));
    }

    /// <summary>
    /// A peer that stays silent for so long after a ping is given up: operations end with
    /// <see cref="NngError.TimedOut"/>. Default 10 seconds.
    /// </summary>
    public TimeSpan PingTimeout
    {
        get => Durations.FromMilliseconds(_pingTimeoutMs);
        init => _pingTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>
    /// How long a close waits for what is still to be sent, and for the peer's close frame. At least 100 ms are given to
    /// the close frame and 2 seconds to data. Default 5 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Infinite, negative, or more than 24 days.</exception>
    public TimeSpan CloseTimeout
    {
        get => Durations.FromMilliseconds(_closeTimeoutMs);
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _closeTimeoutMs = Durations.ToMilliseconds(value);
        }
    }

    internal static NngWebSocketOptions Default { get; } = new();

    internal int PingIntervalMs => _pingIntervalMs;

    internal int PingTimeoutMs => _pingTimeoutMs;

    internal int CloseTimeoutMs => _closeTimeoutMs;

    private static long CheckSize(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, uint.MaxValue);
        return value;
    }
}
