using System;
using Nng.Core;

namespace Nng;

/// <content>The header.</content>
public sealed partial class Message
{
    /// <summary>Header capacity: 15 hops and an id, four bytes each (protocols sheet, C-2).</summary>
    public const int MaxHeaderLength = 64;

    /// <summary>Header storage, created by the first use and kept with the pooled object.</summary>
    private byte[]? _header;

    private int _headerLength;

    /// <summary>Header length in bytes, 0 to 64. C function: <c>nng_msg_header_len</c>.</summary>
    public int HeaderLength => _headerLength;

    /// <summary>The header. Valid until the next modification. C function: <c>nng_msg_header</c>.</summary>
    public ReadOnlySpan<byte> Header => new(_header, 0, _headerLength);

    /// <summary>Appends bytes to the header. C function: <c>nng_msg_header_append</c>.</summary>
    /// <param name="bytes">At most what <see cref="MaxHeaderLength"/> leaves.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: the header would exceed 64 bytes.</exception>
    public void AppendHeader(ReadOnlySpan<byte> bytes)
    {
        if (!TryAppendHeader(bytes))
            Throw.HeaderTooLong(_headerLength, bytes.Length);
    }

    /// <summary>Inserts bytes in front of the header. C function: <c>nng_msg_header_insert</c>.</summary>
    /// <param name="bytes">At most what <see cref="MaxHeaderLength"/> leaves.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: the header would exceed 64 bytes.</exception>
    public void InsertHeader(ReadOnlySpan<byte> bytes)
    {
        Live();
        if (bytes.Length > MaxHeaderLength - _headerLength)
            Throw.HeaderTooLong(_headerLength, bytes.Length);
        byte[] header = HeaderStorage();
        header.AsSpan(0, _headerLength).CopyTo(header.AsSpan(bytes.Length));
        bytes.CopyTo(header);
        _headerLength += bytes.Length;
    }

    /// <summary>Removes bytes from the front of the header. C function: <c>nng_msg_header_trim</c>.</summary>
    /// <param name="count">0 to <see cref="HeaderLength"/>.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer bytes are there.</exception>
    public void TrimHeader(int count)
    {
        Live();
        if ((uint)count > (uint)_headerLength)
            Throw.MessageTooShort("trim the header by", count, _headerLength);
        _headerLength -= count;
        if (_headerLength > 0)
            _header.AsSpan(count, _headerLength).CopyTo(_header);
    }

    /// <summary>Removes bytes from the end of the header. C function: <c>nng_msg_header_chop</c>.</summary>
    /// <param name="count">0 to <see cref="HeaderLength"/>.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer bytes are there.</exception>
    public void ChopHeader(int count)
    {
        Live();
        if ((uint)count > (uint)_headerLength)
            Throw.MessageTooShort("chop the header by", count, _headerLength);
        _headerLength -= count;
    }

    /// <summary>Empties the header; the body stays. C function: <c>nng_msg_header_clear</c>.</summary>
    public void ClearHeader()
    {
        Live();
        _headerLength = 0;
    }

    internal bool TryAppendHeader(ReadOnlySpan<byte> bytes)
    {
        Live();
        if (bytes.Length > MaxHeaderLength - _headerLength)
            return false;
        bytes.CopyTo(HeaderStorage().AsSpan(_headerLength));
        _headerLength += bytes.Length;
        return true;
    }

    /// <summary>The pinned storage behind <see cref="Header"/>.</summary>
    internal byte[] HeaderStorage() =>
        _header ??= GC.AllocateUninitializedArray<byte>(MaxHeaderLength, pinned: true);

    private void CopyHeaderFrom(Message other)
    {
        _headerLength = other._headerLength;
        if (_headerLength > 0)
            other.Header.CopyTo(HeaderStorage());
    }
}
