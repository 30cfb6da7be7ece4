using System;
using System.Runtime.InteropServices;
using Nng.Sockets;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>Chapter: sockets. Flags: 1 = buffers are allocated, 2 = do not wait.</summary>
internal static unsafe class SocketExports
{
    internal const int FlagAlloc = 1;
    internal const int FlagNonBlock = 2;

    /// <summary>Opens a socket: a protocol number, and cooked (0), raw (1) or polyamorous (2).</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_open")]
    public static int Open(int protocol, int mode, uint* id)
    {
        try
        {
            *id = (uint)CSocket.Open(socket => ProtocolTable.Create(socket, protocol, mode)).Inner.Id;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_socket_close")]
    public static int Close(uint id)
    {
        try
        {
            if (CSocket.Find(id) is not { } socket)
                return (int)NngError.Closed;
            Farewell.OfSockets([socket]);
            return (int)socket.Close();
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>Own and peers' protocol number and whether the socket is raw, in one call.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_socket_identity")]
    public static int Identity(uint id, ushort* self, ushort* peer, int* raw)
    {
        CSocket? socket = CSocket.Find(id);
        if (socket is null)
            return (int)NngError.Closed;
        *self = socket.Inner.Info.Self;
        *peer = socket.Inner.Info.Peer;
        *raw = socket.Inner.Info.Raw ? 1 : 0;
        return 0;
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_sendmsg")]
    public static int SendMessage(uint id, nint pointer, int flags)
    {
        try
        {
            return CSocket.Find(id) is { } socket ? Send(socket.Channel, pointer, flags) : (int)NngError.Closed;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_recvmsg")]
    public static int ReceiveMessage(uint id, nint* pointer, int flags)
    {
        try
        {
            return CSocket.Find(id) is { } socket ? Receive(socket.Channel, pointer, flags) : (int)NngError.Closed;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_send")]
    public static int Send(uint id, byte* bytes, nuint length, int flags)
    {
        Message? message = null;
        try
        {
            if (CSocket.Find(id) is not { } socket)
                return (int)NngError.Closed;
            message = Message.Rent(new ReadOnlySpan<byte>(bytes, checked((int)length)));
            NngError error = Send(socket.Channel, message, flags);
            if (error != NngError.None)
                message.Dispose();
            else if ((flags & FlagAlloc) != 0)
                NativeMemory.Free(bytes);
            return (int)error;
        }
        catch (Exception failure)
        {
            message?.Dispose();
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_recv")]
    public static int Receive(uint id, void* target, nuint* length, int flags)
    {
        try
        {
            if (CSocket.Find(id) is not { } socket)
                return (int)NngError.Closed;
            NngError error = Receive(socket.Channel, flags, out Message? message);
            if (error != NngError.None)
                return (int)error;
            using (message)
            {
                if ((flags & FlagAlloc) != 0)
                    *(byte**)target = CopyBody(message!);
                else
                    CopyCut(message!, (byte*)target, *length);
                *length = (nuint)message!.Length;
            }

            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_sock_send")]
    public static void SendAio(uint id, nint aio)
    {
        try
        {
            SubmitSend(CSocket.Find(id)?.Channel, aio);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_sock_recv")]
    public static void ReceiveAio(uint id, nint aio)
    {
        try
        {
            SubmitReceive(CSocket.Find(id)?.Channel, aio);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_device_aio")]
    public static void DeviceAio(nint pointer, uint first, uint second)
    {
        try
        {
            if (CAio.FindInner(pointer) is { } aio)
                StartDevice(aio, first, second);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_device")]
    public static int Device(uint first, uint second)
    {
        try
        {
            var aio = new Aio { TimeoutMs = Aio.Infinite };
            StartDevice(aio, first, second);
            aio.Wait();
            return (int)aio.Result;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>Registers a pipe callback; NULL clears it.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_pipe_notify")]
    public static int PipeNotify(
        uint id, int what, delegate* unmanaged[Cdecl]<uint, int, void*, void> callback, void* argument)
    {
        try
        {
            if (CSocket.Find(id) is not { } socket)
                return (int)NngError.Closed;
            Action<SpPipe, PipeEvent>? handler = callback is null
                ? null : (pipe, happened) => callback((uint)pipe.Id, (int)happened, argument);
            return (int)socket.Inner.SetEventCallback((PipeEvent)what, handler);
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>A subscription (add = 1) or its end.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_socket_topic")]
    public static int Topic(uint id, byte* topic, nuint length, int add)
    {
        try
        {
            return CSocket.Find(id) is { } socket
                ? (int)socket.Inner.SetOption(TopicOption(add), TopicValue(topic, length)) : (int)NngError.Closed;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    internal static string TopicOption(int add) => add != 0 ? OptionNames.SubSubscribe : OptionNames.SubUnsubscribe;

    internal static Core.OptionValue TopicValue(byte* topic, nuint length) =>
        Core.OptionValue.Bytes(new ReadOnlySpan<byte>(topic, checked((int)length)).ToArray());

    internal static int Send(MessageChannel channel, nint pointer, int flags) =>
        CMessage.Find(pointer) is { } message ? (int)Send(channel, message, flags) : (int)NngError.InvalidArgument;

    internal static int Receive(MessageChannel channel, nint* pointer, int flags)
    {
        NngError error = Receive(channel, flags, out Message? message);
        if (error == NngError.None)
            *pointer = CMessage.ToPointer(message);
        return (int)error;
    }

    internal static void SubmitSend(MessageChannel? channel, nint pointer)
    {
        if (CAio.FindInner(pointer) is not { } aio)
            return;
        if (channel is not null)
            channel.Send(aio);
        else
            Fail(aio, NngError.Closed);
    }

    internal static void SubmitReceive(MessageChannel? channel, nint pointer)
    {
        if (CAio.FindInner(pointer) is not { } aio)
            return;
        if (channel is not null)
            channel.Receive(aio);
        else
            Fail(aio, NngError.Closed);
    }

    internal static void Fail(Aio aio, NngError error)
    {
        if (aio.Begin())
            aio.Finish(error);
    }

    internal static NngError Send(MessageChannel channel, Message message, int flags)
    {
        bool wait = (flags & FlagNonBlock) == 0;
        NngError error = channel.TrySendWithin(message, wait ? Aio.DefaultTimeout : 0);
        return error == NngError.TimedOut && !wait ? NngError.TryAgain : error;
    }

    internal static NngError Receive(MessageChannel channel, int flags, out Message? message)
    {
        bool wait = (flags & FlagNonBlock) == 0;
        NngError error = channel.TryReceiveWithin(wait ? Aio.DefaultTimeout : 0, out message);
        return error == NngError.TimedOut && !wait ? NngError.TryAgain : error;
    }

    private static void StartDevice(Aio aio, uint first, uint second)
    {
        CSocket? one = CSocket.Find(first);
        CSocket? two = CSocket.Find(second);
        bool none = first is 0 or uint.MaxValue;
        bool nobody = second is 0 or uint.MaxValue;
        if (one is null && !none || two is null && !nobody)
            Fail(aio, NngError.Closed);
        else
            SpDevice.Start(aio, one?.Inner, two?.Inner);
    }

    private static byte* CopyBody(Message message)
    {
        if (message.Length == 0)
            return null;
        var copy = (byte*)NativeMemory.Alloc((nuint)message.Length);
        message.Body.CopyTo(new Span<byte>(copy, message.Length));
        return copy;
    }

    private static void CopyCut(Message message, byte* target, nuint room)
    {
        int count = (int)Math.Min(room, (nuint)message.Length);
        message.Body[..count].CopyTo(new Span<byte>(target, count));
    }
}
