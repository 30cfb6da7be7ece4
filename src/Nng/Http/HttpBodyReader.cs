using System;

namespace Nng.Http;

/// <summary>
/// Where a connection stands in the body of a received message: how much of it is left, and how its end is known.
/// </summary>
/// <remarks>
/// One per connection, started anew for every body. Not thread-safe: it belongs to whoever reads; between reads,
/// <see cref="IsEnded"/> and the counters may be looked at.
/// </remarks>
internal sealed class HttpBodyReader
{
    private ChunkedDecoder _chunks;
    private HttpLimits _limits = HttpLimits.Default;
    private HeaderTable? _trailers;
    private BodyKind _kind;
    private long _maximum;

    /// <summary>Bytes that certainly follow, without framing in between.</summary>
    private long _available;

    /// <summary>The last byte of the body has been taken, and what frames it.</summary>
    public bool IsEnded => _kind == BodyKind.None;

    /// <summary>Body bytes taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Why the body was refused.</summary>
    public HttpRefusal Refusal { get; private set; }

    /// <summary>Only the end of the connection ends the body.</summary>
    public bool IsUntilClose => _kind == BodyKind.UntilClose;

    /// <summary>Its end is known by the last chunk.</summary>
    public bool IsChunked => _kind == BodyKind.Chunked;

    /// <summary>Chunked: bytes are to be decoded before it is known how many follow.</summary>
    public bool IsBetweenChunks => _kind == BodyKind.Chunked && _available == 0;

    /// <summary>Body bytes that may be taken before anything else is asked.</summary>
    public long Available => _available;

    /// <summary>Starts with the body of a message whose head has just been read.</summary>
    /// <param name="framing">The body.</param>
    /// <param name="limits">What is too much of chunk framing and trailers.</param>
    /// <param name="maximum">Longest body; a longer one is refused, by its first read if its length is known.</param>
    /// <param name="message">Takes the trailers.</param>
    public void Start(BodyFraming framing, HttpLimits limits, long maximum, HttpMessage message)
    {
        _kind = framing.Kind;
        _limits = limits;
        _maximum = maximum;
        _chunks = default;
        _trailers = framing.Kind == BodyKind.Chunked ? message.PrepareTrailers() : null;
        _available = framing.Kind == BodyKind.UntilClose ? long.MaxValue : framing.Length;
        Taken = 0;
        Refusal = framing.Kind == BodyKind.Length && framing.Length > maximum
            ? HttpRefusal.BodyTooLarge : HttpRefusal.None;
    }

    /// <summary>Chunked: goes on through framing bytes. False: more are needed, or the body is refused.</summary>
    public bool Decode(ReadOnlySpan<byte> bytes, out int consumed)
    {
        switch (_chunks.Read(bytes, _limits, _maximum, _trailers!, out consumed))
        {
            case ChunkedStep.Data:
                _available = _chunks.Remaining;
                return true;
            case ChunkedStep.Done:
                _kind = BodyKind.None;
                return true;
            case ChunkedStep.Refused:
                Refusal = _chunks.Refusal;
                return false;
            default:
                return false;
        }
    }

    /// <summary>Body bytes were taken, at most <see cref="Available"/>.</summary>
    public void Take(int count)
    {
        Taken += count;
        if (_kind == BodyKind.UntilClose)
        {
            if (Taken > _maximum)
                Refusal = HttpRefusal.BodyTooLarge;
            return;
        }

        _available -= count;
        if (_kind == BodyKind.Chunked)
            _chunks.Take(count);
        else if (_available == 0)
            _kind = BodyKind.None;
    }

    /// <summary>The connection has ended, and the body with it.</summary>
    public void End() => _kind = BodyKind.None;
}
