using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <summary>A connection as a <see cref="Stream"/>.</summary>
/// <param name="inner">The connection.</param>
/// <param name="disposed">Called once, when the adapter is disposed; null for nothing.</param>
internal sealed class StreamAdapter(IByteConnection inner, Action? disposed) : Stream
{
    private Action? _disposed = disposed;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException("A connection has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A connection has no position.");
        set => throw new NotSupportedException("A connection has no position.");
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        if (count == 0)
            return 0;
        TransferResult result = inner.Wait(buffer.AsMemory(offset, count), send: false);
        return result.Error is NngError.None or NngError.ConnectionShutdown
            ? (int)result.Count : throw Failure(Describe(result));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (NngException failure)
        {
            throw Failure(failure);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        TransferResult result = inner.Wait(buffer.AsMemory(offset, count), send: true);
        if (result.Error != NngError.None)
            throw Failure(Describe(result));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (NngException failure)
        {
            throw Failure(failure);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("A connection cannot seek.");

    public override void SetLength(long value) => throw new NotSupportedException("A connection has no length.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Interlocked.Exchange(ref _disposed, null)?.Invoke();
        base.Dispose(disposing);
    }

    private TransferException Describe(TransferResult result) =>
        new(result.Error, result.Count, $"{result.Error.Text()} ({inner}, after {result.Count} bytes).");

    /// <summary>What code written for <see cref="Stream"/> expects to catch.</summary>
    private static IOException Failure(NngException failure) => new(failure.Message, failure);
}
