using System;
using System.Runtime.InteropServices;
using Nng.Core;

namespace Nng.Streams;

/// <summary>The receiving direction of a stream.</summary>
/// <param name="channel">Where bytes come from.</param>
/// <param name="sends">The other direction.</param>
internal class ReceiveQueue(IoChannel channel, SendQueue sends) : TransferQueue
{
    /// <summary>Elements below are filled together, from one receive, when more follow.</summary>
    private const int ScatterBelow = 8 * 1024;

    private const int ScatterBytes = 64 * 1024;

    /// <summary>A failure that came right behind bytes that were reported first; none for none.</summary>
    private NngError _late;

    /// <summary>
    /// Receives at once, without an operation. None: <paramref name="received"/> bytes came. Busy: nothing was tried,
    /// others are before it. Try again: <see cref="Finish"/> must follow. Else: the direction has ended.
    /// </summary>
    public NngError TryReceiveNow(Span<byte> buffer, out int received)
    {
        received = 0;
        if (!TryEnter())
            return NngError.Busy;
        NngError error = TakeNow(buffer, out received);
        if (error == NngError.TryAgain)
            return error;
        if (error != NngError.None)
            return Fail(error);
        Leave();
        return NngError.None;
    }

    /// <summary>Leaves a receive that was tried at once to an operation over the same buffer.</summary>
    public void Finish(Aio aio)
    {
        aio.Begin();
        aio.StartTransfer(whole: false);
        Continue(aio);
    }

    /// <summary>A receive without room could not be told from the end of the stream (transports sheet, B-6).</summary>
    protected override NngError Check(Aio aio) =>
        !aio.IsWhole && aio.Remaining.IsEmpty ? NngError.InvalidArgument : NngError.None;

    protected override NngError Move(Aio aio)
    {
        int budget = RunBytes;
        while (!aio.Remaining.IsEmpty)
        {
            if (IsAborting)
                return NngError.TryAgain;
            if (budget <= 0)
                return NngError.Busy;
            NngError error = _late == NngError.None ? Receive(aio, out bool isShort) : Late(out isShort);
            if (error != NngError.None)
                return EndOf(aio, error);
            budget -= ScatterBytes;
            if (!aio.IsWhole && isShort)
                break;
        }

        return NngError.None;
    }

    protected override bool Wait() => channel.WaitReadable();

    /// <summary>Takes bytes that came earlier, or receives; at least one on success.</summary>
    protected virtual NngError TakeNow(Span<byte> buffer, out int taken) => ReceiveNow(buffer, out taken);

    /// <summary>Receives into a buffer that is not empty; at least one byte on success.</summary>
    protected NngError ReceiveNow(Span<byte> buffer, out int received)
    {
        IoResult result = _late == NngError.None ? channel.TryReceive(buffer) : IoResult.Failed(_late);
        received = result.Count;
        return result.Error != NngError.None ? result.Error : received == 0 ? EndOfStream : NngError.None;
    }

    /// <summary>What the end of the stream means: a reset that a send has met looks like one to the next receive.</summary>
    private NngError EndOfStream => sends.MetReset ? NngError.ConnectionReset : channel.EndOfStream;

    /// <summary>What moved before a partial receive met an obstacle counts as success; the obstacle is kept.</summary>
    private NngError EndOf(Aio aio, NngError error)
    {
        if (aio.IsWhole || aio.Moved == 0)
            return error;
        if (error != NngError.TryAgain)
            _late = error;
        return NngError.None;
    }

    private NngError Late(out bool isShort)
    {
        isShort = true;
        return _late;
    }

    private NngError Receive(Aio aio, out bool isShort)
    {
        ReadOnlySpan<ReadOnlyMemory<byte>> rest = aio.Remaining;
        int offset = aio.ElementOffset;
        Span<byte> first = MemoryMarshal.AsMemory(rest[0]).Span[offset..];
        bool scatters = rest.Length > 1 && first.Length < ScatterBelow;
        IoResult result = scatters ? Scatter(rest, offset, out int room) : Receive(first, out room);
        isShort = result.Count < room;
        if (result.Error != NngError.None)
            return result.Error;
        if (result.Count == 0)
            return EndOfStream;
        aio.Advance(result.Count);
        return NngError.None;
    }

    private IoResult Receive(Span<byte> buffer, out int room)
    {
        room = buffer.Length;
        return channel.TryReceive(buffer);
    }

    /// <summary>One receive for many small elements.</summary>
    private IoResult Scatter(ReadOnlySpan<ReadOnlyMemory<byte>> rest, int offset, out int room)
    {
        room = -offset;
        foreach (ReadOnlyMemory<byte> element in rest)
            room = (int)Math.Min((long)room + element.Length, ScatterBytes);
        Chunk chunk = ChunkPool.Rent(room);
        IoResult result = channel.TryReceive(chunk.Bytes.AsSpan(0, room));
        ReadOnlySpan<byte> bytes = chunk.Bytes.AsSpan(0, result.Count);
        for (int i = 0; !bytes.IsEmpty; i++)
        {
            Span<byte> target = MemoryMarshal.AsMemory(rest[i]).Span[offset..];
            int count = Math.Min(target.Length, bytes.Length);
            bytes[..count].CopyTo(target);
            bytes = bytes[count..];
            offset = 0;
        }

        ChunkPool.Release(chunk);
        return result;
    }
}
