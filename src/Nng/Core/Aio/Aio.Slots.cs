using System;
using System.Collections.Generic;

namespace Nng;

/// <content>Scatter/gather vector, inputs and outputs.</content>
public sealed partial class Aio
{
    /// <summary>Number of input and of output slots.</summary>
    public const int SlotCount = 4;

    /// <summary>Elements that the C-shaped <see cref="TrySetVector"/> accepts (core sheet, W-6).</summary>
    public const int MaxVectorElements = 8;

    private object?[]? _inputs;
    private object?[]? _outputs;
    private List<ReadOnlyMemory<byte>>? _vector;

    /// <summary>The scatter/gather vector of byte operations: any number of elements; empty ones are skipped.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Vector => _vector ??= [];

    /// <summary>Sets the vector, of any length; the list is copied, the bytes are not.</summary>
    /// <param name="elements">The elements in order.</param>
    public void SetVector(ReadOnlySpan<ReadOnlyMemory<byte>> elements)
    {
        _vector ??= [];
        _vector.Clear();
        foreach (ReadOnlyMemory<byte> element in elements)
            _vector.Add(element);
    }

    /// <summary>
    /// Sets the vector with the C library's limit. C function: <c>nng_aio_set_iov</c>.
    /// </summary>
    /// <param name="elements">At most 8.</param>
    /// <returns><see cref="NngError.InvalidArgument"/> for more than 8; then nothing changes.</returns>
    public NngError TrySetVector(ReadOnlySpan<ReadOnlyMemory<byte>> elements)
    {
        if (elements.Length > MaxVectorElements)
            return NngError.InvalidArgument;
        SetVector(elements);
        return NngError.None;
    }

    /// <summary>Sets an input of the operation. C function: <c>nng_aio_set_input</c>.</summary>
    /// <param name="index">0 to 3.</param>
    /// <param name="value">Anything.</param>
    /// <returns><see cref="NngError.InvalidArgument"/> for another index.</returns>
    public NngError SetInput(int index, object? value) => SetSlot(ref _inputs, index, value);

    /// <summary>An input, or null. C function: <c>nng_aio_get_input</c>.</summary>
    /// <param name="index">Any number; outside 0 to 3 gives null.</param>
    public object? GetInput(int index) => GetSlot(_inputs, index);

    /// <summary>Sets an output, before the operation finishes. C function: <c>nng_aio_set_output</c>.</summary>
    /// <param name="index">0 to 3.</param>
    /// <param name="value">Anything.</param>
    /// <returns><see cref="NngError.InvalidArgument"/> for another index.</returns>
    public NngError SetOutput(int index, object? value) => SetSlot(ref _outputs, index, value);

    /// <summary>An output of the last operation, or null. C function: <c>nng_aio_get_output</c>.</summary>
    /// <param name="index">Any number; outside 0 to 3 gives null.</param>
    public object? GetOutput(int index) => GetSlot(_outputs, index);

    private void ClearOutputs()
    {
        if (_outputs is not null)
            Array.Clear(_outputs);
    }

    private static NngError SetSlot(ref object?[]? slots, int index, object? value)
    {
        if ((uint)index >= SlotCount)
            return NngError.InvalidArgument;
        slots ??= new object?[SlotCount];
        slots[index] = value;
        return NngError.None;
    }

    private static object? GetSlot(object?[]? slots, int index) =>
        slots is null || (uint)index >= SlotCount ? null : slots[index];
}
