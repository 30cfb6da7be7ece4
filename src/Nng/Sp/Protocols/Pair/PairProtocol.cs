using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// pair0: one peer at a time, both directions, with back-pressure all the way. While there is no peer, or it is busy,
/// messages wait in the buffer and then senders wait. A second peer is refused.
/// </summary>
/// <remarks>
/// Rules P0-1 to P0-11 of the protocols sheet. Threading: see <see cref="SendSide"/> and <see cref="ReceiveSide"/>.
/// </remarks>
internal sealed class PairProtocol : SpProtocol
{
    private static readonly SpProtocolInfo s_raw = ProtocolIds.Pair0.AsRaw();

    private static readonly OptionTable<PairProtocol> s_options = new(
        OptionRows.Int32<PairProtocol>(
            OptionNames.SendBuffer, 0, 8192, p => p._send.Capacity, (p, n) => p._send.Capacity = n),
        OptionRows.Int32<PairProtocol>(
            OptionNames.ReceiveBuffer, 0, 8192, p => p._receive.Capacity, (p, n) => p._receive.Resize(n, keepNewest: false)));

    private readonly Lock _lock = new();
    private readonly bool _raw;
    private readonly SendSide _send;
    private readonly ReceiveSide _receive;

    /// <summary>The attached peer; null for none.</summary>
    private PairPipe? _peer;

    public PairProtocol(SpSocket socket, bool raw)
        : base(socket)
    {
        _raw = raw;
        bool asIs = raw || socket.Policy.SendsStrayHeaders;
        _send = new SendSide(_lock, this, check: null, asIs ? null : static message => message.ClearHeader());
        _receive = new ReceiveSide(_lock, this, capacity: 0, ReceiveOverflow.Hold);
    }

    public override SpProtocolInfo Info => _raw ? s_raw : ProtocolIds.Pair0;

    public override bool IsReceiveReady => _receive.IsReady;

    public override bool IsSendReady => _send.IsReady;

    public override int UnsentCount => _send.UnsentCount;

    public override int UnreadCount => _receive.Count;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        var created = new PairPipe(this, pipe);
        lock (_lock)
        {
            state = _peer is null ? created : null;
            _peer ??= created;
        }

        return state is null ? NngError.Busy : NngError.None;
    }

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

    internal void OnIdle(PairPipe pipe) => _send.OnIdle(pipe);

    internal bool OnReceived(PairPipe pipe, Message message) => _receive.OnReceived(pipe, message);

    internal void OnClosed(PairPipe pipe)
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
}
