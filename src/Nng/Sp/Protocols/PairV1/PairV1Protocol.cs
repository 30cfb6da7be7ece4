using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// pair1, monogamous: like pair0, with a hop count in front of each message. Malformed counts close the pipe, counts
/// beyond the limit drop the message. Raw sockets supply the count and add one.
/// </summary>
/// <remarks>
/// Rules P1-1 to P1-6 and P1R-1 to P1R-4 of the protocols sheet. Threading: see <see cref="SendSide"/> and
/// <see cref="ReceiveSide"/>.
/// </remarks>
internal sealed class PairV1Protocol : SpProtocol, IPairV1Statistics
{
    private static readonly SpProtocolInfo s_raw = ProtocolIds.Pair1.AsRaw();

    private static readonly OptionTable<PairV1Protocol> s_options = new(
        OptionRows.Int32<PairV1Protocol>(OptionNames.MaxTtl, 1, 15, p => p._maxTtl, (p, n) => p._maxTtl = n),
        OptionRows.Int32<PairV1Protocol>(
            OptionNames.SendBuffer, 0, 8192, p => p._send.Capacity, (p, n) => p._send.Capacity = n),
        OptionRows.Int32<PairV1Protocol>(
            OptionNames.ReceiveBuffer, 0, 8192, p => p._receive.Capacity, (p, n) => p._receive.Resize(n, keepNewest: false)));

    private readonly Lock _lock = new();
    private readonly bool _raw;
    private readonly SendSide _send;
    private readonly ReceiveSide _receive;

    /// <summary>The attached peer; null for none.</summary>
    private PairV1Pipe? _peer;

    /// <summary>Arrivals that made more hops are dropped: 1 to 15.</summary>
    private int _maxTtl = 8;

    public PairV1Protocol(SpSocket socket, bool raw)
        : base(socket)
    {
        _raw = raw;
        _send = raw
            ? new SendSide(_lock, this, CheckRaw, PairV1Hops.Increment)
            : new SendSide(_lock, this, check: null, PairV1Hops.Start);
        _receive = new ReceiveSide(_lock, this, capacity: 0, ReceiveOverflow.Hold);
    }

    public PairV1Counters Counters { get; } = new();

    public override StatSection? Statistics => PairV1Statistics.Section(this);

    public bool IsPolyamorous => false;

    public override SpProtocolInfo Info => _raw ? s_raw : ProtocolIds.Pair1;

    public override bool IsReceiveReady => _receive.IsReady;

    public override bool IsSendReady => _send.IsReady;

    public override int UnsentCount => _send.UnsentCount;

    public override int UnreadCount => _receive.Count;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        var created = new PairV1Pipe(this, pipe);
        lock (_lock)
        {
            state = _peer is null ? created : null;
            _peer ??= created;
        }

        return state is null ? NngError.Busy : NngError.None;
    }

    public override void OnRejected(NngError error) => Counters.CountRejected(error);

    public override NngError TrySend(Message message) => _send.TrySend(message);

    public override void Send(Aio aio) => _send.Send(aio);

    public override NngError TryReceive(out Message? message) => _receive.TryReceive(out message);

    public override void Receive(Aio aio) => _receive.Receive(aio);

    public override void Close()
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _send.CloseLocked(ref completions);
            _receive.CloseLocked(ref completions);
        }

        completions.Run();
    }

    internal void OnIdle(PairV1Pipe pipe) => _send.OnIdle(pipe);

    internal bool OnReceived(PairV1Pipe pipe, Message message)
    {
        if (PairV1Hops.Parse(message, _maxTtl) is not { } dropped)
            return _receive.OnReceived(pipe, message);
        Socket.Traffic.CountDrop(dropped);
        message.Dispose();
        if (dropped != DropReason.Malformed)
            return true;
        pipe.Pipe.Close(NngError.Protocol);
        return false;
    }

    internal void OnClosed(PairV1Pipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            _send.RemoveLocked(pipe);
            _receive.RemoveLocked(pipe);
            // The slot is free at once, so that a quick reconnect is not refused (W-5).
            if (ReferenceEquals(_peer, pipe))
                _peer = null;
        }

        SendReadiness.Update();
        ReceiveReadiness.Update();
    }

    private NngError CheckRaw(Message message)
    {
        NngError error = PairV1Hops.Check(message);
        if (error != NngError.None)
            Counters.CountTxMalformed();
        return error;
    }
}
