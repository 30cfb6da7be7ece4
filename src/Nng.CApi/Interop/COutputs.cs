using System;
using Nng.Http;
using Nng.Streams;

namespace Nng.CApi;

/// <summary>Pointers for objects that operations of the library leave in an output slot.</summary>
internal static class COutputs
{
    public static nint ToPointer(object output) => output switch
    {
        NngStream stream => HandleTable.Add(HandleKind.Stream, stream),
        HttpConnection connection => CHttpConnection.Create(connection),
        _ => throw new InvalidOperationException($"No C type stands for {output.GetType().Name}."),
    };
}
