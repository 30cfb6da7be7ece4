using System;
using System.Runtime.InteropServices;
using Nng.Core;

namespace Nng.CApi;

/// <summary>
/// Messages as pointers. A message object keeps its pointer for as long as it exists, through the pool and through
/// sends, so that crossing costs nothing; whether the pointer is alive is the message's own state.
/// </summary>
internal static unsafe class CMessage
{
    static CMessage()
    {
        MessagePool.Dropped = static message => HandleTable.Remove<Message>(message.Token, HandleKind.Message);
    }

    /// <summary>The pointer of a message; NULL for null.</summary>
    public static nint ToPointer(Message? message)
    {
        if (message is null)
            return 0;
        if (message.Token == 0)
            message.Token = HandleTable.Add(HandleKind.Message, message);
        return message.Token;
    }

    /// <summary>The live message of a pointer; null for NULL and for one that was freed or sent.</summary>
    public static Message? Find(nint pointer)
    {
        Message? message = HandleTable.Find<Message>(pointer, HandleKind.Message);
        return message is { IsAlive: true } ? message : null;
    }

    /// <summary>The body, writable, at an address that holds until the next call that changes the body.</summary>
    public static void* Body(Message message)
    {
        message.GetWritableBody();
        ArraySegment<byte> body = message.BodySegment;
        return (void*)Marshal.UnsafeAddrOfPinnedArrayElement(body.Array!, body.Offset);
    }

    /// <summary>The header, at an address that holds for the message's life.</summary>
    public static void* Header(Message message) =>
        (void*)Marshal.UnsafeAddrOfPinnedArrayElement(message.HeaderStorage(), 0);
}
