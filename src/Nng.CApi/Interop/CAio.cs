using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Nng.CApi;

/// <summary>An <c>nng_aio</c>: the operation, its C callback, and what C stores in its slots.</summary>
/// <remarks>Threading: as <see cref="Aio"/>.</remarks>
internal sealed unsafe class CAio : IThreadPoolWorkItem
{
    private readonly delegate* unmanaged[Cdecl]<void*, void> _callback;
    private readonly void* _argument;
    private readonly nint[] _inputs = new nint[Aio.SlotCount];

    /// <summary>The request whose handling this is; null for a program's own operation.</summary>
    private readonly CHttpCall? _call;

    private NativeMemoryManager[]? _vector;

    /// <summary>1 once somebody frees it.</summary>
    private int _freed;

    private CAio(delegate* unmanaged[Cdecl]<void*, void> callback, void* argument)
    {
        _callback = callback;
        _argument = argument;
        Inner = callback is null ? new Aio() : new Aio(static aio => ((CAio)aio.State!).Call());
        Inner.State = this;
    }

    private CAio(Aio inner, CHttpCall call)
    {
        Inner = inner;
        _call = call;
    }

    public Aio Inner { get; }

    /// <summary>The pointer C knows it by; 0 while it does not.</summary>
    public nint Pointer { get; private set; }

    public static nint Create(delegate* unmanaged[Cdecl]<void*, void> callback, void* argument)
    {
        var aio = new CAio(callback, argument);
        aio.Pointer = HandleTable.Add(HandleKind.Aio, aio);
        return aio.Pointer;
    }

    /// <summary>An operation of a server's, for the handler of its requests.</summary>
    public static CAio Of(Aio inner, CHttpCall call) => new(inner, call);

    public static CAio? Find(nint pointer) => HandleTable.Find<CAio>(pointer, HandleKind.Aio);

    /// <summary>The operation behind a pointer; null for NULL and stale pointers.</summary>
    public static Aio? FindInner(nint pointer) => Find(pointer)?.Inner;

    /// <summary>
    /// The operation to submit on an object; null when there is none, or no object: then the operation, if there is
    /// one, has ended as on a closed object.
    /// </summary>
    public static Aio? FindFor<T>(nint pointer, T? found, out T target)
        where T : class
    {
        target = found!;
        Aio? aio = FindInner(pointer);
        if (aio is null || found is not null)
            return aio;
        if (aio.Begin())
            aio.Finish(NngError.Closed);
        return null;
    }

    /// <summary>The operation of a pointer, for the one who is to free it; null for all but the first.</summary>
    public static CAio? FindToFree(nint pointer) =>
        Find(pointer) is { } aio && Interlocked.Exchange(ref aio._freed, 1) == 0 ? aio : null;

    /// <summary>Gives C a pointer, until <see cref="Withdraw"/>.</summary>
    public nint Expose() => Pointer = HandleTable.Add(HandleKind.Aio, this);

    public void Withdraw() => HandleTable.Remove<CAio>(Pointer, HandleKind.Aio);

    /// <summary>Provider: ends the operation.</summary>
    public void Finish(NngError result)
    {
        _call?.End();
        Inner.Finish(result);
    }

    /// <summary>Ends the operation; the pointer holds for its callback, which asks for the result, and no longer.</summary>
    public void Free()
    {
        try
        {
            Inner.Dispose();
        }
        finally
        {
            Withdraw();
        }
    }

    /// <summary>Frees it on another thread.</summary>
    public void FreeLater() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => Free();

    public NngError SetInput(uint index, nint value)
    {
        if (index >= Aio.SlotCount)
            return NngError.InvalidArgument;
        _inputs[index] = value;
        return NngError.None;
    }

    public nint GetInput(uint index) => index < Aio.SlotCount ? _inputs[index] : 0;

    public NngError SetOutput(uint index, nint value) =>
        index < Aio.SlotCount ? Inner.SetOutput((int)index, value) : NngError.InvalidArgument;

    /// <summary>An output as C sees it: its own pointer, or a new one for an object that the library put there.</summary>
    public nint GetOutput(uint index)
    {
        object? output = index < Aio.SlotCount ? Inner.GetOutput((int)index) : null;
        switch (output)
        {
            case null:
                return 0;
            case nint pointer:
                return pointer;
            default:
                nint made = COutputs.ToPointer(output);
                Inner.SetOutput((int)index, made);
                return made;
        }
    }

    /// <summary>Describes the caller's memory, which has to outlive the operation.</summary>
    public NngError SetVector(ReadOnlySpan<CIoVector> vector)
    {
        if (vector.Length > Aio.MaxVectorElements)
            return NngError.InvalidArgument;
        _vector ??= new NativeMemoryManager[Aio.MaxVectorElements];
        var elements = default(VectorElements);
        for (int i = 0; i < vector.Length; i++)
        {
            if (vector[i].Length > int.MaxValue)
                return NngError.InvalidArgument;
            _vector[i] ??= new NativeMemoryManager();
            elements[i] = _vector[i].Describe(vector[i].Base, (int)vector[i].Length);
        }

        return Inner.TrySetVector(elements[..vector.Length]);
    }

    private void Call() => _callback(_argument);

    [InlineArray(Aio.MaxVectorElements)]
    private struct VectorElements
    {
        private ReadOnlyMemory<byte> _first;
    }
}
