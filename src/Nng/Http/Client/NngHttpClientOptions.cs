using System;
using Nng.Core;

namespace Nng.Http;

/// <summary>How an <see cref="NngHttpClient"/> connects and keeps connections.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed class NngHttpClientOptions
{
    private readonly int _maxConnections = 100;
    private readonly int _idleTimeoutMs = 60_000;
    private readonly int _connectTimeoutMs = 30_000;
    private readonly int _responseTimeoutMs = Aio.Infinite;
    private readonly int _continueTimeoutMs = 1000;
    private readonly HttpLimits _limits = HttpLimits.Default;

    /// <summary>
    /// Connections of the pool, idle and in use; further exchanges wait. Default 100. Those that the caller makes
    /// himself with <see cref="NngHttpClient.ConnectAsync"/> do not count.
    /// </summary>
    public int MaxConnections
    {
        get => _maxConnections;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _maxConnections = value;
        }
    }

    /// <summary>How long an unused connection is kept. Default one minute; zero keeps none.</summary>
    public TimeSpan IdleTimeout
    {
        get => Durations.FromMilliseconds(_idleTimeoutMs);
        init => _idleTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>How long the pool's connects may take, a proxy's answer and TLS included. Default 30 seconds.</summary>
    public TimeSpan ConnectTimeout
    {
        get => Durations.FromMilliseconds(_connectTimeoutMs);
        init => _connectTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>
    /// How long any single read and write of an exchange may wait: for the response's head, for the next bytes of its
    /// body. For <c>SendAsync</c> it spans the whole exchange. Default infinite.
    /// </summary>
    public TimeSpan ResponseTimeout
    {
        get => Durations.FromMilliseconds(_responseTimeoutMs);
        init => _responseTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>
    /// How long a request with <c>Expect: 100-continue</c> waits for leave before it sends its body without. Default
    /// one second.
    /// </summary>
    public TimeSpan ContinueTimeout
    {
        get => Durations.FromMilliseconds(_continueTimeoutMs);
        init => _continueTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>What the server may ask of the parser.</summary>
    public HttpLimits Limits
    {
        get => _limits;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _limits = value;
        }
    }

    /// <summary>
    /// A proxy (<c>http://host:port</c>) that is asked with <c>CONNECT</c> to open each connection, TLS or not. Null,
    /// the default, for none.
    /// </summary>
    public NngUrl? Proxy { get; init; }

    internal int IdleTimeoutMs => _idleTimeoutMs;

    internal int ConnectTimeoutMs => _connectTimeoutMs;

    internal int ResponseTimeoutMs => _responseTimeoutMs;

    internal int ContinueTimeoutMs => _continueTimeoutMs;
}
