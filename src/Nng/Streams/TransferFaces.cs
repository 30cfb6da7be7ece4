using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// The awaitable and the blocking face of a connection's two directions. What can be moved at once costs no operation;
/// the rest one from a pool. What the members promise stands on the public ones that forward to them.
/// </summary>
/// <param name="kind">What the owner is, for failures.</param>
/// <param name="owner">Named in failures.</param>
/// <param name="sends">The sending direction.</param>
/// <param name="receives">The receiving direction.</param>
internal sealed class TransferFaces(string kind, object owner, SendQueue sends, ReceiveQueue receives) : IAioOwner
{
    /// <summary>Milliseconds that a send may take; -1 for any time.</summary>
    public int SendTimeoutMs { get; set; } = Aio.Infinite;

    /// <summary>Milliseconds that a receive may take; -1 for any time.</summary>
    public int ReceiveTimeoutMs { get; set; } = Aio.Infinite;

    public ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled(token);
        NngError error = sends.TrySendNow(bytes.Span, out int sent);
        if (error == NngError.None)
            return default;
        if (error is not (NngError.Busy or NngError.TryAgain))
            return ValueTask.FromException(Failure(error, sent, token));
        Aio aio = Rent(bytes, SendTimeoutMs, token);
        ValueTask task = aio.PrepareTask();
        StartSend(aio, error, sent);
        return task;
    }

    public ValueTask SendAllAsync(ReadOnlySequence<byte> bytes, CancellationToken token)
    {
        if (bytes.IsSingleSegment)
            return SendAllAsync(bytes.First, token);
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled(token);
        Aio aio = Rent(bytes, SendTimeoutMs, token);
        ValueTask task = aio.PrepareTask();
        StartSend(aio, NngError.Busy, 0);
        return task;
    }

    public ValueTask SendAllAsync(IReadOnlyList<ReadOnlyMemory<byte>> bytes, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled(token);
        Aio aio = Rent(bytes, SendTimeoutMs, token);
        ValueTask task = aio.PrepareTask();
        StartSend(aio, NngError.Busy, 0);
        return task;
    }

    /// <summary>Sends at least one byte, if there is one; yields how many.</summary>
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(token);
        Aio aio = Rent(bytes, SendTimeoutMs, token);
        ValueTask<int> task = aio.PrepareCountTask(endIsZero: false);
        sends.Submit(aio, whole: false);
        aio.RegisterToken();
        return task;
    }

    public ValueTask<TransferResult> TrySendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromResult(new TransferResult(NngError.Canceled, 0));
        NngError error = sends.TrySendNow(bytes.Span, out int sent);
        if (error is not (NngError.Busy or NngError.TryAgain))
            return ValueTask.FromResult(new TransferResult(error, sent));
        Aio aio = Rent(bytes, SendTimeoutMs, token);
        ValueTask<TransferResult> task = aio.PrepareResultTask();
        StartSend(aio, error, sent);
        return task;
    }

    public ValueTask<TransferResult> TrySendAllAsync(ReadOnlySequence<byte> bytes, CancellationToken token)
    {
        if (bytes.IsSingleSegment)
            return TrySendAllAsync(bytes.First, token);
        if (token.IsCancellationRequested)
            return ValueTask.FromResult(new TransferResult(NngError.Canceled, 0));
        Aio aio = Rent(bytes, SendTimeoutMs, token);
        ValueTask<TransferResult> task = aio.PrepareResultTask();
        StartSend(aio, NngError.Busy, 0);
        return task;
    }

    public ValueTask<TransferResult> TrySendAllAsync(IReadOnlyList<ReadOnlyMemory<byte>> bytes, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (token.IsCancellationRequested)
            return ValueTask.FromResult(new TransferResult(NngError.Canceled, 0));
        Aio aio = Rent(bytes, SendTimeoutMs, token);
        ValueTask<TransferResult> task = aio.PrepareResultTask();
        StartSend(aio, NngError.Busy, 0);
        return task;
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(token);
        if (buffer.IsEmpty)
            return new ValueTask<int>(0);
        NngError error = receives.TryReceiveNow(buffer.Span, out int received);
        if (error == NngError.None)
            return new ValueTask<int>(received);
        if (error == NngError.ConnectionShutdown)
            return new ValueTask<int>(0);
        if (error is not (NngError.Busy or NngError.TryAgain))
            return ValueTask.FromException<int>(Failure(error, 0, token));
        Aio aio = Rent(buffer, ReceiveTimeoutMs, token);
        ValueTask<int> task = aio.PrepareCountTask(endIsZero: true);
        if (error == NngError.Busy)
            receives.Submit(aio, whole: false);
        else
            receives.Finish(aio);
        aio.RegisterToken();
        return task;
    }

    /// <summary>As <see cref="ReceiveAsync"/>, without exceptions, and without 0 for the end.</summary>
    public ValueTask<TransferResult> TryReceiveAsync(Memory<byte> buffer, CancellationToken token) =>
        TryReceiveAsync(buffer, whole: false, token);

    public ValueTask ReceiveAllAsync(Memory<byte> buffer, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled(token);
        Aio aio = Rent(buffer, ReceiveTimeoutMs, token);
        ValueTask task = aio.PrepareTask();
        receives.Submit(aio, whole: true);
        aio.RegisterToken();
        return task;
    }

    public ValueTask<TransferResult> TryReceiveAllAsync(Memory<byte> buffer, CancellationToken token) =>
        TryReceiveAsync(buffer, whole: true, token);

    /// <summary>Sends or receives, blocking the thread: the adapters' synchronous half.</summary>
    public TransferResult Wait(ReadOnlyMemory<byte> memory, bool send)
    {
        Aio aio = Aio.RentWaited(send ? SendTimeoutMs : ReceiveTimeoutMs);
        aio.SetVector(memory);
        if (send)
            sends.Submit(aio, whole: true);
        else
            receives.Submit(aio, whole: false);
        aio.Wait(sends.WaitDriver);
        var result = new TransferResult(aio.Result, aio.Count);
        Aio.ReturnWaited(aio);
        return result;
    }

    private ValueTask<TransferResult> TryReceiveAsync(Memory<byte> buffer, bool whole, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromResult(new TransferResult(NngError.Canceled, 0));
        Aio aio = Rent(buffer, ReceiveTimeoutMs, token);
        ValueTask<TransferResult> task = aio.PrepareResultTask();
        receives.Submit(aio, whole);
        aio.RegisterToken();
        return task;
    }

    private Aio Rent(ReadOnlyMemory<byte> memory, int timeoutMs, CancellationToken token)
    {
        Aio aio = Aio.RentAwaited(this, timeoutMs, token);
        aio.SetVector(memory);
        return aio;
    }

    private Aio Rent(ReadOnlySequence<byte> sequence, int timeoutMs, CancellationToken token)
    {
        Aio aio = Aio.RentAwaited(this, timeoutMs, token);
        foreach (ReadOnlyMemory<byte> segment in sequence)
            aio.AddToVector(segment);
        return aio;
    }

    private Aio Rent(IReadOnlyList<ReadOnlyMemory<byte>> list, int timeoutMs, CancellationToken token)
    {
        Aio aio = Aio.RentAwaited(this, timeoutMs, token);
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
            sends.Submit(aio, whole: true);
        else
            sends.Finish(aio, sent);
        aio.RegisterToken();
    }

    [DoesNotReturn]
    void IAioOwner.ThrowFailure(NngError error, CancellationToken token) => throw Failure(error, 0, token);

    [DoesNotReturn]
    void IAioOwner.ThrowFailure(NngError error, long count, CancellationToken token) =>
        throw Failure(error, count, token);

    private Exception Failure(NngError error, long count, CancellationToken token) =>
        error == NngError.Canceled && token.IsCancellationRequested
            ? new TransferCanceledException(count, token)
            : new TransferException(error, count, $"{error.Text()} ({kind} {owner}, after {count} bytes).");
}
