using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// pull0: takes messages from all peers in turn. Each pipe holds one message that nobody has asked for yet and reads
/// no further, which is the back-pressure. Pipes with a message are served in the order of arrival.
/// </summary>
/// <remarks>
/// Rules PULL-1 to PULL-6 of the protocols sheet. Threading: see <see cref="ReceiveSide"/>, here without a queue.
/// </remarks>
internal sealed class PullProtocol : SpProtocol
{
    private static readonly SpProtocolInfo s_raw = ProtocolIds.Pull.AsRaw();

    private readonly Lock _lock = new();
    private readonly bool _raw;
    private readonly ReceiveSide _receive;

    public PullProtocol(SpSocket socket, bool raw)
        : base(socket)
    {
        _raw = raw;
        _receive = new ReceiveSide(_lock, this, capacity: 0, ReceiveOverflow.Hold);
    }

    public override SpProtocolInfo Info => _raw ? s_raw : ProtocolIds.Pull;

    public override bool IsReceiveReady => _receive.IsReady;

    public override bool IsSendReady => false;

    public override int UnreadCount => _receive.Count;

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new PullPipe(this, pipe);
        return NngError.None;
    }

    public override NngError TrySend(Message message) => NngError.NotSupported;

    public override void Send(Aio aio) => Refuse(aio);

    public override NngError TryReceive(out Message? message) => _receive.TryReceive(out message);

    public override void Receive(Aio aio) => _receive.Receive(aio);

    public override void Close()
    {
        var completions = default(CompletionList);
        lock (_lock)
            _receive.CloseLocked(ref completions);
        completions.Run();
    }

    internal bool OnReceived(PullPipe pipe, Message message) => _receive.OnReceived(pipe, message);

    internal void OnClosed(PullPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            _receive.RemoveLocked(pipe);
        }

        ReceiveReadiness.Update();
    }
}
