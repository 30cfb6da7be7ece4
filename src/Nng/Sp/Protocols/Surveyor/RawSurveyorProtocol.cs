using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// surveyor0, raw: sends what it is given to every peer, and gives what comes with the backtrace in the header. There
/// is no deadline and no matching.
/// </summary>
/// <remarks>
/// Rules XSUR-1 to XSUR-3 of the protocols sheet. Threading: see <see cref="BroadcastSide"/> and
/// <see cref="ReceiveSide"/>.
/// </remarks>
internal sealed class RawSurveyorProtocol : SpProtocol
{
    /// <summary>Surveys queued per pipe beside the one in flight.</summary>
    private const int PipeDepth = 16;

    private static readonly SpProtocolInfo s_info = ProtocolIds.Surveyor.AsRaw();

    private static readonly OptionTable<RawSurveyorProtocol> s_options = new(
        OptionRows.Int32<RawSurveyorProtocol>(OptionNames.MaxTtl, 1, 15, p => p._maxTtl, (p, n) => p._maxTtl = n),
        OptionRows.Int32<RawSurveyorProtocol>(
            OptionNames.ReceiveBuffer, 0, 8192, p => p._receive.Capacity, (p, n) => p._receive.Resize(n, keepNewest: true)));

    private readonly Lock _lock = new();
    private readonly BroadcastSide _send;
    private readonly ReceiveSide _receive;
    private int _maxTtl = 8;
    private bool _closed;

    public RawSurveyorProtocol(SpSocket socket)
        : base(socket)
    {
        _send = new BroadcastSide(_lock, this, PipeDepth, dropOldest: false);
        _receive = new ReceiveSide(_lock, this, capacity: 1, ReceiveOverflow.Hold);
    }

    public override SpProtocolInfo Info => s_info;

    public override bool IsReceiveReady => _receive.IsReady;

    public override bool IsSendReady => true;

    public override int UnsentCount => _send.UnsentCount;

    public override int UnreadCount => _receive.Count;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new RawSurveyorPipe(this, pipe);
        return NngError.None;
    }

    public override NngError TrySend(Message message)
    {
        BroadcastPipe[] pipes;
        lock (_lock)
        {
            if (_closed)
                return NngError.Closed;
            Socket.Traffic.CountSent(message.Length);
            pipes = _send.SendLocked(message, excludedPipe: 0);
        }

        BroadcastSide.Kick(pipes);
        return NngError.None;
    }

    public override void Send(Aio aio)
    {
        if (!aio.Begin())
            return;
        long length = aio.Message!.Length;
        NngError error = TrySend(aio.Message);
        if (error == NngError.None)
            aio.FinishSent(length);
        else
            aio.Finish(error);
    }

    public override NngError TryReceive(out Message? message) => _receive.TryReceive(out message);

    public override void Receive(Aio aio) => _receive.Receive(aio);

    public override void Close()
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _closed = true;
            _receive.CloseLocked(ref completions);
        }

        completions.Run();
    }

    internal void OnStarted(RawSurveyorPipe pipe) => _send.Add(pipe);

    internal bool OnReceived(RawSurveyorPipe pipe, Message message)
    {
        if (Backtrace.TryParseReply(message))
            return _receive.OnReceived(pipe, message);
        Socket.Traffic.CountDrop(DropReason.Malformed);
        message.Dispose();
        pipe.Pipe.Close(NngError.Protocol);
        return false;
    }

    internal void OnSendReady(RawSurveyorPipe pipe) => _send.OnReady(pipe);

    internal void OnClosed(RawSurveyorPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            _send.RemoveLocked(pipe);
            _receive.RemoveLocked(pipe);
        }

        ReceiveReadiness.Update();
    }
}
