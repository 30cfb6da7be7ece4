using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>A response's body as it arrives. Threading: one read at a time.</summary>
internal sealed class HttpResponseStream(HttpExchange exchange) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException("The length of a body is known at its end.");

    public override long Position
    {
        get => throw new NotSupportedException("A body cannot be read twice.");
        set => throw new NotSupportedException("A body cannot be read twice.");
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        exchange.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return exchange.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return exchange.Read(buffer.AsMemory(offset, count));
    }

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A response's body is only read.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("A body cannot be read twice.");

    public override void SetLength(long value) => throw new NotSupportedException("A response's body is only read.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            exchange.Dispose();
        base.Dispose(disposing);
    }
}
