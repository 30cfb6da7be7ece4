using System;
using System.Runtime.CompilerServices;

namespace Nng.Http;

/// <summary>Limits and times of a server. Set on <see cref="HttpServer.Options"/> before it starts.</summary>
/// <remarks>
/// Threading: immutable. Times are exact to about a second; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> is
/// no limit.
/// </remarks>
public sealed class HttpServerOptions
{
    private readonly TimeSpan _keepAliveTimeout = TimeSpan.FromSeconds(120);
    private readonly TimeSpan _headTimeout = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _bodyGrace = TimeSpan.FromSeconds(5);
    private readonly TimeSpan _writeTimeout = TimeSpan.FromSeconds(60);
    private readonly TimeSpan _lingerTimeout = TimeSpan.FromSeconds(2);
    private readonly int _minBodyRate = 240;
    private readonly int _maxConnections;
    private readonly int _maxRequests = 1000;

    /// <summary>The defaults.</summary>
    public static HttpServerOptions Default { get; } = new();

    /// <summary>What the parser refuses. Default <see cref="HttpLimits.Default"/>.</summary>
    public HttpLimits Limits { get; init; } = HttpLimits.Default;

    /// <summary>How long a connection may wait for its next request; then it is closed. Default 120 s.</summary>
    public TimeSpan KeepAliveTimeout
    {
        get => _keepAliveTimeout;
        init => _keepAliveTimeout = Positive(value);
    }

    /// <summary>How long a request's head may take from its first byte; then 408. Default 30 s.</summary>
    public TimeSpan HeadTimeout
    {
        get => _headTimeout;
        init => _headTimeout = Positive(value);
    }

    /// <summary>How long a body may come slower than <see cref="MinBodyRate"/>; then 408. Default 5 s.</summary>
    public TimeSpan BodyGrace
    {
        get => _bodyGrace;
        init => _bodyGrace = Positive(value);
    }

    /// <summary>Bytes a second that a body must come with on the average; 0 is no limit. Default 240.</summary>
    public int MinBodyRate
    {
        get => _minBodyRate;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _minBodyRate = value;
        }
    }

    /// <summary>How long a peer may take no byte of a response; then the connection is aborted. Default 60 s.</summary>
    public TimeSpan WriteTimeout
    {
        get => _writeTimeout;
        init => _writeTimeout = Positive(value);
    }

    /// <summary>
    /// How long a closing connection reads on so that the response is not lost to a reset (RFC 9112 section 9.6).
    /// Default 2 s.
    /// </summary>
    public TimeSpan LingerTimeout
    {
        get => _lingerTimeout;
        init => _lingerTimeout = Positive(value);
    }

    /// <summary>Connections at once; further ones wait in the system's queue. Default 0, no limit.</summary>
    public int MaxConnections
    {
        get => _maxConnections;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxConnections = value;
        }
    }

    /// <summary>Requests of one connection; the last is answered with <c>Connection: close</c>. Default 1000; 0 is no
    /// limit.</summary>
    public int MaxRequestsPerConnection
    {
        get => _maxRequests;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxRequests = value;
        }
    }

    /// <summary>Keep connections of HTTP/1.0 clients that ask for it. Default true.</summary>
    public bool KeepAliveHttp10 { get; init; } = true;

    /// <summary>
    /// Told of every response, in the order of their ends, one at a time, on a thread-pool thread; null, the default,
    /// for none.
    /// </summary>
    public Action<HttpAccessRecord>? AccessLog { get; init; }

    private static TimeSpan Positive(TimeSpan value, [CallerMemberName] string name = "")
    {
        if (value != System.Threading.Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        return value;
    }
}
