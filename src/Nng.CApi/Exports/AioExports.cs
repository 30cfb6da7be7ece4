using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Nng.CApi;

/// <summary>Chapter: asynchronous operations. NULL and stale pointers do nothing.</summary>
internal static unsafe class AioExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_alloc")]
    public static int Alloc(nint* pointer, delegate* unmanaged[Cdecl]<void*, void> callback, void* argument)
    {
        try
        {
            *pointer = CAio.Create(callback, argument);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_free")]
    public static void Free(nint pointer)
    {
        try
        {
            CAio.FindToFree(pointer)?.Free();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_reap")]
    public static void Reap(nint pointer)
    {
        try
        {
            CAio.FindToFree(pointer)?.FreeLater();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_stop")]
    public static void Stop(nint pointer)
    {
        try
        {
            CAio.FindInner(pointer)?.Stop();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_result")]
    public static int Result(nint pointer) => (int)(CAio.FindInner(pointer)?.Result ?? NngError.InvalidArgument);

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_count")]
    public static nuint Count(nint pointer) => (nuint)(CAio.FindInner(pointer)?.Count ?? 0);

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_abort")]
    public static void Abort(nint pointer, int reason)
    {
        try
        {
            if (reason != 0)
                CAio.FindInner(pointer)?.Abort((NngError)reason);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_wait")]
    public static void Wait(nint pointer)
    {
        try
        {
            CAio.FindInner(pointer)?.Wait();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_busy")]
    public static int IsBusy(nint pointer) => CAio.FindInner(pointer) is { IsBusy: true } ? 1 : 0;

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_set_msg")]
    public static void SetMessage(nint pointer, nint message)
    {
        if (CAio.FindInner(pointer) is { } aio)
            aio.Message = CMessage.Find(message);
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_get_msg")]
    public static nint GetMessage(nint pointer) => CMessage.ToPointer(CAio.FindInner(pointer)?.Message);

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_set_input")]
    public static int SetInput(nint pointer, uint index, nint value) =>
        (int)(CAio.Find(pointer)?.SetInput(index, value) ?? NngError.InvalidArgument);

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_get_input")]
    public static nint GetInput(nint pointer, uint index) => CAio.Find(pointer)?.GetInput(index) ?? 0;

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_set_output")]
    public static int SetOutput(nint pointer, uint index, nint value) =>
        (int)(CAio.Find(pointer)?.SetOutput(index, value) ?? NngError.InvalidArgument);

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_get_output")]
    public static nint GetOutput(nint pointer, uint index)
    {
        try
        {
            return CAio.Find(pointer)?.GetOutput(index) ?? 0;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_set_timeout")]
    public static void SetTimeout(nint pointer, int milliseconds)
    {
        if (CAio.FindInner(pointer) is { } aio)
            aio.TimeoutMs = milliseconds;
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_set_expire")]
    public static void SetExpire(nint pointer, ulong deadlineMs) =>
        CAio.FindInner(pointer)?.SetExpire((long)Math.Min(deadlineMs, long.MaxValue));

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_set_iov")]
    public static int SetVector(nint pointer, uint count, CIoVector* vector)
    {
        try
        {
            if (CAio.Find(pointer) is not { } aio || count > Aio.MaxVectorElements)
                return (int)NngError.InvalidArgument;
            return (int)aio.SetVector(new ReadOnlySpan<CIoVector>(vector, (int)count));
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_begin")]
    public static int Begin(nint pointer)
    {
        try
        {
            return CAio.FindInner(pointer)?.Begin() == true ? 1 : 0;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_finish")]
    public static void Finish(nint pointer, int result)
    {
        try
        {
            CAio.Find(pointer)?.Finish((NngError)result);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_aio_defer")]
    public static void Defer(nint pointer, delegate* unmanaged[Cdecl]<void*, void*, int, void> cancel, void* argument)
    {
        try
        {
            if (CAio.Find(pointer) is not { } aio)
                return;
            NngError error = cancel is null
                ? aio.Inner.Defer(static (_, _, _) => { }, null)
                : aio.Inner.Defer(Once(pointer, cancel, argument), null);
            // Nothing was registered: the cancel function is told, as the 1.x line does, and finishes the operation.
            if (error == NngError.None)
                return;
            if (cancel is null)
                aio.Finish(error);
            else
                cancel((void*)pointer, argument, (int)error);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    /// <summary>
    /// A cancel function of the program's. It is called once, though a stop asks again after a cancel: it may have freed its
    /// argument.
    /// </summary>
    private static Action<Aio, object?, NngError> Once(
        nint pointer, delegate* unmanaged[Cdecl]<void*, void*, int, void> cancel, void* argument)
    {
        int calls = 0;
        return (_, _, reason) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
                cancel((void*)pointer, argument, (int)reason);
        };
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_sleep_aio")]
    public static void Sleep(int milliseconds, nint pointer)
    {
        try
        {
            CAio.FindInner(pointer)?.Sleep(milliseconds);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }
}
