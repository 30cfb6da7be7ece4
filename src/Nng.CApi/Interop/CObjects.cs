using System.Collections.Generic;
using System.Runtime.InteropServices;
using Nng.Streams;

namespace Nng.CApi;

/// <summary>Objects that travel as pointer options.</summary>
internal static unsafe class CObjects
{
    /// <summary>The object of a pointer given to a pointer option; null for NULL and for foreign pointers.</summary>
    public static object? FromPointer(nint pointer) => CTlsConfig.Find(pointer);

    /// <summary>
    /// The pointer of an object, with a reference of the caller's; NULL for null and for objects C has no type for.
    /// </summary>
    public static nint ToPointer(object? value) => value switch
    {
        nint pointer => pointer,
        TlsConfig config => CTlsConfig.Hold(config),
        IReadOnlyList<string> texts => CopyTexts(texts),
        _ => 0,
    };

    /// <summary>Texts as a C array that ends with NULL; array and texts are the caller's to free.</summary>
    private static nint CopyTexts(IReadOnlyList<string> texts)
    {
        var array = (byte**)NativeMemory.Alloc((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
            array[i] = Utf8.Copy(texts[i]);
        array[texts.Count] = null;
        return (nint)array;
    }
}
