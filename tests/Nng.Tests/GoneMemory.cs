using System;
using System.Buffers;

namespace Nng.Tests;

/// <summary>Memory whose owner refuses to give it.</summary>
internal sealed class GoneMemory(Exception failure) : MemoryManager<byte>
{
    public override Memory<byte> Memory => CreateMemory(10);

    /// <summary>The memory, as if it were that long.</summary>
    public Memory<byte> Of(int length) => CreateMemory(length);

    public override Span<byte> GetSpan() => throw failure;

    public override MemoryHandle Pin(int elementIndex = 0) => throw failure;

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
