using System;
using System.Text;
using Nng.Core;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>Option values between C memory and the library, and the way to their owners.</summary>
internal static unsafe class COptions
{
    /// <summary>The untyped accessors.</summary>
    public const int Untyped = -1;

    /// <summary>The type of a value without one: an address or a pointer where the option takes that and the size is right.</summary>
    public static int TypeOf(string name, nuint size) => name switch
    {
        OptionNames.LocalAddress when size == CAddress.Size => (int)OptionType.Address,
        OptionNames.TlsConfig when size == (nuint)sizeof(nint) => (int)OptionType.Object,
        _ => Untyped,
    };

    /// <summary>Whether a value that is text, or may be, is UTF-8.</summary>
    public static bool IsUtf8(int type, void* value, nuint size) => type switch
    {
        (int)OptionType.Text => size == 0 || System.Text.Unicode.Utf8.IsValid(Utf8.Bytes((byte*)value)),
        Untyped => size > int.MaxValue || System.Text.Unicode.Utf8.IsValid(new ReadOnlySpan<byte>(value, (int)size)),
        _ => true,
    };

    /// <summary>The value that the caller's memory holds.</summary>
    public static NngError Read(int type, void* value, nuint size, out OptionValue read)
    {
        read = default;
        switch (type)
        {
            case Untyped:
                if (size > int.MaxValue)
                    return NngError.InvalidArgument;
                read = OptionValue.Bytes(new ReadOnlySpan<byte>(value, (int)size).ToArray());
                return NngError.None;
            case (int)OptionType.Boolean:
                read = OptionValue.Boolean(*(byte*)value != 0);
                return NngError.None;
            case (int)OptionType.Int32:
                read = OptionValue.Int32(*(int*)value);
                return NngError.None;
            case (int)OptionType.Size:
                read = OptionValue.Size(*(nuint*)value > long.MaxValue ? long.MaxValue : (long)*(nuint*)value);
                return NngError.None;
            case (int)OptionType.UInt64:
                read = OptionValue.UInt64(*(ulong*)value);
                return NngError.None;
            case (int)OptionType.Duration:
                read = OptionValue.Duration(*(int*)value);
                return NngError.None;
            case (int)OptionType.Text:
                // Nothing, not even an end mark: no option takes that.
                read = OptionValue.Text(size == 0 ? null : Utf8.ReadLoosely((byte*)value));
                return NngError.None;
            case (int)OptionType.Object:
                read = OptionValue.Object(CObjects.FromPointer(*(nint*)value));
                return NngError.None;
            case (int)OptionType.Address:
                // One of no known family is for the option to refuse.
                read = OptionValue.Address(
                    CAddress.Read(new ReadOnlySpan<byte>(value, CAddress.Size)) ?? NngAddress.Unspecified);
                return NngError.None;
            default:
                return NngError.InvalidArgument;
        }
    }

    /// <summary>Writes a value into the caller's memory; another type than the accessor's is refused.</summary>
    public static NngError Write(OptionValue value, int type, void* target, nuint* size)
    {
        if (type == Untyped)
            return WriteUntyped(value, target, size);
        if ((int)value.Type != type)
            return NngError.BadType;
        switch (value.Type)
        {
            case OptionType.Boolean:
                *(byte*)target = value.Flag ? (byte)1 : (byte)0;
                break;
            case OptionType.Int32 or OptionType.Duration:
                *(int*)target = value.Int;
                break;
            case OptionType.Size or OptionType.UInt64:
                *(ulong*)target = (ulong)value.Number;
                break;
            case OptionType.Text:
                *(byte**)target = Utf8.Copy(value.TextValue);
                break;
            case OptionType.Object:
                *(nint*)target = CObjects.ToPointer(value.Reference);
                break;
            case OptionType.Address:
                CAddress.Write((NngAddress)value.Reference!, new Span<byte>(target, CAddress.Size));
                break;
            default:
                return NngError.BadType;
        }

        return NngError.None;
    }

