using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// req0, raw: sends what it is given, header first, to idle pipes in turn; gives what comes with the backtrace in the
/// header. Matching requests and replies is the application's business.
/// </summary>
/// <remarks>
/// Rules XREQ-1 to XREQ-6 of the protocols sheet. Threading: see <see cref="SendSide"/> and <see cref="ReceiveSide"/>.
/// </remarks>
internal sealed class RawReqProtocol : SpProtocol
{
    private static readonly SpProtocolInfo s_info = ProtocolIds.Req.AsRaw();

    private static readonly OptionTable<RawReqProtocol> s_options = new(
        OptionRows.Int32<RawReqProtocol>(OptionNames.MaxTtl, 1, 15, p => p._maxTtl, (p, n) => p._maxTtl = n),
        OptionRows.Int32<RawReqProtocol>(
            OptionNames.SendBuffer, 0, 8192, p => p._send.Capacity, (p, n) => p._send.Capacity = n),
        OptionRows.Int32<RawReqProtocol>(
            OptionNames.ReceiveBuffer, 0, 8192, p => p._receive.Capacity, (p, n) => p._receive.Resize(n, keepNewest: true)));

    private readonly Lock _lock = new();
    private readonly SendSide _send;
    private readonly ReceiveSide _receive;

    /// <summary>Stored, not used: replies are not counted.</summary>
    private int _maxTtl = 8;

    public RawReqProtocol(SpSocket socket)
        : base(socket)
    {
        _send = new SendSide(_lock, this, check: null, shape: null, keepsNewest: true);
        _receive = new ReceiveSide(_lock, this, capacity: 1, ReceiveOverflow.Hold);
    }

    public override SpProtocolInfo Info => s_info;

    public override bool IsReceiveReady => _receive.IsReady;

    public override bool IsSendReady => _send.IsReady;

    public override int UnsentCount => _send.UnsentCount;

    public override int UnreadCount => _receive.Count;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new RawReqPipe(this, pipe);
        return NngError.None;
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

    internal void OnIdle(RawReqPipe pipe) => _send.OnIdle(pipe);

    internal bool OnReceived(RawReqPipe pipe, Message message)
    {
        if (Backtrace.TryParseReply(message))
            return _receive.OnReceived(pipe, message);
        Socket.Traffic.CountDrop(DropReason.Malformed);
        message.Dispose();
        pipe.Pipe.Close(NngError.Protocol);
        return false;
    }

    internal void OnClosed(RawReqPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            _send.RemoveLocked(pipe);
            _receive.RemoveLocked(pipe);
        }

        SendReadiness.Update();
        ReceiveReadiness.Update();
    }
}
