using System;

namespace Nng.CApi;

/// <summary>Pointers for objects that operations of the library leave in an output slot.</summary>
internal static class COutputs
{
    public static nint ToPointer(object output) => output switch
    {
        _ => throw new InvalidOperationException($"No C type stands for {output.GetType().Name}."),
    };
}
