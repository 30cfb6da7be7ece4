namespace Nng.CApi;

/// <summary>Objects that travel as pointer options.</summary>
internal static class CObjects
{
    /// <summary>The object of a pointer given to a pointer option; null for NULL and for foreign pointers.</summary>
    public static object? FromPointer(nint pointer) =>
        HandleTable.Find<object>(pointer, HandleKind.TlsConfig);

    /// <summary>The pointer of an object; NULL for null and for objects C has no type for.</summary>
    public static nint ToPointer(object? value) => value is nint pointer ? pointer : 0;
}
