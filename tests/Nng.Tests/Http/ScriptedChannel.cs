using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Nng.Core;
using Nng.Streams;

namespace Nng.Tests.Http;

/// <summary>A connection whose peer sends given pieces, one a receive, and then ends the stream. Sends go nowhere.</summary>
internal sealed class ScriptedChannel(IReadOnlyList<byte[]> parts)
    : IoChannel(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
{
    private int _part;
    private int _offset;

    /// <summary>A connection to that peer.</summary>
    public static NngStream Stream(IReadOnlyList<byte[]> parts) => new(
        new ScriptedChannel(parts), NngAddress.Unspecified, NngAddress.Unspecified, new OptionTable<NngStream>());

    public override NngError Connect(EndPoint remote) => NngError.NotSupported;

    public override NngError FinishConnect() => NngError.NotSupported;

    public override IoResult TryReceive(Span<byte> buffer)
    {
        if (_part == parts.Count)
            return IoResult.Moved(0);
        ReadOnlySpan<byte> rest = parts[_part].AsSpan(_offset);
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _offset += count;
        if (_offset == parts[_part].Length)
            (_part, _offset) = (_part + 1, 0);
        return IoResult.Moved(count);
    }

    public override IoResult TrySend(ReadOnlySpan<IoSegment> segments) => IoResult.Failed(NngError.NotSupported);

    public override IoResult TrySend(ReadOnlySpan<byte> bytes) => IoResult.Moved(bytes.Length);

    public override IoResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset) =>
        IoResult.Moved(segments[0].Length - offset);

    public override bool WaitReadable() => false;

    public override bool WaitWritable() => false;

    public override void RequestFlush()
    {
    }

    public override void Close() => Socket.Dispose();
}
