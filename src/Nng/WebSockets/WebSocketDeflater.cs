using System;
using System.IO;
using System.IO.Compression;
using System.Threading;

namespace Nng.WebSockets;

/// <summary>Compresses the messages of one direction (permessage-deflate, RFC 7692, 7.2.1).</summary>
/// <remarks>Threading: one thread compresses at a time, the writer of a connection; anybody disposes.</remarks>
/// <param name="takeover">Messages may refer to earlier ones.</param>
internal sealed class WebSocketDeflater(bool takeover) : IDisposable
{
    /// <summary>Shorter messages do not get smaller.</summary>
    private const int MinBytes = 64;

    /// <summary>What a flush ends with and the wire leaves out (RFC 7692, 7.2.1).</summary>
    private const int TailBytes = 4;

    private readonly Lock _lock = new();
    private readonly Sink _sink = new();
    private DeflateStream? _stream;
    private bool _disposed;

    /// <summary>Puts a compressed message in the place of a plain one, whose header it contains.</summary>
    /// <returns>False: it is too short and stays as it is.</returns>
    public bool TryCompress(ref Message message)
    {
        int length = message.HeaderLength + message.Length;
        if (length < MinBytes)
            return false;
        lock (_lock)
        {
            if (_disposed)
                return false;
            Message target = Message.Rent(0);
            _sink.Target = target;
            _stream ??= new DeflateStream(_sink, CompressionLevel.Fastest, leaveOpen: true);
            _stream.Write(message.Header);
            _stream.Write(message.Body);
            _stream.Flush();
            _sink.Target = null;
            target.Chop(TailBytes);
            if (!takeover)
                End();
            target.IsText = message.IsText;
            message.Dispose();
            message = target;
            return true;
        }
    }

    /// <summary>Frees the state; messages stay as they are from now on.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            End();
        }
    }

    private void End()
    {
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>Appends what is written to the present message; without one, to none.</summary>
    private sealed class Sink : Stream
    {
        public Message? Target { get; set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => Target?.Append(buffer);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
