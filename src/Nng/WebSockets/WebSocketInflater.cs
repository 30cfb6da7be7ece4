using System;
using System.IO;
using System.IO.Compression;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>Decompresses the messages of one direction (permessage-deflate, RFC 7692, 7.2.2).</summary>
/// <remarks>Not thread-safe: it belongs to whoever receives on a connection.</remarks>
/// <param name="takeover">Messages may refer to earlier ones.</param>
internal sealed class WebSocketInflater(bool takeover) : IDisposable
{
    /// <summary>
    /// Longest message when no other limit is set: a few bytes can claim a thousand times as many, so that "unlimited"
    /// would be a promise of all memory.
    /// </summary>
    public const long DefaultMax = 64L << 20;

    private readonly Source _source = new();
    private DeflateStream? _stream;

    /// <summary>Makes the plain message of a compressed one, which is disposed.</summary>
    /// <param name="compressed">The payload of the message.</param>
    /// <param name="max">Longest plain message; 0 for <see cref="DefaultMax"/>.</param>
    /// <param name="message">The plain message; after a refusal none.</param>
    public WebSocketRefusal Inflate(Message compressed, long max, out Message? message)
    {
        message = null;
        var growing = default(GrowingMessage);
        _source.Put(compressed.Memory);
        try
        {
            WebSocketRefusal refusal = Inflate(max == 0 ? DefaultMax : max, ref growing);
            if (refusal == WebSocketRefusal.None)
                message = growing.Take();
            return refusal;
        }
        catch (InvalidDataException)
        {
            return WebSocketRefusal.InvalidDeflate;
        }
        catch (Exception failure) when (failure is OutOfMemoryException or IOException)
        {
            // The library below says so with an exception of its own.
            return WebSocketRefusal.NoMemory;
        }
        finally
        {
            growing.Drop();
            compressed.Dispose();
            _source.Clear();
            if (!takeover)
                Dispose();
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private WebSocketRefusal Inflate(long max, ref GrowingMessage growing)
    {
        Span<byte> piece = stackalloc byte[4096];
        if (!growing.TryAnnounce(0, isLast: false))
            return WebSocketRefusal.NoMemory;
        while (true)
        {
            _stream ??= new DeflateStream(_source, CompressionMode.Decompress, leaveOpen: true);
            int count = _stream.Read(piece);
            if (count == 0 && !_source.WasRead)
            {
                // The peer had ended its stream with the last message and begins a new one (RFC 7692, 7.2.3.4).
                Dispose();
                continue;
            }

            if (count == 0)
                return WebSocketRefusal.None;
            if (growing.Filled + (long)count > max)
                return WebSocketRefusal.MessageTooLong;
            if (!growing.TryAppend(piece[..count]))
                return WebSocketRefusal.NoMemory;
        }
    }

    /// <summary>Gives the bytes of the present message and what the wire leaves out behind them.</summary>
    private sealed class Source : Stream
    {
        private static readonly byte[] s_tail = [0x00, 0x00, 0xff, 0xff];

        private ReadOnlyMemory<byte> _bytes;
        private ReadOnlyMemory<byte> _tail;

        /// <summary>Somebody wanted bytes of the present message.</summary>
        public bool WasRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Put(ReadOnlyMemory<byte> bytes)
        {
            _bytes = bytes;
            _tail = s_tail;
            WasRead = false;
        }

        public void Clear()
        {
            _bytes = default;
            _tail = default;
        }

        public override int Read(Span<byte> buffer)
        {
            WasRead = true;
            if (_bytes.IsEmpty)
                (_bytes, _tail) = (_tail, default);
            int count = Math.Min(buffer.Length, _bytes.Length);
            _bytes.Span[..count].CopyTo(buffer);
            _bytes = _bytes[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
