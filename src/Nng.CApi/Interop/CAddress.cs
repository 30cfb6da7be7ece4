using System;
using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Nng.CApi;

/// <summary>Addresses between <see cref="NngAddress"/> and <c>nng_sockaddr</c> (136 bytes).</summary>
internal static class CAddress
{
    /// <summary>sizeof(nng_sockaddr).</summary>
    public const int Size = 136;

    private const int NameOffset = 2;
    private const int NameSize = 128;
    private const int AbstractMax = 107;

    /// <summary>Writes an address; longer names than the struct has room for are cut.</summary>
    public static void Write(NngAddress address, Span<byte> target)
    {
        target[..Size].Clear();
        BitConverter.TryWriteBytes(target, (ushort)address.Kind);
        switch (address.Kind)
        {
            case AddressKind.Inproc:
            case AddressKind.Ipc:
                ReadOnlySpan<byte> name = address.Name;
                name[..Math.Min(name.Length, NameSize - 1)].CopyTo(target[NameOffset..]);
                break;
            case AddressKind.Inet:
                BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)address.Port);
                address.EndPoint!.Address.TryWriteBytes(target[4..], out _);
                break;
            case AddressKind.Inet6:
                BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)address.Port);
                address.EndPoint!.Address.TryWriteBytes(target[4..], out _);
                BitConverter.TryWriteBytes(target[20..], (uint)address.EndPoint.Address.ScopeId);
                break;
            case AddressKind.Abstract:
                int length = Math.Min(address.Name.Length, AbstractMax);
                BitConverter.TryWriteBytes(target[2..], (ushort)length);
                address.Name[..length].CopyTo(target[4..]);
                break;
            default:
                break;
        }
    }

    /// <summary>Reads an address; null for an unknown family.</summary>
    public static NngAddress? Read(ReadOnlySpan<byte> source)
    {
        switch ((AddressKind)BitConverter.ToUInt16(source))
        {
            case AddressKind.Unspecified:
                return NngAddress.Unspecified;
            case AddressKind.Inproc:
                return NngAddress.Inproc(Name(source));
            case AddressKind.Ipc:
                return NngAddress.Ipc(Name(source));
            case AddressKind.Inet:
                return NngAddress.Ip(new IPEndPoint(
                    new IPAddress(source.Slice(4, 4)), BinaryPrimitives.ReadUInt16BigEndian(source[2..])));
            case AddressKind.Inet6:
                var address = new IPAddress(source.Slice(4, 16), BitConverter.ToUInt32(source[20..]));
                return NngAddress.Ip(new IPEndPoint(address, BinaryPrimitives.ReadUInt16BigEndian(source[2..])));
            case AddressKind.Abstract:
                return NngAddress.Abstract(source.Slice(4, Math.Min(BitConverter.ToUInt16(source[2..]), (ushort)AbstractMax)));
            default:
                return null;
        }
    }

    private static string Name(ReadOnlySpan<byte> source)
    {
        ReadOnlySpan<byte> name = source.Slice(NameOffset, NameSize);
        int end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }
}
