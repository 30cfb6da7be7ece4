namespace Nng.Streams;

/// <summary>One element of a gather list: bytes in a pinned array.</summary>
/// <param name="Bytes">A pinned array.</param>
/// <param name="Offset">Where the bytes start.</param>
/// <param name="Count">How many.</param>
internal readonly record struct IoSegment(byte[] Bytes, int Offset, int Count);
