using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;

namespace Nng.Http;

/// <content>The awaitable faces, and the adapters for code that knows streams and pipes.</content>
public sealed partial class HttpConnection : IByteConnection
{
    /// <summary>Writes what the operating system takes at once, waiting until it takes at least one byte.</summary>
    /// <param name="bytes">Any number; none yields 0.</param>
    /// <param name="cancellationToken">Ends the write and the connection, unless it is not this write's turn.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="TransferException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<int> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        _faces.SendAsync(bytes, cancellationToken);

    /// <summary>
    /// Writes all bytes; completes when the last one was handed to the operating system. The awaitable
    /// <see cref="WriteAll"/>.
    /// </summary>
    /// <param name="bytes">Any number, also none.</param>
    /// <param name="cancellationToken">
    /// Ends the write and the connection, unless it is not this write's turn; cancelled before the call, nothing
    /// happens but the exception.
    /// </param>
    /// <exception cref="TransferException">Why it failed, and the exact number of bytes that went before.</exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled; a <see cref="TransferCanceledException"/> with the exact number of bytes, if it was
    /// cancelled after the call.
    /// </exception>
    public ValueTask WriteAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        _faces.SendAllAsync(bytes, cancellationToken);

    /// <summary>Writes all bytes of a sequence, gathered into as few system calls as possible.</summary>
    /// <param name="bytes">Any number of segments.</param>
    /// <param name="cancellationToken">As for a single memory.</param>
    /// <exception cref="TransferException">As for a single memory.</exception>
    /// <exception cref="OperationCanceledException">As for a single memory.</exception>
    public ValueTask WriteAllAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken = default) =>
        _faces.SendAllAsync(bytes, cancellationToken);

    /// <summary>Writes all bytes of a list, gathered into as few system calls as possible.</summary>
    /// <param name="bytes">Any number of elements, also empty ones; read before the call returns.</param>
    /// <param name="cancellationToken">As for a single memory.</param>
    /// <exception cref="TransferException">As for a single memory.</exception>
    /// <exception cref="OperationCanceledException">As for a single memory.</exception>
    public ValueTask WriteAllAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> bytes, CancellationToken cancellationToken = default) =>
        _faces.SendAllAsync(bytes, cancellationToken);

    /// <summary>
    /// As <see cref="WriteAllAsync(ReadOnlyMemory{byte}, CancellationToken)"/>, without exceptions.
    /// </summary>
    /// <param name="bytes">Any number, also none.</param>
    /// <param name="cancellationToken">Ends the write with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes written.</returns>
    public ValueTask<TransferResult> TryWriteAllAsync(
        ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        _faces.TrySendAllAsync(bytes, cancellationToken);

    /// <summary>
    /// As <see cref="WriteAllAsync(ReadOnlySequence{byte}, CancellationToken)"/>, without exceptions.
    /// </summary>
    /// <param name="bytes">Any number of segments.</param>
    /// <param name="cancellationToken">Ends the write with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes written.</returns>
    public ValueTask<TransferResult> TryWriteAllAsync(
        ReadOnlySequence<byte> bytes, CancellationToken cancellationToken = default) =>
        _faces.TrySendAllAsync(bytes, cancellationToken);

    /// <summary>
    /// As <see cref="WriteAllAsync(IReadOnlyList{ReadOnlyMemory{byte}}, CancellationToken)"/>, without exceptions.
    /// </summary>
    /// <param name="bytes">Any number of elements, also empty ones; read before the call returns.</param>
    /// <param name="cancellationToken">Ends the write with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes written.</returns>
    public ValueTask<TransferResult> TryWriteAllAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> bytes, CancellationToken cancellationToken = default) =>
        _faces.TrySendAllAsync(bytes, cancellationToken);

    /// <summary>Reads what is there, waiting for at least one byte. The awaitable <see cref="Read"/>.</summary>
    /// <param name="buffer">Where the bytes go; an empty one yields 0 at once.</param>
    /// <param name="cancellationToken">Ends the read and the connection, unless it is not this read's turn.</param>
    /// <returns>Bytes read; 0 at the end of the stream, which is the end of the connection too.</returns>
    /// <exception cref="TransferException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _faces.ReceiveAsync(buffer, cancellationToken);

    /// <summary>As <see cref="ReadAsync"/>, without exceptions.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="cancellationToken">Ends the read with <see cref="NngError.Canceled"/>.</param>
    /// <returns>
    /// How it ended (<see cref="NngError.ConnectionShutdown"/> at the end of the stream) and the number of bytes.
    /// </returns>
    public ValueTask<TransferResult> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _faces.TryReceiveAsync(buffer, cancellationToken);

    /// <summary>
    /// Fills the buffer, and takes no byte beyond it. The awaitable <see cref="ReadAll"/>.
    /// </summary>
    /// <param name="buffer">Any length, also none.</param>
    /// <param name="cancellationToken">Ends the read and the connection, unless it is not this read's turn.</param>
    /// <exception cref="TransferException">
    /// Why it failed, <see cref="NngError.ConnectionShutdown"/> at the end of the stream, and the exact number of
    /// bytes in the buffer.
    /// </exception>
    /// <exception cref="TransferCanceledException">The token was cancelled first.</exception>
    public ValueTask ReadAllAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _faces.ReceiveAllAsync(buffer, cancellationToken);

    /// <summary>As <see cref="ReadAllAsync"/>, without exceptions.</summary>
    /// <param name="buffer">Any length, also none.</param>
    /// <param name="cancellationToken">Ends the read with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes in the buffer.</returns>
    public ValueTask<TransferResult> TryReadAllAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _faces.TryReceiveAllAsync(buffer, cancellationToken);

    /// <summary>Reads a request's head. The awaitable <see cref="ReadRequest"/>.</summary>
    /// <param name="request">Is reset when its turn comes.</param>
    /// <param name="cancellationToken">Ends the read and the connection, unless it is not this read's turn.</param>
    /// <exception cref="NngException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask ReadRequestAsync(HttpRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ReadHeadAsync(request, cancellationToken);
    }

    /// <summary>Reads a response's head. The awaitable <see cref="ReadResponse"/>.</summary>
    /// <param name="response">Is reset when its turn comes.</param>
    /// <param name="cancellationToken">Ends the read and the connection, unless it is not this read's turn.</param>
    /// <exception cref="NngException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask ReadResponseAsync(HttpResponse response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        return ReadHeadAsync(response, cancellationToken);
    }

    /// <summary>Writes a request with its body. The awaitable <see cref="WriteRequest"/>.</summary>
    /// <param name="request">With a target.</param>
    /// <param name="cancellationToken">Ends the write and the connection, unless it is not this write's turn.</param>
    /// <exception cref="TransferException">Why it failed, and the exact number of bytes that went before.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask WriteRequestAsync(HttpRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteMessageAsync(request, cancellationToken);
    }

    /// <summary>Writes a response with its body. The awaitable <see cref="WriteResponse"/>.</summary>
    /// <param name="response">Any.</param>
    /// <param name="cancellationToken">Ends the write and the connection, unless it is not this write's turn.</param>
    /// <exception cref="TransferException">Why it failed, and the exact number of bytes that went before.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask WriteResponseAsync(HttpResponse response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        return WriteMessageAsync(response, cancellationToken);
    }

    /// <summary>Exchanges a request for a response with its whole body. The awaitable <see cref="Transact"/>.</summary>
    /// <param name="request">With a target.</param>
    /// <param name="response">Is reset.</param>
    /// <param name="cancellationToken">Ends the exchange and the connection.</param>
    /// <exception cref="NngException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask TransactAsync(
        HttpRequest request, HttpResponse response, CancellationToken cancellationToken = default) =>
        TransactWithAsync(default, request, response, cancellationToken);

    /// <summary>The same with further header lines of the request.</summary>
    internal ValueTask TransactWithAsync(
        ReadOnlySpan<byte> extra, HttpRequest request, HttpResponse response, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        Aio aio = Aio.RentAwaited(_faces, _faces.ReceiveTimeoutMs, cancellationToken);
        ValueTask task = aio.PrepareTask();
        TransactWith(extra, request, response, aio);
        aio.RegisterToken();
        return task;
    }

    /// <summary>
    /// The connection as a <see cref="Stream"/>: its writes end when everything is written, its reads with what is
    /// there, 0 at the end. Failures are <see cref="IOException"/> around an <see cref="NngException"/>.
    /// </summary>
    /// <param name="leaveOpen">Disposing the <see cref="Stream"/> does not close the connection.</param>
    public Stream AsStream(bool leaveOpen = false) => new StreamAdapter(this, leaveOpen ? null : Close);

    /// <summary>The connection as a pair of pipes; completing both ends closes it.</summary>
    public IDuplexPipe AsDuplexPipe() => new PipeAdapter(this);

    /// <inheritdoc/>
    TransferResult IByteConnection.Wait(ReadOnlyMemory<byte> memory, bool send) => _faces.Wait(memory, send);

    /// <inheritdoc/>
    ValueTask IByteConnection.WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _faces.SendAllAsync(bytes, cancellationToken);

    private ValueTask ReadHeadAsync(HttpMessage message, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled(token);
        Aio aio = Aio.RentAwaited(_faces, _faces.ReceiveTimeoutMs, token);
        ValueTask task = aio.PrepareTask();
        _reads.SubmitHead(aio, message);
        aio.RegisterToken();
        return task;
    }

    private ValueTask WriteMessageAsync(HttpMessage message, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled(token);
        Aio aio = Aio.RentAwaited(_faces, _faces.SendTimeoutMs, token);
        ValueTask task = aio.PrepareTask();
        _writes.Submit(aio, message);
        aio.RegisterToken();
        return task;
    }
}
