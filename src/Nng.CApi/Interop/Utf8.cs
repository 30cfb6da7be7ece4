using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Nng.CApi;

/// <summary>C strings.</summary>
internal static unsafe class Utf8
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a C string; null for NULL.</summary>
    /// <exception cref="DecoderFallbackException">It is no UTF-8: the text would mean something else.</exception>
    public static string? Read(byte* text) => text is null ? null : s_strict.GetString(Bytes(text));

    /// <summary>The same for contents; bytes that are no UTF-8 become replacement characters.</summary>
    public static string? ReadLoosely(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    /// <summary>A copy on the C heap, for the caller to free; NULL for null.</summary>
    public static byte* Copy(string? text)
    {
        if (text is null)
            return null;
        int length = Encoding.UTF8.GetByteCount(text);
        var copy = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(copy, length));
        copy[length] = 0;
        return copy;
    }

    /// <summary>The bytes of a C string without its end mark.</summary>
    public static ReadOnlySpan<byte> Bytes(byte* text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
}
