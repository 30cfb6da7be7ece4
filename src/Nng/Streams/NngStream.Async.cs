using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <content>The awaitable faces.</content>
public sealed partial class NngStream
{
    /// <summary>Sends all bytes; completes when the last one has been handed to the operating system.</summary>
    /// <param name="bytes">Any number, also none.</param>
    /// <param name="cancellationToken">Ends the write, possibly amid the bytes.</param>
    /// <exception cref="TransferException">Why it failed, and the exact number of bytes that went before.</exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled; a <see cref="TransferCanceledException"/> with the exact number of bytes, if it was
    /// cancelled after the call.
    /// </exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        _faces.SendAllAsync(bytes, cancellationToken);

    /// <summary>Sends all bytes of a sequence, gathered into as few system calls as possible.</summary>
    /// <param name="bytes">Any number of segments.</param>
    /// <param name="cancellationToken">Ends the write, possibly amid the bytes.</param>
    /// <exception cref="TransferException">As for a single memory.</exception>
    /// <exception cref="OperationCanceledException">As for a single memory.</exception>
    public ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken = default) =>
        _faces.SendAllAsync(bytes, cancellationToken);

    /// <summary>Sends all bytes of a list, gathered into as few system calls as possible.</summary>
    /// <param name="bytes">Any number of elements, also empty ones; read before the call returns.</param>
    /// <param name="cancellationToken">Ends the write, possibly amid the bytes.</param>
    /// <exception cref="TransferException">As for a single memory.</exception>
    /// <exception cref="OperationCanceledException">As for a single memory.</exception>
    public ValueTask WriteAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> bytes, CancellationToken cancellationToken = default) =>
        _faces.SendAllAsync(bytes, cancellationToken);

    /// <summary>As <see cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>, without exceptions.</summary>
    /// <param name="bytes">Any number, also none.</param>
    /// <param name="cancellationToken">Ends the write with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes sent.</returns>
    public ValueTask<TransferResult> TryWriteAsync(
        ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        _faces.TrySendAllAsync(bytes, cancellationToken);

    /// <summary>As <see cref="WriteAsync(ReadOnlySequence{byte}, CancellationToken)"/>, without exceptions.</summary>
    /// <param name="bytes">Any number of segments.</param>
    /// <param name="cancellationToken">Ends the write with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes sent.</returns>
    public ValueTask<TransferResult> TryWriteAsync(
        ReadOnlySequence<byte> bytes, CancellationToken cancellationToken = default) =>
        _faces.TrySendAllAsync(bytes, cancellationToken);

    /// <summary>
    /// As <see cref="WriteAsync(IReadOnlyList{ReadOnlyMemory{byte}}, CancellationToken)"/>, without exceptions.
    /// </summary>
    /// <param name="bytes">Any number of elements, also empty ones; read before the call returns.</param>
    /// <param name="cancellationToken">Ends the write with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes sent.</returns>
    public ValueTask<TransferResult> TryWriteAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> bytes, CancellationToken cancellationToken = default) =>
        _faces.TrySendAllAsync(bytes, cancellationToken);

    /// <summary>Receives what is there, waiting for at least one byte.</summary>
    /// <param name="buffer">Where the bytes go; an empty one yields 0 at once.</param>
    /// <param name="cancellationToken">Gives up; the stream stays usable.</param>
    /// <returns>Bytes received; 0 at the end of the stream.</returns>
    /// <exception cref="TransferException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _faces.ReceiveAsync(buffer, cancellationToken);

    /// <summary>Fills the buffer, and takes no byte beyond it.</summary>
    /// <param name="buffer">Any length, also none.</param>
    /// <param name="cancellationToken">Gives up; bytes received before are in the buffer.</param>
    /// <exception cref="TransferException">
    /// Why it failed, <see cref="NngError.ConnectionShutdown"/> at the end of the stream, and the exact number of
    /// bytes received before.
    /// </exception>
    /// <exception cref="TransferCanceledException">The token was cancelled first.</exception>
    public ValueTask ReadExactlyAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _faces.ReceiveAllAsync(buffer, cancellationToken);

    /// <summary>As <see cref="ReadExactlyAsync"/>, without exceptions.</summary>
    /// <param name="buffer">Any length, also none.</param>
    /// <param name="cancellationToken">Gives up with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes in the buffer.</returns>
    public ValueTask<TransferResult> TryReadExactlyAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _faces.TryReceiveAllAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    TransferResult IByteConnection.Wait(ReadOnlyMemory<byte> memory, bool send) => _faces.Wait(memory, send);
}
