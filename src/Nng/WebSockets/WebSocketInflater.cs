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

    /// <summary>What one step makes at most: a part of what a connection may move before others have their turn.</summary>
    public const int StepBytes = 64 * 1024;

    private readonly Source _source = new();
    private DeflateStream? _stream;

    /// <summary>The message being decompressed; null for none.</summary>
    private Message? _compressed;

    /// <summary>What has become of it so far.</summary>
    private GrowingMessage _growing;

    /// <summary>Longest plain message.</summary>
    private long _max;

    /// <summary>A message has begun, and <see cref="Step"/> is to be called.</summary>
    public bool IsInflating => _compressed is not null;

    /// <summary>Begins to make the plain message of a compressed one, which is taken.</summary>
    /// <param name="compressed">The payload of the message.</param>
    /// <param name="max">Longest plain message; 0 for <see cref="DefaultMax"/>.</param>
    public void Begin(Message compressed, long max)
    {
        _compressed = compressed;
        _max = max == 0 ? DefaultMax : max;
        _source.Put(compressed.Memory);
    }

    /// <summary>Goes on by at most <see cref="StepBytes"/>.</summary>
    /// <param name="message">The plain message; null when there is more to do, and after a refusal.</param>
    public WebSocketRefusal Step(out Message? message)
    {
        message = null;
        bool isOver = true;
        try
        {
            WebSocketRefusal refusal = Inflate(out isOver);
            if (isOver && refusal == WebSocketRefusal.None)
                message = _growing.Take();
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
            if (isOver)
                End();
        }
    }

    public void Dispose()
    {
        Forget();
        DropStream();
    }

    private void End()
    {
        Forget();
        if (!takeover)
            DropStream();
    }

    private void Forget()
    {
        _growing.Drop();
        _compressed?.Dispose();
        _compressed = null;
        _source.Clear();
    }

    private void DropStream()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private WebSocketRefusal Inflate(out bool isOver)
    {
        isOver = true;
        Span<byte> piece = stackalloc byte[4096];
        if (!_growing.IsOpen && !_growing.TryAnnounce(0, isLast: false))
            return WebSocketRefusal.NoMemory;
        for (int made = 0; made < StepBytes;)
        {
            _stream ??= new DeflateStream(_source, CompressionMode.Decompress, leaveOpen: true);
            int count = _stream.Read(piece);
            if (count == 0 && !_source.WasRead)
            {
                // The peer had ended its stream with the last message and begins a new one (RFC 7692, 7.2.3.4).
                DropStream();
                continue;
            }

            if (count == 0)
                return WebSocketRefusal.None;
            if (_growing.Filled + (long)count > _max)
                return WebSocketRefusal.MessageTooLong;
            if (!_growing.TryAppend(piece[..count]))
                return WebSocketRefusal.NoMemory;
            made += count;
        }

        isOver = false;
        return WebSocketRefusal.None;
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
