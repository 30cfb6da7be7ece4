using System;
using System.Runtime.InteropServices;

namespace Nng.CApi;

/// <summary>Chapter: messages. The integer forms are built on these in the C half.</summary>
/// <remarks>A pointer to a body or header holds until the next call that changes it: both are pinned.</remarks>
internal static unsafe class MessageExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_alloc")]
    public static int Alloc(nint* pointer, nuint length)
    {
        try
        {
            *pointer = CMessage.ToPointer(Message.Create(checked((int)length)));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_free")]
    public static void Free(nint pointer)
    {
        try
        {
            CMessage.Find(pointer)?.Dispose();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_dup")]
    public static int Duplicate(nint* pointer, nint source)
    {
        try
        {
            if (CMessage.Find(source) is not { } message)
                return (int)NngError.InvalidArgument;
            *pointer = CMessage.ToPointer(message.Clone());
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_realloc")]
    public static int Resize(nint pointer, nuint length)
    {
        try
        {
            if (CMessage.Find(pointer) is not { } message)
                return (int)NngError.InvalidArgument;
            message.Resize(checked((int)length));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_reserve")]
    public static int Reserve(nint pointer, nuint capacity)
    {
        try
        {
            if (CMessage.Find(pointer) is not { } message)
                return (int)NngError.InvalidArgument;
            message.Reserve(checked((int)capacity));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_capacity")]
    public static nuint Capacity(nint pointer) => (nuint)(CMessage.Find(pointer)?.Capacity ?? 0);

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_len")]
    public static nuint Length(nint pointer) => (nuint)(CMessage.Find(pointer)?.Length ?? 0);

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_header_len")]
    public static nuint HeaderLength(nint pointer) => (nuint)(CMessage.Find(pointer)?.HeaderLength ?? 0);

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_body")]
    public static void* Body(nint pointer) => CMessage.Find(pointer) is { } message ? CMessage.Body(message) : null;

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_header")]
    public static void* Header(nint pointer) => CMessage.Find(pointer) is { } message ? CMessage.Header(message) : null;

    /// <summary>Appends (or, with front, inserts) bytes to the body; NULL bytes only make room.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_add")]
    public static int Add(nint pointer, byte* bytes, nuint length, int front)
    {
        try
        {
            if (CMessage.Find(pointer) is not { } message)
                return (int)NngError.InvalidArgument;
            int count = checked((int)length);
            if (bytes is null && front == 0)
                message.Resize(checked(message.Length + count));
            else if (bytes is null)
                message.Insert(new byte[count]);
            else if (front == 0)
                message.Append(new ReadOnlySpan<byte>(bytes, count));
            else
                message.Insert(new ReadOnlySpan<byte>(bytes, count));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>Drops bytes from the end (or, with front, from the front) of the body.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_drop")]
    public static int Drop(nint pointer, nuint length, int front)
    {
        if (CMessage.Find(pointer) is not { } message || length > (nuint)message.Length)
            return (int)NngError.InvalidArgument;
        if (front != 0)
            message.TryTrim((int)length);
        else
            message.Chop((int)length);
        return 0;
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_header_add")]
    public static int AddHeader(nint pointer, byte* bytes, nuint length, int front)
    {
        if (CMessage.Find(pointer) is not { } message
            || length > (nuint)(Message.MaxHeaderLength - message.HeaderLength))
            return (int)NngError.InvalidArgument;
        var span = new ReadOnlySpan<byte>(bytes, (int)length);
        if (front != 0)
            message.InsertHeader(span);
        else
            message.AppendHeader(span);
        return 0;
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_header_drop")]
    public static int DropHeader(nint pointer, nuint length, int front)
    {
        if (CMessage.Find(pointer) is not { } message || length > (nuint)message.HeaderLength)
            return (int)NngError.InvalidArgument;
        if (front != 0)
            message.TrimHeader((int)length);
        else
            message.ChopHeader((int)length);
        return 0;
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_clear")]
    public static void Clear(nint pointer) => CMessage.Find(pointer)?.Clear();

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_header_clear")]
    public static void ClearHeader(nint pointer) => CMessage.Find(pointer)?.ClearHeader();

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_set_pipe")]
    public static void SetPipe(nint pointer, uint pipe)
    {
        if (CMessage.Find(pointer) is { } message)
            message.PipeId = (int)pipe;
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_msg_get_pipe")]
    public static uint GetPipe(nint pointer) => (uint)(CMessage.Find(pointer)?.PipeId ?? 0);
}
