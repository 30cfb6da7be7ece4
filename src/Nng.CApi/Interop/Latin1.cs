using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Nng.CApi;

/// <summary>C strings of HTTP: bytes, shown as Latin-1 text.</summary>
internal static unsafe class Latin1
{
    /// <summary>The text of a C string; null for NULL.</summary>
    public static string? Read(byte* text) =>
        text is null ? null : Encoding.Latin1.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    /// <summary>A copy on the C heap.</summary>
    public static byte* Copy(string text)
    {
        var copy = (byte*)NativeMemory.Alloc((nuint)text.Length + 1);
        Encoding.Latin1.GetBytes(text, new Span<byte>(copy, text.Length));
        copy[text.Length] = 0;
        return copy;
    }
}