    public static NngError Set(OptionOwner kind, ulong handle, string name, OptionValue value) => kind switch
    {
        OptionOwner.Socket => CSocket.Find((uint)handle)?.Inner.SetOption(name, value) ?? NngError.Closed,
        OptionOwner.Context => CContext.Find((uint)handle)?.Inner.SetOption(name, value) ?? NngError.Closed,
        OptionOwner.Dialer => SpRegistry.Dialers.Find((int)handle)?.SetOption(name, value) ?? NngError.NotFound,
        OptionOwner.Listener => SpRegistry.Listeners.Find((int)handle)?.SetOption(name, value) ?? NngError.NotFound,
        OptionOwner.Stream => StreamExports.Find((nint)handle)?.SetOption(name, value) ?? NngError.Closed,
        OptionOwner.StreamDialer => StreamExports.FindDialer((nint)handle)?.SetOption(name, value) ?? NngError.Closed,
        OptionOwner.StreamListener =>
            StreamExports.FindListener((nint)handle)?.SetOption(name, value) ?? NngError.Closed,
        _ => NngError.NotSupported,
    };

    public static NngError Get(OptionOwner kind, ulong handle, string name, out OptionValue value)
    {
        value = default;
        switch (kind)
        {
            case OptionOwner.Socket:
                return GetOfSocket((uint)handle, name, out value);
            case OptionOwner.Context:
                return CContext.Find((uint)handle)?.Inner.GetOption(name, out value) ?? NngError.Closed;
            case OptionOwner.Dialer:
                SpDialer? dialer = SpRegistry.Dialers.Find((int)handle);
                return OrOfSocket(dialer?.GetOption(name, out value) ?? NngError.NotFound, dialer?.Socket, name, ref value);
            case OptionOwner.Listener:
                SpListener? listener = SpRegistry.Listeners.Find((int)handle);
                return OrOfSocket(
                    listener?.GetOption(name, out value) ?? NngError.NotFound, listener?.Socket, name, ref value);
            case OptionOwner.Pipe:
                SpPipe? pipe = SpRegistry.Pipes.Find((int)handle);
                return OrOfSocket(pipe?.GetOption(name, out value) ?? NngError.NotFound, pipe?.Socket, name, ref value);
            case OptionOwner.Stream:
                return StreamExports.Find((nint)handle)?.GetOption(name, out value) ?? NngError.Closed;
            case OptionOwner.StreamDialer:
                return StreamExports.FindDialer((nint)handle)?.GetOption(name, out value) ?? NngError.Closed;
            case OptionOwner.StreamListener:
                return StreamExports.FindListener((nint)handle)?.GetOption(name, out value) ?? NngError.Closed;
            default:
                return NngError.NotSupported;
        }
    }

    /// <summary>Reads of what an endpoint or pipe does not have go to the socket: its readiness is a descriptor there, too.</summary>
    private static NngError OrOfSocket(NngError error, SpSocket? socket, string name, ref OptionValue value) =>
        error == NngError.None && value.Reference is Readiness ? GetOfSocket((uint)socket!.Id, name, out value) : error;

    /// <summary>A socket's option; readiness becomes a descriptor to poll.</summary>
    private static NngError GetOfSocket(uint id, string name, out OptionValue value)
    {
        value = default;
        if (CSocket.Find(id) is not { } socket)
            return NngError.Closed;
        NngError error = socket.Inner.GetOption(name, out value);
        if (error != NngError.None || value.Reference is not Readiness readiness)
            return error;
        error = socket.GetPoll(readiness, name == OptionNames.ReceiveReadiness, out int descriptor);
        value = OptionValue.Int32(descriptor);
        return error;
    }

    /// <summary>Raw bytes: as many as fit, the true size, and an invalid argument when they did not all fit.</summary>
    private static NngError WriteUntyped(OptionValue value, void* target, nuint* size)
    {
        byte* room = stackalloc byte[CAddress.Size];
        ReadOnlySpan<byte> bytes;
        switch (value.Type)
        {
            case OptionType.Text:
                bytes = Encoding.UTF8.GetBytes(value.TextValue + '\0');
                break;
            case OptionType.Address:
                CAddress.Write((NngAddress)value.Reference!, new Span<byte>(room, CAddress.Size));
                bytes = new ReadOnlySpan<byte>(room, CAddress.Size);
                break;
            case OptionType.Object:
                *(nint*)room = CObjects.ToPointer(value.Reference);
                bytes = new ReadOnlySpan<byte>(room, sizeof(nint));
                break;
            default:
                bytes = value.ToBytes();
                break;
        }

        bool fits = *size >= (nuint)bytes.Length;
        bytes[..(fits ? bytes.Length : (int)*size)].CopyTo(new Span<byte>(target, bytes.Length));
        *size = (nuint)bytes.Length;
        return fits ? NngError.None : NngError.InvalidArgument;
    }
}
