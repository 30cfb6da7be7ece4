using System;
using System.Runtime.InteropServices;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>Chapter: contexts.</summary>
internal static unsafe class ContextExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_ctx_open")]
    public static int Open(uint* id, uint socketId)
    {
        try
        {
            if (CSocket.Find(socketId) is not { } socket)
                return (int)NngError.Closed;
            NngError error = socket.Inner.OpenContext(out SpContext? context);
            if (error == NngError.None)
                *id = (uint)CContext.Add(socket, context!).Inner.Id;
            return (int)error;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_ctx_close")]
    public static int Close(uint id)
    {
        try
        {
            return (int)(CContext.Find(id)?.Close() ?? NngError.Closed);
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_ctx_send")]
    public static void SendAio(uint id, nint aio)
    {
        try
        {
            SocketExports.SubmitSend(CContext.Find(id)?.Channel, aio);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_ctx_recv")]
    public static void ReceiveAio(uint id, nint aio)
    {
        try
        {
            SocketExports.SubmitReceive(CContext.Find(id)?.Channel, aio);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_ctx_sendmsg")]
    public static int SendMessage(uint id, nint message, int flags)
    {
        try
        {
            return CContext.Find(id) is { } context
                ? SocketExports.Send(context.Channel, message, flags) : (int)NngError.Closed;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_ctx_recvmsg")]
    public static int ReceiveMessage(uint id, nint* message, int flags)
    {
        try
        {
            return CContext.Find(id) is { } context
                ? SocketExports.Receive(context.Channel, message, flags) : (int)NngError.Closed;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_ctx_topic")]
    public static int Topic(uint id, byte* topic, nuint length, int add)
    {
        try
        {
            return CContext.Find(id) is { } context
                ? (int)context.Inner.SetOption(SocketExports.TopicOption(add), SocketExports.TopicValue(topic, length))
                : (int)NngError.Closed;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }
}
