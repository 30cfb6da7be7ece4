using System;

namespace Nng.Http;

/// <summary>A part of a head.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes.</param>
internal readonly record struct HeadRange(int Start, int Length)
{
    public int End => Start + Length;

    public static HeadRange Between(int start, int end) => new(start, end - start);

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes) => bytes.Slice(Start, Length);
}
