using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// bus0: each message goes to every attached peer, never back to its sender, and is not forwarded. Nobody waits: what
/// finds a queue full, at either side, is dropped. Raw sockets name in the header the pipe to leave out.
/// </summary>
/// <remarks>
/// Rules BUS-1 to BUS-10 of the protocols sheet. Threading: see <see cref="BroadcastSide"/> and
/// <see cref="ReceiveSide"/>.
/// </remarks>
internal sealed class BusProtocol : SpProtocol
{
    private const int DefaultDepth = 16;

    private static readonly SpProtocolInfo s_raw = ProtocolIds.Bus.AsRaw();

    private static readonly OptionTable<BusProtocol> s_options = new(
        OptionRows.Int32<BusProtocol>(
            OptionNames.SendBuffer, 1, 8192, p => p._send.Depth, (p, n) => p._send.Depth = n),
        OptionRows.Int32<BusProtocol>(
            OptionNames.ReceiveBuffer, 1, 8192, p => p._receive.Capacity, (p, n) => p._receive.Resize(n, keepNewest: false)));

    private readonly Lock _lock = new();
    private readonly bool _raw;
    private readonly BroadcastSide _send;
    private readonly ReceiveSide _receive;
    private bool _closed;

    public BusProtocol(SpSocket socket, bool raw)
        : base(socket)
    {
        _raw = raw;
        _send = new BroadcastSide(_lock, this, DefaultDepth, dropOldest: false);
        _receive = new ReceiveSide(_lock, this, DefaultDepth, ReceiveOverflow.DropNewest);
    }

    public override SpProtocolInfo Info => _raw ? s_raw : ProtocolIds.Bus;

    public override bool IsReceiveReady => _receive.IsReady;

    public override bool IsSendReady => true;

    public override int UnsentCount => _send.UnsentCount;

    public override int UnreadCount => _receive.Count;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new BusPipe(this, pipe);
        return NngError.None;
    }

    public override NngError TrySend(Message message)
    {
        BroadcastPipe[] pipes;
        lock (_lock)
        {
            if (_closed)
                return NngError.Closed;
            int excluded = 0;
            if (_raw && message.HeaderLength >= 4)
                excluded = (int)message.TrimHeaderUInt32();
            // What is left of a raw header must not reach the wire (W-13).
            if (!_raw || !Socket.Policy.SendsStrayHeaders)
                message.ClearHeader();
            Socket.Traffic.CountSent(message.Length);
            pipes = _send.SendLocked(message, excluded);
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

    internal void OnStarted(BusPipe pipe) => _send.Add(pipe);

    internal bool OnReceived(BusPipe pipe, Message message)
    {
        if (_raw)
            message.AppendHeaderUInt32((uint)pipe.Pipe.Id);
        return _receive.OnReceived(pipe, message);
    }

    internal void OnSendReady(BusPipe pipe) => _send.OnReady(pipe);

    internal void OnClosed(BusPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            _send.RemoveLocked(pipe);
        }
    }
}
