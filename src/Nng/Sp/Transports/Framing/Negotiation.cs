using System;
using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>Exchanges handshakes on a fresh stream: sends 8 bytes, reads exactly 8, within one deadline.</summary>
/// <remarks>
/// Threading: each direction is carried on by the thread its channel calls; the outcome is reported once, by whoever
/// finishes first: the exchange, the deadline or a cancel.
/// </remarks>
internal sealed class Negotiation : IIoHandler
{
    /// <summary>From the moment the stream is up (TW-1: one deadline for all of it).</summary>
    public const int TimeoutMs = 10_000;

    private readonly Action<Negotiation, NngError> _done;
    private readonly byte[] _out = GC.AllocateUninitializedArray<byte>(Handshake.Length, pinned: true);
    private readonly byte[] _in = GC.AllocateUninitializedArray<byte>(Handshake.Length, pinned: true);
    private readonly IoSegment[] _segments = new IoSegment[1];
    private readonly Expiry _expiry;
    private readonly Expirer _expirer;
    private int _sent;
    private int _received;

    /// <summary>Halves that are still under way.</summary>
    private int _halves = 2;

    private int _finished;

    /// <param name="stream">Owned from now on, until <paramref name="done"/> reports success.</param>
    /// <param name="protocol">The own protocol number.</param>
    /// <param name="done">Called once, without locks; after a failure the stream is closed.</param>
    /// <param name="expirer">Keeps the deadline; null for the process's.</param>
    public Negotiation(
        NngStream stream, ushort protocol, Action<Negotiation, NngError> done, Expirer? expirer = null)
    {
        Stream = stream;
        _done = done;
        _expirer = expirer ?? Expirer.Default;
        _expiry = new Expiry(this);
        Handshake.Write(_out, protocol);
        stream.Channel.Handler = this;
    }

    public NngStream Stream { get; }

    /// <summary>What the peer announced; valid after success.</summary>
    public ushort PeerProtocol { get; private set; }

    public void Start()
    {
        _expirer.Arm(_expiry, _expirer.Clock.NowMs + TimeoutMs);
        // Cancelled before it began: nobody else disarms.
        if (Volatile.Read(ref _finished) != 0)
            _expirer.Disarm(_expiry);
        OnWritable();
        OnReadable();
    }

    /// <summary>Ends the negotiation with a reason, if it is still under way.</summary>
    public void Cancel(NngError reason) => Finish(reason);

    public void OnWritable()
    {
        while (_sent < Handshake.Length)
        {
            _segments[0] = new IoSegment(_out, _sent, Handshake.Length - _sent);
            IoResult result = Stream.Channel.TrySend(_segments);
            if (result.Error == NngError.TryAgain)
            {
                if (Stream.Channel.WaitWritable())
                    return;
                continue;
            }

            if (result.Error != NngError.None)
            {
                Finish(AsPeerError(result.Error));
                return;
            }

            _sent += result.Count;
        }

        FinishHalf();
    }

    public void OnReadable()
    {
        while (_received < Handshake.Length)
        {
            IoResult result = Stream.Channel.TryReceive(_in.AsSpan(_received));
            if (result.Error == NngError.TryAgain)
            {
                if (Stream.Channel.WaitReadable())
                    return;
                continue;
            }

            if (result.Error != NngError.None || result.Count == 0)
            {
                Finish(AsPeerError(result.Error));
                return;
            }

            _received += result.Count;
        }

        if (Handshake.TryRead(_in, out ushort protocol))
        {
            PeerProtocol = protocol;
            FinishHalf();
        }
        else
        {
            Finish(NngError.Protocol);
        }
    }

    public void OnFlush()
    {
    }

    /// <summary>
    /// The end of the stream, and "closed" from below, is the peer's doing (F-4). So is a reset: whether a peer that
    /// closes sends one depends on whether it has read our block.
    /// </summary>
    private static NngError AsPeerError(NngError error) =>
        error is NngError.None or NngError.Closed or NngError.ConnectionReset or NngError.ConnectionAborted
            ? NngError.ConnectionShutdown : error;

    private void FinishHalf()
    {
        if (Interlocked.Decrement(ref _halves) == 0)
            Finish(NngError.None);
    }

    private void Finish(NngError error)
    {
        if (Interlocked.Exchange(ref _finished, 1) != 0)
            return;
        _expirer.Disarm(_expiry);
        if (error != NngError.None)
            Stream.Channel.Close();
        _done(this, error);
    }

    private sealed class Expiry(Negotiation negotiation) : Deadline
    {
        public override void OnExpired() => negotiation.Finish(NngError.TimedOut);
    }
}
