using System;

namespace Nng.Http;

/// <summary>Decodes the chunked transfer coding (RFC 9112 section 7.1): finds the data, which stays where it is.</summary>
/// <remarks>
/// Call <see cref="Read"/> on the bytes at hand. After <see cref="ChunkedStep.Data"/> take up to <see cref="Remaining"/>
/// bytes, from the same buffer or straight from the connection, and report them with <see cref="Take"/>. Trailer lines
/// go to a table of their own, never to the headers (RFC 9110 section 6.5.1). Not thread-safe; starts as default.
/// </remarks>
internal struct ChunkedDecoder
{
    /// <summary>Digits of the longest size: 63 bits.</summary>
    private const int MaxDigits = 16;

    private Phase _phase;
    private int _digits;
    private long _size;
    private long _total;

    /// <summary>Length of the present size line.</summary>
    private int _line;

    /// <summary>Extension bytes of all chunks.</summary>
    private int _extensions;

    private HeadScan _trailers;

    private enum Phase : byte
    {
        Size,
        Space,
        Extension,
        SizeLineFeed,
        Data,
        DataReturn,
        DataLineFeed,
        Trailers,
        Done,
        Refused,
    }

    /// <summary>Data bytes that are left of the present chunk.</summary>
    public readonly long Remaining => _phase == Phase.Data ? _size : 0;

    /// <summary>Sum of all chunk sizes so far.</summary>
    public readonly long Total => _total;

    /// <summary>Why the body was refused.</summary>
    public HttpRefusal Refusal { get; private set; }

    /// <summary>Goes on to the next data, the end, or the end of the bytes.</summary>
    /// <param name="bytes">What follows the bytes consumed so far.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="maxBody">Longest body; above it <see cref="HttpRefusal.BodyTooLarge"/>.</param>
    /// <param name="trailers">Takes the trailer lines; empty at first.</param>
    /// <param name="consumed">How many bytes were used up.</param>
    public ChunkedStep Read(
        ReadOnlySpan<byte> bytes, HttpLimits limits, long maxBody, HeaderTable trailers, out int consumed)
    {
        consumed = 0;
        while (true)
        {
            switch (_phase)
            {
                case Phase.Data:
                    return ChunkedStep.Data;
                case Phase.Done:
                    return ChunkedStep.Done;
                case Phase.Refused:
                    return ChunkedStep.Refused;
                case Phase.Trailers:
                    return ReadTrailers(bytes[consumed..], limits, trailers, ref consumed);
                case Phase.Extension:
                    if (!ReadExtension(bytes, limits, maxBody, ref consumed))
                        return EndOfBytes();
                    break;
                default:
                    if (consumed == bytes.Length)
                        return ChunkedStep.NeedMore;
                    Step(bytes[consumed++], limits, maxBody);
                    break;
            }
        }
    }

    /// <summary>Reports data bytes as taken, at most <see cref="Remaining"/>.</summary>
    public void Take(long count)
    {
        _size -= count;
        if (_size == 0)
            _phase = Phase.DataReturn;
    }

    private readonly ChunkedStep EndOfBytes() =>
        _phase == Phase.Refused ? ChunkedStep.Refused : ChunkedStep.NeedMore;

    private void Step(byte b, HttpLimits limits, long maxBody)
    {
        switch (_phase)
        {
            case Phase.Size:
                ReadSize(b, limits, maxBody);
                break;
            case Phase.Space:
                ReadSpace(b, limits, maxBody);
                break;
            case Phase.SizeLineFeed:
                if (b == '\n')
                    EndSizeLine(maxBody);
                else
                    Refuse(HttpRefusal.BareCarriageReturn);
                break;
            case Phase.DataReturn:
                if (b == '\r')
                    _phase = Phase.DataLineFeed;
                else if (b == '\n' && limits.AllowBareLf)
                    StartSize();
                else
                    Refuse(HttpRefusal.ChunkDataUnterminated);
                break;
            default:
                if (b == '\n')
                    StartSize();
                else
                    Refuse(HttpRefusal.ChunkDataUnterminated);
                break;
        }
    }

