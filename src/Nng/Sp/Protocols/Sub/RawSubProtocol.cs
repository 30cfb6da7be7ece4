using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>sub0, raw: takes everything, without topics; what finds the queue full is dropped.</summary>
/// <remarks>Rules XSUB-1 to XSUB-4 of the protocols sheet. Threading: see <see cref="ReceiveSide"/>.</remarks>
internal sealed class RawSubProtocol : SpProtocol
{
    private static readonly SpProtocolInfo s_info = ProtocolIds.Sub.AsRaw();

    private static readonly OptionTable<RawSubProtocol> s_options = new(
        OptionRows.Int32<RawSubProtocol>(
            OptionNames.ReceiveBuffer, 0, 8192, p => p._receive.Capacity, (p, n) => p._receive.Resize(n, keepNewest: true)));

    private readonly Lock _lock = new();
    private readonly ReceiveSide _receive;

    public RawSubProtocol(SpSocket socket)
        : base(socket)
    {
        _receive = new ReceiveSide(_lock, this, capacity: 1, ReceiveOverflow.DropNewest);
    }

    public override SpProtocolInfo Info => s_info;

    public override bool IsReceiveReady => _receive.IsReady;

    public override bool IsSendReady => false;

    public override int UnreadCount => _receive.Count;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new RawSubPipe(this, pipe);
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

    internal bool OnReceived(RawSubPipe pipe, Message message) => _receive.OnReceived(pipe, message);
}
