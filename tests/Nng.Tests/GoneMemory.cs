using System;
using System.Buffers;

namespace Nng.Tests;

/// <summary>Memory whose owner refuses to give it.</summary>
internal sealed class GoneMemory(Exception failure) : MemoryManager<byte>
{
    public override Memory<byte> Memory => CreateMemory(10);

    public override Span<byte> GetSpan() => throw failure;

    public override MemoryHandle Pin(int elementIndex = 0) => throw failure;

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
