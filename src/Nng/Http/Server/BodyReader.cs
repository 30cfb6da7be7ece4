using System;

namespace Nng.Http;

/// <summary>Finds the body of a request in received bytes, whatever its framing; pure.</summary>
internal struct BodyReader
{
    private readonly BodyKind _kind;
    private readonly long _maxLength;
    private long _remaining;
    private ChunkedDecoder _decoder;

    /// <param name="framing">None or a length or chunked.</param>
    /// <param name="maxLength">Longest chunked body; a length has been checked before.</param>
    public BodyReader(BodyFraming framing, long maxLength)
    {
        _kind = framing.Kind;
        _remaining = framing.Length;
        _maxLength = maxLength;
        IsDone = framing.Kind == BodyKind.None;
    }

    /// <summary>The whole body has been found.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Bytes that are still to come; -1 when only the last chunk will tell.</summary>
    public readonly long Remaining => IsDone ? 0 : _kind == BodyKind.Length ? _remaining : -1;

    /// <summary>Why the body was refused.</summary>
    public readonly HttpRefusal Refusal => _decoder.Refusal;

    /// <summary>Finds the next data.</summary>
    /// <param name="bytes">What follows the bytes consumed so far.</param>
    /// <param name="wanted">Longest data.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="trailers">Takes the trailer lines.</param>
    /// <param name="skip">Bytes to consume before the data.</param>
    /// <param name="length">Length of the data, which is to be consumed with it.</param>
    public ChunkedStep Read(
        ReadOnlySpan<byte> bytes, int wanted, HttpLimits limits, HttpRequest trailers, out int skip, out int length)
    {
        skip = 0;
        length = 0;
        if (IsDone)
            return ChunkedStep.Done;
        if (_kind == BodyKind.Length)
        {
            length = (int)Math.Min(_remaining, Math.Min(wanted, bytes.Length));
            _remaining -= length;
            IsDone = _remaining == 0;
            return length == 0 ? ChunkedStep.NeedMore : ChunkedStep.Data;
        }

        ChunkedStep step = _decoder.Read(bytes, limits, _maxLength, trailers.PrepareTrailers(), out skip);
        if (step == ChunkedStep.Data)
        {
            length = (int)Math.Min(_decoder.Remaining, Math.Min(wanted, bytes.Length - skip));
            if (length == 0)
                return ChunkedStep.NeedMore;
            _decoder.Take(length);
        }

        IsDone = step == ChunkedStep.Done;
        return step;
    }
}
