using System;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>The sending direction of a stream: each try offers the channel all that is left of the vector.</summary>
internal class SendQueue(IoChannel channel) : TransferQueue
{
    private long _sent;

    /// <summary>
    /// Sends at once, without an operation. None: all went. Busy: nothing was tried, others are before it. Try again:
    /// <paramref name="sent"/> bytes went and <see cref="Finish"/> must follow. Else: the direction has failed.
    /// </summary>
    public NngError TrySendNow(ReadOnlySpan<byte> bytes, out int sent)
    {
        sent = 0;
        if (bytes.Length > RunBytes || !TryEnter())
            return NngError.Busy;
        do
        {
            IoResult result = channel.TrySend(bytes[sent..]);
            if (result.Error == NngError.TryAgain)
                return result.Error;
            if (result.Error != NngError.None)
                return Fail(PeerError(result.Error));
            _sent += result.Count;
            sent += result.Count;
        }
        while (sent < bytes.Length);
        Leave();
        return NngError.None;
    }

    /// <summary>Leaves the rest of a send that was tried at once to an operation over the same bytes.</summary>
    public void Finish(Aio aio, int sent)
    {
        aio.Begin();
        aio.StartTransfer(whole: true);
        aio.Advance(sent);
        Continue(aio);
    }

    /// <summary>The loop that a waiting thread can drive; null for none.</summary>
    public WaitDriver? WaitDriver => channel.WaitDriver;

    /// <summary>Bytes sent so far.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>The peer's reset was met here; the system tells it only once.</summary>
    public bool MetReset { get; private set; }

    /// <summary>A vector without bytes is sent: nothing goes out, at its turn.</summary>
    protected override NngError Check(Aio aio) => NngError.None;

    protected override NngError Move(Aio aio)
    {
        int budget = RunBytes;
        if (aio.Remaining.IsEmpty && aio.Moved == 0)
        {
            NngError error = channel.TrySendNothing().Error;
            return error is NngError.None or NngError.TryAgain ? error : PeerError(error);
        }

        while (!aio.Remaining.IsEmpty)
        {
            if (IsAborting)
                return NngError.TryAgain;
            if (budget <= 0)
                return NngError.Busy;
            IoResult result = channel.TrySend(aio.Remaining, aio.ElementOffset);
            if (result.Error != NngError.None)
                return PeerError(result.Error);
            _sent += result.Count;
            aio.Advance(result.Count);
            budget -= result.Count;
            if (!aio.IsWhole)
                break;
        }

        return NngError.None;
    }

    protected override bool Wait() => channel.WaitWritable();

    /// <summary>
    /// "Closed" from below is the peer's doing (http sheet, 3.9): a close from here is known before it reaches the
    /// channel.
    /// </summary>
    private NngError PeerError(NngError error)
    {
        MetReset |= error == NngError.ConnectionReset;
        return error == NngError.Closed ? channel.PeerGone : error;
    }
}
