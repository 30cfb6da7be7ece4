using System;
using System.Runtime.InteropServices;
using Nng.Core;
using Nng.Sockets;
using Nng.Streams;
using Nng.WebSockets;

namespace Nng.CApi;

/// <summary>Chapter: byte streams. Operations on NULL and stale pointers end as on a closed object.</summary>
internal static unsafe class StreamExports
{
    /// <summary>Default of streams that do not belong to sockets in the 1.x line; what has no such option ignores it.</summary>
    private static readonly OptionValue s_noDelay = OptionValue.Boolean(false);

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_free")]
    public static void Free(nint pointer)
    {
        try
        {
            HandleTable.Remove<NngStream>(pointer, HandleKind.Stream)?.Close();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_close")]
    public static void Close(nint pointer)
    {
        try
        {
            Find(pointer)?.Close();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_send")]
    public static void Send(nint pointer, nint aio)
    {
        try
        {
            if (CAio.FindFor(aio, Find(pointer), out NngStream stream) is { } inner)
                stream.Send(inner);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_recv")]
    public static void Receive(nint pointer, nint aio)
    {
        try
        {
            if (CAio.FindFor(aio, Find(pointer), out NngStream stream) is { } inner)
                stream.Receive(inner);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_dialer_alloc")]
    public static int CreateDialer(nint* pointer, byte* text)
    {
        try
        {
            if (!NngUrl.TryParse(Utf8.Read(text), out NngUrl? url))
                return (int)NngError.InvalidArgument;
            NngError error = StreamTable.CreateDialer(url, out StreamDialer? dialer);
            if (error != NngError.None)
                return (int)error;
            dialer!.SetOption(OptionNames.TcpNoDelay, s_noDelay);
            if (dialer is WebSocketDialer ws)
                ws.Options.EndError = NngError.Closed;
            *pointer = HandleTable.Add(HandleKind.StreamDialer, dialer);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_dialer_free")]
    public static void FreeDialer(nint pointer)
    {
        try
        {
            HandleTable.Remove<StreamDialer>(pointer, HandleKind.StreamDialer)?.Close();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_dialer_close")]
    public static void CloseDialer(nint pointer)
    {
        try
        {
            FindDialer(pointer)?.Close();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_dialer_dial")]
    public static void Dial(nint pointer, nint aio)
    {
        try
        {
            if (CAio.FindFor(aio, FindDialer(pointer), out StreamDialer dialer) is { } inner)
                dialer.Dial(inner);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_listener_alloc")]
    public static int CreateListener(nint* pointer, byte* text)
    {
        try
        {
            if (!NngUrl.TryParse(Utf8.Read(text), out NngUrl? url))
                return (int)NngError.InvalidArgument;
            NngError error = StreamTable.CreateListener(url, out StreamListener? listener);
            if (error != NngError.None)
                return (int)error;
            listener!.SetOption(OptionNames.TcpNoDelay, s_noDelay);
            if (listener is WebSocketListener ws)
                ws.Options.EndError = NngError.Closed;
            *pointer = HandleTable.Add(HandleKind.StreamListener, listener);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_listener_free")]
    public static void FreeListener(nint pointer)
    {
        try
        {
            HandleTable.Remove<StreamListener>(pointer, HandleKind.StreamListener)?.Close();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_listener_close")]
    public static void CloseListener(nint pointer)
    {
        try
        {
            FindListener(pointer)?.Close();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_listener_listen")]
    public static int Listen(nint pointer)
    {
        try
        {
            return (int)(FindListener(pointer)?.Listen() ?? NngError.InvalidArgument);
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_stream_listener_accept")]
    public static void Accept(nint pointer, nint aio)
    {
        try
        {
            if (CAio.FindFor(aio, FindListener(pointer), out StreamListener listener) is { } inner)
                listener.Accept(inner);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    internal static NngStream? Find(nint pointer) => HandleTable.Find<NngStream>(pointer, HandleKind.Stream);

    internal static StreamDialer? FindDialer(nint pointer) =>
        HandleTable.Find<StreamDialer>(pointer, HandleKind.StreamDialer);

    internal static StreamListener? FindListener(nint pointer) =>
        HandleTable.Find<StreamListener>(pointer, HandleKind.StreamListener);
}
