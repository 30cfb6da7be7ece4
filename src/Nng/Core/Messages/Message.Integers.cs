using System;
using System.Buffers.Binary;
using Nng.Core;

namespace Nng;

/// <content>Big-endian integers at the four ends.</content>
public sealed partial class Message
{
    /// <summary>Appends a big-endian 16-bit number at the end of the body. C function: <c>nng_msg_append_u16</c>.</summary>
    /// <param name="value">The number.</param>
    public void AppendUInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        Append(bytes);
    }

    /// <summary>Inserts a big-endian 16-bit number in front of the body. C function: <c>nng_msg_insert_u16</c>.</summary>
    /// <param name="value">The number.</param>
    public void InsertUInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        Insert(bytes);
    }

    /// <summary>Removes a big-endian 16-bit number from the front of the body. C function: <c>nng_msg_trim_u16</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 2 bytes are there.</exception>
    public ushort TrimUInt16()
    {
        if (_length < 2)
            Throw.MessageTooShort("trim the body by", 2, _length);
        ushort value = BinaryPrimitives.ReadUInt16BigEndian(Body);
        Trim(2);
        return value;
    }

    /// <summary>Removes a big-endian 16-bit number from the end of the body. C function: <c>nng_msg_chop_u16</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 2 bytes are there.</exception>
    public ushort ChopUInt16()
    {
        if (_length < 2)
            Throw.MessageTooShort("chop the body by", 2, _length);
        ushort value = BinaryPrimitives.ReadUInt16BigEndian(Body[(_length - 2)..]);
        Chop(2);
        return value;
    }

    /// <summary>Appends a big-endian 32-bit number at the end of the body. C function: <c>nng_msg_append_u32</c>.</summary>
    /// <param name="value">The number.</param>
    public void AppendUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        Append(bytes);
    }

    /// <summary>Inserts a big-endian 32-bit number in front of the body. C function: <c>nng_msg_insert_u32</c>.</summary>
    /// <param name="value">The number.</param>
    public void InsertUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        Insert(bytes);
    }

    /// <summary>Removes a big-endian 32-bit number from the front of the body. C function: <c>nng_msg_trim_u32</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 4 bytes are there.</exception>
    public uint TrimUInt32()
    {
        if (_length < 4)
            Throw.MessageTooShort("trim the body by", 4, _length);
        uint value = BinaryPrimitives.ReadUInt32BigEndian(Body);
        Trim(4);
        return value;
    }

    /// <summary>Removes a big-endian 32-bit number from the end of the body. C function: <c>nng_msg_chop_u32</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 4 bytes are there.</exception>
    public uint ChopUInt32()
    {
        if (_length < 4)
            Throw.MessageTooShort("chop the body by", 4, _length);
        uint value = BinaryPrimitives.ReadUInt32BigEndian(Body[(_length - 4)..]);
        Chop(4);
        return value;
    }

    /// <summary>Appends a big-endian 64-bit number at the end of the body. C function: <c>nng_msg_append_u64</c>.</summary>
    /// <param name="value">The number.</param>
    public void AppendUInt64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Append(bytes);
    }

    /// <summary>Inserts a big-endian 64-bit number in front of the body. C function: <c>nng_msg_insert_u64</c>.</summary>
    /// <param name="value">The number.</param>
    public void InsertUInt64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Insert(bytes);
    }

    /// <summary>Removes a big-endian 64-bit number from the front of the body. C function: <c>nng_msg_trim_u64</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 8 bytes are there.</exception>
    public ulong TrimUInt64()
    {
        if (_length < 8)
            Throw.MessageTooShort("trim the body by", 8, _length);
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(Body);
        Trim(8);
        return value;
    }

    /// <summary>Removes a big-endian 64-bit number from the end of the body. C function: <c>nng_msg_chop_u64</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 8 bytes are there.</exception>
    public ulong ChopUInt64()
    {
        if (_length < 8)
            Throw.MessageTooShort("chop the body by", 8, _length);
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(Body[(_length - 8)..]);
        Chop(8);
        return value;
    }

    /// <summary>Appends a big-endian 16-bit number at the end of the header. C function: <c>nng_msg_header_append_u16</c>.</summary>
    /// <param name="value">The number.</param>
    public void AppendHeaderUInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        AppendHeader(bytes);
    }

    /// <summary>Inserts a big-endian 16-bit number in front of the header. C function: <c>nng_msg_header_insert_u16</c>.</summary>
    /// <param name="value">The number.</param>
    public void InsertHeaderUInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        InsertHeader(bytes);
    }

    /// <summary>Removes a big-endian 16-bit number from the front of the header. C function: <c>nng_msg_header_trim_u16</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 2 bytes are there.</exception>
    public ushort TrimHeaderUInt16()
    {
        if (_headerLength < 2)
            Throw.MessageTooShort("trim the header by", 2, _headerLength);
        ushort value = BinaryPrimitives.ReadUInt16BigEndian(Header);
        TrimHeader(2);
        return value;
    }

    /// <summary>Removes a big-endian 16-bit number from the end of the header. C function: <c>nng_msg_header_chop_u16</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 2 bytes are there.</exception>
    public ushort ChopHeaderUInt16()
    {
        if (_headerLength < 2)
            Throw.MessageTooShort("chop the header by", 2, _headerLength);
        ushort value = BinaryPrimitives.ReadUInt16BigEndian(Header[(_headerLength - 2)..]);
        ChopHeader(2);
        return value;
    }

    /// <summary>Appends a big-endian 32-bit number at the end of the header. C function: <c>nng_msg_header_append_u32</c>.</summary>
    /// <param name="value">The number.</param>
    public void AppendHeaderUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        AppendHeader(bytes);
    }

    /// <summary>Inserts a big-endian 32-bit number in front of the header. C function: <c>nng_msg_header_insert_u32</c>.</summary>
    /// <param name="value">The number.</param>
    public void InsertHeaderUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        InsertHeader(bytes);
    }

    /// <summary>Removes a big-endian 32-bit number from the front of the header. C function: <c>nng_msg_header_trim_u32</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 4 bytes are there.</exception>
    public uint TrimHeaderUInt32()
    {
        if (_headerLength < 4)
            Throw.MessageTooShort("trim the header by", 4, _headerLength);
        uint value = BinaryPrimitives.ReadUInt32BigEndian(Header);
        TrimHeader(4);
        return value;
    }

    /// <summary>Removes a big-endian 32-bit number from the end of the header. C function: <c>nng_msg_header_chop_u32</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 4 bytes are there.</exception>
    public uint ChopHeaderUInt32()
    {
        if (_headerLength < 4)
            Throw.MessageTooShort("chop the header by", 4, _headerLength);
        uint value = BinaryPrimitives.ReadUInt32BigEndian(Header[(_headerLength - 4)..]);
        ChopHeader(4);
        return value;
    }

    /// <summary>Appends a big-endian 64-bit number at the end of the header. C function: <c>nng_msg_header_append_u64</c>.</summary>
    /// <param name="value">The number.</param>
    public void AppendHeaderUInt64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        AppendHeader(bytes);
    }

    /// <summary>Inserts a big-endian 64-bit number in front of the header. C function: <c>nng_msg_header_insert_u64</c>.</summary>
    /// <param name="value">The number.</param>
    public void InsertHeaderUInt64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        InsertHeader(bytes);
    }

    /// <summary>Removes a big-endian 64-bit number from the front of the header. C function: <c>nng_msg_header_trim_u64</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 8 bytes are there.</exception>
    public ulong TrimHeaderUInt64()
    {
        if (_headerLength < 8)
            Throw.MessageTooShort("trim the header by", 8, _headerLength);
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(Header);
        TrimHeader(8);
        return value;
    }

    /// <summary>Removes a big-endian 64-bit number from the end of the header. C function: <c>nng_msg_header_chop_u64</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer than 8 bytes are there.</exception>
    public ulong ChopHeaderUInt64()
    {
        if (_headerLength < 8)
            Throw.MessageTooShort("chop the header by", 8, _headerLength);
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(Header[(_headerLength - 8)..]);
        ChopHeader(8);
        return value;
    }
}
