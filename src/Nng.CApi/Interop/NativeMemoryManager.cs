using System;
using System.Buffers;

namespace Nng.CApi;

/// <summary>C memory as <see cref="Memory{T}"/>; it does not move and is not ours.</summary>
internal sealed unsafe class NativeMemoryManager : MemoryManager<byte>
{
    private byte* _bytes;
    private int _length;

    /// <summary>Describes other memory from now on.</summary>
    public Memory<byte> Describe(byte* bytes, int length)
    {
        _bytes = bytes;
        _length = length;
        return CreateMemory(length);
    }

    public override Span<byte> GetSpan() => new(_bytes, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_bytes + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
