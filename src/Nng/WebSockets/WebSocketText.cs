using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Nng.WebSockets;

/// <summary>Checks that a message is UTF-8, piece by piece (RFC 6455, 8.1).</summary>
/// <remarks>Not thread-safe: it belongs to whoever receives.</remarks>
internal struct WebSocketText
{
    /// <summary>The first bytes of a character whose rest is to come, first byte lowest.</summary>
    private uint _begun;

    private int _count;

    /// <summary>Checks the next bytes of a message; false when they cannot be UTF-8.</summary>
    /// <param name="bytes">Any number.</param>
    /// <param name="isLast">The message ends with them, and the next one begins afresh.</param>
    public bool Check(ReadOnlySpan<byte> bytes, bool isLast)
    {
        Span<byte> joint = stackalloc byte[4];
        while (_count > 0 && !bytes.IsEmpty)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(joint, _begun);
            joint[_count] = bytes[0];
            bytes = bytes[1..];
            if (!Judge(joint[..(_count + 1)]))
                return false;
        }

        if (!Utf8.IsValid(bytes))
        {
            int whole = bytes.Length - Rest(bytes);
            if (!Utf8.IsValid(bytes[..whole]) || !Judge(bytes[whole..]))
                return false;
        }

        bool good = !isLast || _count == 0;
        if (isLast)
            _count = 0;
        return good;
    }

    /// <summary>Bytes at the end that begin a character and do not end it.</summary>
    private static int Rest(ReadOnlySpan<byte> bytes)
    {
        for (int length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            // The byte is not one that continues a character.
            if ((bytes[^length] & 0xc0) != 0x80)
                return length;
        }

        return 0;
    }

    /// <summary>A character, or its beginning, which is kept; false for neither.</summary>
    private bool Judge(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return true;
        OperationStatus status = Rune.DecodeFromUtf8(bytes, out _, out int used);
        _count = 0;
        if (status == OperationStatus.Done)
            return used == bytes.Length;
        if (status != OperationStatus.NeedMoreData)
            return false;
        _begun = 0;
        for (int i = 0; i < bytes.Length; i++)
            _begun |= (uint)bytes[i] << (8 * i);
        _count = bytes.Length;
        return true;
    }
}
