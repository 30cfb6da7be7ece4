using System;
using System.IO;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>
/// Reads <c>multipart/form-data</c> and other multipart bodies part by part (RFC 2046 section 5.1, RFC 7578), without
/// keeping any of them.
/// </summary>
/// <remarks>
/// Refusals are <see cref="NngException"/> with <see cref="NngError.Protocol"/> (no or a malformed part where one must
/// be) or <see cref="NngError.MessageTooLarge"/>. Threading: one read at a time.
/// </remarks>
public sealed class MultipartReader
{
    /// <summary>Longest boundary (RFC 2046 section 5.1.1).</summary>
    private const int MaxBoundary = 70;

    private readonly Stream _source;
    private readonly HttpLimits _limits;
    private readonly int _maxParts;

    /// <summary>Line end, two hyphens, boundary.</summary>
    private readonly byte[] _delimiter;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private int _parts;

    /// <summary>The present part's delimiter has been taken, or there was no part yet.</summary>
    private bool _atDelimiter;

    /// <summary>The next two bytes end the part's headers, unless a delimiter begins with them.</summary>
    private bool _atHeadersEnd;

    private bool _ended;

    /// <summary>Counts parts, so that the stream of an earlier one knows that it is over.</summary>
    private int _version;

    /// <summary>Reads a body.</summary>
    /// <param name="body">For example <see cref="HttpContext.RequestBody"/>.</param>
    /// <param name="contentType">The <c>Content-Type</c> of the body, with its boundary.</param>
    /// <param name="limits">What is too much of the headers of a part; null for the defaults.</param>
    /// <param name="maxParts">Parts that are read at most.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.InvalidArgument"/>: not a multipart type, or no boundary of 1 to 70 characters.
    /// </exception>
    public MultipartReader(Stream body, string? contentType, HttpLimits? limits = null, int maxParts = 1000)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxParts);
        _source = body;
        _limits = limits ?? HttpLimits.Default;
        _maxParts = maxParts;
        _delimiter = Encoding.Latin1.GetBytes("\r\n--" + BoundaryOf(contentType));
        // The first delimiter may stand at the very start; behind a line end it looks like all others.
        "\r\n"u8.CopyTo(_buffer);
        _end = 2;
    }

    /// <summary>Goes to the next part; null after the last one. What is left of the present one is skipped.</summary>
    /// <param name="cancellationToken">Gives up; then the reader is of no further use.</param>
    /// <exception cref="NngException">The body is malformed or too large, or cannot be read.</exception>
    public async ValueTask<MultipartPart?> NextAsync(CancellationToken cancellationToken = default)
    {
        _version++;
        while (!_atDelimiter && !_ended)
            await ReadPartAsync(Memory<byte>.Empty, skip: true, cancellationToken).ConfigureAwait(false);
        if (_ended || !await StartPartAsync(cancellationToken).ConfigureAwait(false))
            return null;
        if (++_parts > _maxParts)
            throw new NngException(NngError.MessageTooLarge, $"The body has more than {_maxParts} parts.");
        HttpHeaders headers = await ReadHeadersAsync(cancellationToken).ConfigureAwait(false);
        _atDelimiter = false;
        return new MultipartPart(headers, new PartStream(this, _version));
    }

    private static string BoundaryOf(string? contentType)
    {
        if (MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            && type.MediaType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            foreach (NameValueHeaderValue parameter in type.Parameters)
            {
                string? boundary = parameter.Value?.Trim('"');
                if (string.Equals(parameter.Name, "boundary", StringComparison.OrdinalIgnoreCase)
                    && boundary is { Length: > 0 and <= MaxBoundary })
                    return boundary;
            }
        }

        throw new NngException(NngError.InvalidArgument, $"'{contentType}' is not a multipart type with a boundary.");
    }

    /// <summary>Behind a delimiter: true when a part follows, false at the end of the last one.</summary>
    private async ValueTask<bool> StartPartAsync(CancellationToken token)
    {
        await NeedAsync(2, token).ConfigureAwait(false);
        if (_buffer.AsSpan(_start, 2).SequenceEqual("--"u8))
        {
            // What follows is an epilogue that means nothing.
            _ended = true;
            return false;
        }

        // White space may stand between a delimiter and its line end (RFC 2046 section 5.1.1).
        int limit = _limits.MaxHeaderLine;
        while (HttpSyntax.IsSpace(_buffer[_start]))
        {
            _start++;
            await NeedAsync(2, token).ConfigureAwait(false);
            if (--limit == 0)
                throw new NngException(NngError.MessageTooLarge, "The line of a delimiter is too long.");
        }

        if (!_buffer.AsSpan(_start, 2).SequenceEqual("\r\n"u8))
            throw new NngException(NngError.Protocol, "A delimiter of a multipart body is not followed by a line end.");
        _start += 2;
        return true;
    }

    private async ValueTask<HttpHeaders> ReadHeadersAsync(CancellationToken token)
    {
        var table = new HeaderTable();
        var scan = new HeadScan { Phase = HeadPhase.Line };
        while (true)
        {
            Parsed parsed = HeaderParser.Parse(
                _buffer.AsSpan(_start, _end - _start), HeadLimits.Headers(_limits), ref scan, table);
            if (parsed.Status == ParseStatus.Refused)
                throw new NngException(parsed.Refusal.ToError(), $"A part of the body: {parsed.Refusal.ToText()}");
            if (parsed.Status == ParseStatus.Done)
            {
                table.Adopt(_buffer.AsSpan(_start, parsed.Count), 0);
                // The empty line's end may be that of a delimiter behind a part without bytes.
                _start += parsed.Count - 2;
                "\r\n"u8.CopyTo(_buffer.AsSpan(_start));
                _atHeadersEnd = true;
                return new HttpHeaders(table);
            }

            await FillAsync(token).ConfigureAwait(false);
        }
    }

    /// <summary>Bytes of the present part; 0 at its end. Skipping needs no buffer.</summary>
    private async ValueTask<int> ReadPartAsync(Memory<byte> buffer, bool skip, CancellationToken token)
    {
        while (!_atDelimiter)
        {
            int found = _buffer.AsSpan(_start, _end - _start).IndexOf(_delimiter);
            if (_atHeadersEnd && found != 0 && _end - _start >= _delimiter.Length)
            {
                _atHeadersEnd = false;
                _start += 2;
                continue;
            }

            if (found == 0)
            {
                _start += _delimiter.Length;
                _atDelimiter = true;
                _atHeadersEnd = false;
                return 0;
            }

            // What may be the start of a delimiter waits for the rest of it.
            int data = found > 0 ? found : _end - _start - (_delimiter.Length - 1);
            if (data > 0)
            {
                int count = skip ? data : Math.Min(data, buffer.Length);
                if (!skip)
                    _buffer.AsSpan(_start, count).CopyTo(buffer.Span);
                _start += count;
                return count;
            }

            await FillAsync(token).ConfigureAwait(false);
        }

        return 0;
    }

    private async ValueTask NeedAsync(int count, CancellationToken token)
    {
        while (_end - _start < count)
            await FillAsync(token).ConfigureAwait(false);
    }

    private async ValueTask FillAsync(CancellationToken token)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _end);
        int count = await _source.ReadAsync(_buffer.AsMemory(_end), token).ConfigureAwait(false);
        if (count == 0)
            throw new NngException(NngError.Protocol, "The multipart body ends without its last delimiter.");
        _end += count;
    }

    /// <summary>The bytes of one part; at its end, or when the reader has gone on, there are no more.</summary>
    private sealed class PartStream(MultipartReader reader, int version) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            buffer.IsEmpty || reader._version != version
                ? new ValueTask<int>(0) : reader.ReadPartAsync(buffer, skip: false, cancellationToken);

        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) =>
            ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
