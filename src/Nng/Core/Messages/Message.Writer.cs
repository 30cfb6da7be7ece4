using System;
using System.Buffers;

namespace Nng;

/// <content>The body as a buffer writer, so that serializers write into it without a copy.</content>
public sealed partial class Message : IBufferWriter<byte>
{
    /// <summary>Smallest span offered when the caller has no wish.</summary>
    private const int DefaultSpan = 256;

    /// <summary>Adds bytes written into <see cref="GetSpan"/> or <see cref="GetMemory"/> to the body.</summary>
    /// <param name="count">0 to the length offered.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than was offered.</exception>
    public void Advance(int count)
    {
        Live();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _limit - _start - _length);
        _length += count;
    }

    /// <summary>Free storage behind the body.</summary>
    /// <param name="sizeHint">Bytes needed at least; 0 for any non-empty span.</param>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _chunk!.Bytes.AsMemory(_start + _length, _limit - _start - _length);
    }

    /// <summary>Free storage behind the body.</summary>
    /// <param name="sizeHint">Bytes needed at least; 0 for any non-empty span.</param>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void MakeRoom(int sizeHint)
    {
        Live();
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        int free = _limit - _start - _length;
        int wanted = sizeHint == 0 ? (free > 0 ? 1 : DefaultSpan) : sizeHint;
        Drop(MakeRoomAtEnd(wanted));
    }
}