    private void ReadSize(byte b, HttpLimits limits, long maxBody)
    {
        int digit = HexValue(b);
        if (digit < 0)
        {
            if (_digits == 0)
                Refuse(HttpRefusal.ChunkSizeMalformed);
            else
                ReadSpace(b, limits, maxBody);
            return;
        }

        // The top digit may not reach the sign: 63 bits.
        if (_digits == MaxDigits || _size > long.MaxValue >> 4)
            Refuse(HttpRefusal.ChunkSizeTooLarge);
        else if (++_line > limits.MaxChunkLine)
            Refuse(HttpRefusal.ChunkLineTooLong);
        else
        {
            _digits++;
            _size = (_size << 4) | (uint)digit;
        }
    }

    /// <summary>After the size: white space, an extension, or the line's end (RFC 9112 section 7.1.1).</summary>
    private void ReadSpace(byte b, HttpLimits limits, long maxBody)
    {
        switch (b)
        {
            case (byte)';':
                _phase = Phase.Extension;
                CountExtension(1, limits);
                break;
            case (byte)' ' or (byte)'\t':
                _phase = Phase.Space;
                CountExtension(1, limits);
                break;
            default:
                ReadLineEnd(b, limits, maxBody);
                break;
        }
    }

    /// <summary>False: the bytes ended, or are refused.</summary>
    private bool ReadExtension(ReadOnlySpan<byte> bytes, HttpLimits limits, long maxBody, ref int consumed)
    {
        int stop = bytes[consumed..].IndexOfAny(HttpSyntax.ValueStop);
        int length = stop < 0 ? bytes.Length - consumed : stop;
        consumed += length;
        CountExtension(length, limits);
        if (stop < 0 || _phase == Phase.Refused)
            return false;
        ReadLineEnd(bytes[consumed++], limits, maxBody);
        return true;
    }

    private void CountExtension(int length, HttpLimits limits)
    {
        int line = limits.MaxChunkLine - _line;
        int total = limits.MaxChunkExtensions - _extensions;
        _line += length;
        _extensions += length;
        if (length > line || length > total)
            Refuse(line <= total ? HttpRefusal.ChunkLineTooLong : HttpRefusal.ChunkExtensionsTooLarge);
    }

    private void ReadLineEnd(byte b, HttpLimits limits, long maxBody)
    {
        if (b == '\r')
            _phase = Phase.SizeLineFeed;
        else if (b != '\n')
            Refuse(HttpRefusal.ChunkExtensionMalformed);
        else if (limits.AllowBareLf)
            EndSizeLine(maxBody);
        else
            Refuse(HttpRefusal.BareLineFeed);
    }

    private void EndSizeLine(long maxBody)
    {
        if (_size > maxBody - _total)
        {
            Refuse(HttpRefusal.BodyTooLarge);
            return;
        }

        _total += _size;
        _phase = _size == 0 ? Phase.Trailers : Phase.Data;
        _trailers = new HeadScan { Phase = HeadPhase.Line };
    }

    private void StartSize()
    {
        _phase = Phase.Size;
        _digits = 0;
        _line = 0;
        _size = 0;
    }

    private ChunkedStep ReadTrailers(
        ReadOnlySpan<byte> bytes, HttpLimits limits, HeaderTable trailers, ref int consumed)
    {
        Parsed parsed = HeaderParser.Parse(bytes, HeadLimits.Trailers(limits), ref _trailers, trailers);
        switch (parsed.Status)
        {
            case ParseStatus.NeedMore:
                return ChunkedStep.NeedMore;
            case ParseStatus.Refused:
                Refuse(parsed.Refusal);
                return ChunkedStep.Refused;
            default:
                if (trailers.Count > 0)
                    trailers.Adopt(bytes[..parsed.Count], 0);
                consumed += parsed.Count;
                _phase = Phase.Done;
                return ChunkedStep.Done;
        }
    }

    private void Refuse(HttpRefusal refusal)
    {
        _phase = Phase.Refused;
        Refusal = refusal;
    }

    private static int HexValue(byte b)
    {
        if (b is >= (byte)'0' and <= (byte)'9')
            return b - '0';
        int letter = b | 0x20;
        return letter is >= 'a' and <= 'f' ? letter - 'a' + 10 : -1;
    }
}
