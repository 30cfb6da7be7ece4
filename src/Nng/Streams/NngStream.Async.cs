using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <content>The awaitable faces. What can be moved at once costs no operation; the rest one from a pool.</content>
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
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        NngError error = _sends.TrySendNow(bytes.Span, out int sent);
        if (error == NngError.None)
            return default;
        if (error is not (NngError.Busy or NngError.TryAgain))
            return ValueTask.FromException(Failure(error, sent, cancellationToken));
        Aio aio = Rent(bytes, cancellationToken);
        ValueTask task = aio.PrepareTask();
        StartSend(aio, error, sent);
        return task;
    }

    /// <summary>Sends all bytes of a sequence, gathered into as few system calls as possible.</summary>
    /// <param name="bytes">Any number of segments.</param>
    /// <param name="cancellationToken">Ends the write, possibly amid the bytes.</param>
    /// <exception cref="TransferException">As for a single memory.</exception>
    /// <exception cref="OperationCanceledException">As for a single memory.</exception>
    public ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (bytes.IsSingleSegment)
            return WriteAsync(bytes.First, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        Aio aio = Rent(bytes, cancellationToken);
        ValueTask task = aio.PrepareTask();
        StartSend(aio, NngError.Busy, 0);
        return task;
    }

    /// <summary>Sends all bytes of a list, gathered into as few system calls as possible.</summary>
    /// <param name="bytes">Any number of elements, also empty ones; read before the call returns.</param>
    /// <param name="cancellationToken">Ends the write, possibly amid the bytes.</param>
    /// <exception cref="TransferException">As for a single memory.</exception>
    /// <exception cref="OperationCanceledException">As for a single memory.</exception>
    public ValueTask WriteAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> bytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        Aio aio = Rent(bytes, cancellationToken);
        ValueTask task = aio.PrepareTask();
        StartSend(aio, NngError.Busy, 0);
        return task;
    }

    /// <summary>As <see cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>, without exceptions.</summary>
    /// <param name="bytes">Any number, also none.</param>
    /// <param name="cancellationToken">Ends the write with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes sent.</returns>
    public ValueTask<TransferResult> TryWriteAsync(
        ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromResult(new TransferResult(NngError.Canceled, 0));
        NngError error = _sends.TrySendNow(bytes.Span, out int sent);
        if (error is not (NngError.Busy or NngError.TryAgain))
            return ValueTask.FromResult(new TransferResult(error, sent));
        Aio aio = Rent(bytes, cancellationToken);
        ValueTask<TransferResult> task = aio.PrepareResultTask();
        StartSend(aio, error, sent);
        return task;
    }

    /// <summary>As <see cref="WriteAsync(ReadOnlySequence{byte}, CancellationToken)"/>, without exceptions.</summary>
    /// <param name="bytes">Any number of segments.</param>
    /// <param name="cancellationToken">Ends the write with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes sent.</returns>
    public ValueTask<TransferResult> TryWriteAsync(
        ReadOnlySequence<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (bytes.IsSingleSegment)
            return TryWriteAsync(bytes.First, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromResult(new TransferResult(NngError.Canceled, 0));
        Aio aio = Rent(bytes, cancellationToken);
        ValueTask<TransferResult> task = aio.PrepareResultTask();
        StartSend(aio, NngError.Busy, 0);
        return task;
    }

    /// <summary>
    /// As <see cref="WriteAsync(IReadOnlyList{ReadOnlyMemory{byte}}, CancellationToken)"/>, without exceptions.
    /// </summary>
    /// <param name="bytes">Any number of elements, also empty ones; read before the call returns.</param>
    /// <param name="cancellationToken">Ends the write with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes sent.</returns>
    public ValueTask<TransferResult> TryWriteAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> bytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromResult(new TransferResult(NngError.Canceled, 0));
        Aio aio = Rent(bytes, cancellationToken);
        ValueTask<TransferResult> task = aio.PrepareResultTask();
        StartSend(aio, NngError.Busy, 0);
        return task;
    }

    /// <summary>Receives what is there, waiting for at least one byte.</summary>
    /// <param name="buffer">Where the bytes go; an empty one yields 0 at once.</param>
    /// <param name="cancellationToken">Gives up; the stream stays usable.</param>
    /// <returns>Bytes received; 0 at the end of the stream.</returns>
    /// <exception cref="TransferException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);
        if (buffer.IsEmpty)
            return new ValueTask<int>(0);
        NngError error = _receives.TryReceiveNow(buffer.Span, out int received);
        if (error == NngError.None)
            return new ValueTask<int>(received);
        if (error == NngError.ConnectionShutdown)
            return new ValueTask<int>(0);
        if (error is not (NngError.Busy or NngError.TryAgain))
            return ValueTask.FromException<int>(Failure(error, 0, cancellationToken));
        Aio aio = Rent(buffer, cancellationToken);
        ValueTask<int> task = aio.PrepareCountTask();
        if (error == NngError.Busy)
            _receives.Submit(aio, whole: false);
        else
            _receives.Finish(aio);
        aio.RegisterToken();
        return task;
    }

    /// <summary>Fills the buffer, and takes no byte beyond it.</summary>
    /// <param name="buffer">Any length, also none.</param>
    /// <param name="cancellationToken">Gives up; bytes received before are in the buffer.</param>
    /// <exception cref="TransferException">
    /// Why it failed, <see cref="NngError.ConnectionShutdown"/> at the end of the stream, and the exact number of
    /// bytes received before.
    /// </exception>
    /// <exception cref="TransferCanceledException">The token was cancelled first.</exception>
    public ValueTask ReadExactlyAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        Aio aio = Rent(buffer, cancellationToken);
        ValueTask task = aio.PrepareTask();
        _receives.Submit(aio, whole: true);
        aio.RegisterToken();
        return task;
    }

    /// <summary>As <see cref="ReadExactlyAsync"/>, without exceptions.</summary>
    /// <param name="buffer">Any length, also none.</param>
    /// <param name="cancellationToken">Gives up with <see cref="NngError.Canceled"/>.</param>
    /// <returns>How it ended, and the exact number of bytes in the buffer.</returns>
    public ValueTask<TransferResult> TryReadExactlyAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromResult(new TransferResult(NngError.Canceled, 0));
        Aio aio = Rent(buffer, cancellationToken);
        ValueTask<TransferResult> task = aio.PrepareResultTask();
        _receives.Submit(aio, whole: true);
        aio.RegisterToken();
        return task;
    }

    /// <summary>Sends or receives, blocking the thread: the adapters' synchronous half.</summary>
    internal TransferResult Wait(ReadOnlyMemory<byte> memory, bool send)
    {
        Aio aio = Aio.RentWaited(Aio.Infinite);
        aio.SetVector(memory);
        if (send)
            _sends.Submit(aio, whole: true);
        else
            _receives.Submit(aio, whole: false);
        aio.Wait(Channel.WaitDriver);
        var result = new TransferResult(aio.Result, aio.Count);
        Aio.ReturnWaited(aio);
        return result;
    }

    private Aio Rent(ReadOnlyMemory<byte> memory, CancellationToken token)
    {
        Aio aio = Aio.RentAwaited(this, Aio.Infinite, token);
        aio.SetVector(memory);
        return aio;
    }

    private Aio Rent(ReadOnlySequence<byte> sequence, CancellationToken token)
    {
        Aio aio = Aio.RentAwaited(this, Aio.Infinite, token);
        foreach (ReadOnlyMemory<byte> segment in sequence)
            aio.AddToVector(segment);
        return aio;
    }

    private Aio Rent(IReadOnlyList<ReadOnlyMemory<byte>> list, CancellationToken token)
    {
        Aio aio = Aio.RentAwaited(this, Aio.Infinite, token);
        switch (list)
        {
            case ReadOnlyMemory<byte>[] array:
                aio.SetVector(array);
                break;
            case List<ReadOnlyMemory<byte>> elements:
                aio.SetVector(CollectionsMarshal.AsSpan(elements));
                break;
            default:
                for (int i = 0; i < list.Count; i++)
                    aio.AddToVector(list[i]);
                break;
        }

        return aio;
    }

    /// <summary>Starts a send of which a first try has moved <paramref name="sent"/> bytes, or none could be made.</summary>
    private void StartSend(Aio aio, NngError tried, int sent)
    {
        if (tried == NngError.Busy)
            _sends.Submit(aio, whole: true);
        else
            _sends.Finish(aio, sent);
        aio.RegisterToken();
    }
}
