using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// push0: each message goes to exactly one peer. Idle pipes take turns; a slow peer delays nobody else. When no pipe
/// is idle a message waits in the buffer, and beyond that the sender waits.
/// </summary>
/// <remarks>Rules PUSH-1 to PUSH-10 of the protocols sheet. Threading: see <see cref="SendSide"/>.</remarks>
internal sealed class PushProtocol : SpProtocol
{
    private static readonly SpProtocolInfo s_raw = ProtocolIds.Push.AsRaw();

    private static readonly OptionTable<PushProtocol> s_options = new(
        OptionRows.Int32<PushProtocol>(
            OptionNames.SendBuffer, 0, 8192, p => p._send.Capacity, (p, n) => p._send.Capacity = n));

    private readonly Lock _lock = new();
    private readonly bool _raw;
    private readonly SendSide _send;

    public PushProtocol(SpSocket socket, bool raw)
        : base(socket)
    {
        _raw = raw;
        bool asIs = raw || socket.Policy.SendsStrayHeaders;
        _send = new SendSide(_lock, this, check: null, asIs ? null : static message => message.ClearHeader());
    }

    public override SpProtocolInfo Info => _raw ? s_raw : ProtocolIds.Push;

    public override bool IsReceiveReady => false;

    public override bool IsSendReady => _send.IsReady;

    public override int UnsentCount => _send.UnsentCount;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new PushPipe(this, pipe);
        return NngError.None;
    }

    public override NngError TrySend(Message message) => _send.TrySend(message);

    public override void Send(Aio aio) => _send.Send(aio);

    public override NngError TryReceive(out Message? message)
    {
        message = null;
        return NngError.NotSupported;
    }

    public override void Receive(Aio aio) => Refuse(aio);

    public override void Close()
    {
        var completions = default(CompletionList);
        lock (_lock)
            _send.CloseLocked(ref completions);
        completions.Run();
    }

    internal void OnIdle(PushPipe pipe) => _send.OnIdle(pipe);

    internal void OnClosed(PushPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            _send.RemoveLocked(pipe);
        }

        SendReadiness.Update();
    }
}
