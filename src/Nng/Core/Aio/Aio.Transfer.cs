using System;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace Nng;

/// <content>
/// Byte transfers: the provider's own cursor over the vector, which the caller's vector does not show, and the
/// awaitable faces that report counts.
/// </content>
public sealed partial class Aio : IValueTaskSource<TransferResult>, IValueTaskSource<int>
{
    /// <summary>A pooled operation keeps a list of up to this many elements.</summary>
    private const int KeptElements = 256;

    /// <summary>The first element that is not yet moved as a whole.</summary>
    private int _element;

    /// <summary>Bytes of that element that are moved.</summary>
    private int _elementOffset;

    /// <summary>The end of the stream is a result of 0, not a failure.</summary>
    private bool _endIsZero;

    /// <summary>Bytes moved by the operation under way.</summary>
    internal long Moved { get; private set; }

    /// <summary>The operation ends only when its whole vector is moved.</summary>
    internal bool IsWhole { get; private set; }

    /// <summary>What is left of the vector; skip <see cref="ElementOffset"/> bytes of the first element.</summary>
    internal ReadOnlySpan<ReadOnlyMemory<byte>> Remaining =>
        _vector is null ? default : CollectionsMarshal.AsSpan(_vector)[_element..];

    /// <summary>Bytes of the first remaining element that are moved.</summary>
    internal int ElementOffset => _elementOffset;

    /// <summary>Provider: a transfer begins at the start of the vector.</summary>
    internal void StartTransfer(bool whole)
    {
        _element = 0;
        _elementOffset = 0;
        Moved = 0;
        IsWhole = whole;
        SkipMoved(0);
    }

    /// <summary>Provider: bytes were moved; at most as many as remain.</summary>
    internal void Advance(int count)
    {
        Moved += count;
        SkipMoved(count);
    }

    /// <summary>Sets a vector of one element.</summary>
    internal void SetVector(ReadOnlyMemory<byte> element)
    {
        _vector ??= [];
        _vector.Clear();
        _vector.Add(element);
    }

    /// <summary>Adds an element to the vector.</summary>
    internal void AddToVector(ReadOnlyMemory<byte> element) => (_vector ??= []).Add(element);

    /// <summary>The operation as a task that yields the bytes moved; take it before submitting.</summary>
    /// <param name="endIsZero">The end of the stream is a result of 0, not a failure.</param>
    internal ValueTask<int> PrepareCountTask(bool endIsZero)
    {
        _endIsZero = endIsZero;
        return new ValueTask<int>(this, _version);
    }

    /// <summary>The operation as a task that yields its outcome and never fails; take it before submitting.</summary>
    internal ValueTask<TransferResult> PrepareResultTask() => new(this, _version);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<TransferResult>.GetStatus(short token) =>
        GetStatus(token) == ValueTaskSourceStatus.Pending
            ? ValueTaskSourceStatus.Pending : ValueTaskSourceStatus.Succeeded;

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token)
    {
        ValueTaskSourceStatus status = GetStatus(token);
        return status == ValueTaskSourceStatus.Faulted && _endIsZero && _result == NngError.ConnectionShutdown
            ? ValueTaskSourceStatus.Succeeded : status;
    }

    /// <inheritdoc/>
    void IValueTaskSource<TransferResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    TransferResult IValueTaskSource<TransferResult>.GetResult(short token)
    {
        Outcome outcome = TakeOutcome(token);
        return new TransferResult(outcome.Error, outcome.Count);
    }

    /// <inheritdoc/>
    int IValueTaskSource<int>.GetResult(short token)
    {
        bool endIsZero = _endIsZero;
        Outcome outcome = TakeOutcome(token);
        if (outcome.Error != NngError.None && !(endIsZero && outcome.Error == NngError.ConnectionShutdown))
            outcome.ThrowFailure();
        return (int)outcome.Count;
    }

    /// <summary>Forgets the elements; a very long list is left to the collector.</summary>
    private void ClearVector()
    {
        _endIsZero = false;
        if (_vector is not { Count: > 0 } vector)
            return;
        if (vector.Capacity > KeptElements)
            _vector = null;
        else
            vector.Clear();
    }

    /// <summary>Takes bytes off the front, and the empty elements behind them.</summary>
    private void SkipMoved(int count)
    {
        if (_vector is not { } vector)
            return;
        count += _elementOffset;
        while (_element < vector.Count && count >= vector[_element].Length)
            count -= vector[_element++].Length;
        _elementOffset = count;
    }
}
