using System;
using System.Runtime.InteropServices;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>Chapter: dialers and listeners, which have separate number spaces.</summary>
internal static unsafe class EndpointExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_dialer_create")]
    public static int CreateDialer(uint* id, uint socketId, byte* url)
    {
        try
        {
            NngError error = Create(socketId, url, out SpDialer? dialer);
            if (error == NngError.None)
                *id = (uint)dialer!.Id;
            return (int)error;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_listener_create")]
    public static int CreateListener(uint* id, uint socketId, byte* url)
    {
        try
        {
            NngError error = Create(socketId, url, out SpListener? listener);
            if (error == NngError.None)
                *id = (uint)listener!.Id;
            return (int)error;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_dialer_start")]
    public static int StartDialer(uint id, int flags)
    {
        try
        {
            return SpRegistry.Dialers.Find((int)id) is { } dialer ? (int)Start(dialer, flags) : (int)NngError.NotFound;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_listener_start")]
    public static int StartListener(uint id)
    {
        try
        {
            return (int)(SpRegistry.Listeners.Find((int)id)?.Start() ?? NngError.NotFound);
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_dialer_close")]
    public static int CloseDialer(uint id)
    {
        try
        {
            CUrl.Forget(HandleKind.StreamDialer, id);
            return (int)Close(SpRegistry.Dialers.Find((int)id));
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_listener_close")]
    public static int CloseListener(uint id)
    {
        try
        {
            CUrl.Forget(HandleKind.StreamListener, id);
            return (int)Close(SpRegistry.Listeners.Find((int)id));
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>The socket of a dialer (0) or a listener (1); 0 when there is none.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_endpoint_socket")]
    public static uint SocketOf(uint id, int listens)
    {
        SpEndpoint? endpoint = listens != 0 ? SpRegistry.Listeners.Find((int)id) : SpRegistry.Dialers.Find((int)id);
        return (uint)(endpoint?.Socket.Id ?? 0);
    }

    /// <summary>Creates and starts; on failure nothing is left behind.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_dial")]
    public static int Dial(uint socketId, byte* url, uint* id, int flags)
    {
        try
        {
            NngError error = Create(socketId, url, out SpDialer? dialer);
            if (error != NngError.None)
                return (int)error;
            error = Start(dialer!, flags);
            if (error != NngError.None)
                dialer!.Close();
            else if (id is not null)
                *id = (uint)dialer!.Id;
            return (int)error;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>Creates and starts; on failure nothing is left behind.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_listen")]
    public static int Listen(uint socketId, byte* url, uint* id)
    {
        try
        {
            NngError error = Create(socketId, url, out SpListener? listener);
            if (error != NngError.None)
                return (int)error;
            error = listener!.Start();
            if (error != NngError.None)
                listener.Close();
            else if (id is not null)
                *id = (uint)listener.Id;
            return (int)error;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_dialer_url")]
    public static int DialerUrl(uint id, nint* url)
    {
        try
        {
            if (SpRegistry.Dialers.Find((int)id) is not { } dialer)
                return (int)NngError.NotFound;
            *url = CUrl.Borrow(HandleKind.StreamDialer, id, dialer.Url);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_listener_url")]
    public static int ListenerUrl(uint id, nint* url)
    {
        try
        {
            if (SpRegistry.Listeners.Find((int)id) is not { } listener)
                return (int)NngError.NotFound;
            *url = CUrl.Borrow(HandleKind.StreamListener, id, listener.Url);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    private static NngError Create(uint socketId, byte* text, out SpDialer? dialer)
    {
        dialer = null;
        NngError error = Prepare(socketId, text, out CSocket? socket, out NngUrl? url);
        return error == NngError.None ? socket!.Inner.CreateDialer(url!, out dialer) : error;
    }

    private static NngError Create(uint socketId, byte* text, out SpListener? listener)
    {
        listener = null;
        NngError error = Prepare(socketId, text, out CSocket? socket, out NngUrl? url);
        return error == NngError.None ? socket!.Inner.CreateListener(url!, out listener) : error;
    }

    private static NngError Prepare(uint socketId, byte* text, out CSocket? socket, out NngUrl? url)
    {
        url = null;
        socket = CSocket.Find(socketId);
        if (socket is null)
            return NngError.Closed;
        return NngUrl.TryParse(Utf8.Read(text), out url) ? NngError.None : NngError.InvalidArgument;
    }

    private static NngError Close(SpEndpoint? endpoint)
    {
        if (endpoint is null)
            return NngError.NotFound;
        Farewell.OfEndpoint(endpoint);
        return endpoint.Close();
    }

    private static NngError Start(SpDialer dialer, int flags)
    {
        if ((flags & SocketExports.FlagNonBlock) != 0)
            return dialer.Start();
        Aio aio = Aio.RentWaited(Aio.Infinite);
        dialer.Start(aio);
        aio.Wait();
        NngError error = aio.Result;
        Aio.ReturnWaited(aio);
        return error;
    }
}
