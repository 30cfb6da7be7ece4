using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// pub0: each message goes to every subscriber; filtering is theirs. Nobody waits: a subscriber that falls behind
/// loses its oldest queued messages.
/// </summary>
/// <remarks>Rules PUB-1 to PUB-7 of the protocols sheet. Threading: see <see cref="BroadcastSide"/>.</remarks>
internal sealed class PubProtocol : SpProtocol
{
    private const int DefaultDepth = 16;

    private static readonly SpProtocolInfo s_raw = ProtocolIds.Pub.AsRaw();

    private static readonly OptionTable<PubProtocol> s_options = new(
        OptionRows.Int32<PubProtocol>(
            OptionNames.SendBuffer, 1, 8192, p => p._send.Depth, (p, n) => p._send.Depth = n));

    private readonly Lock _lock = new();
    private readonly bool _raw;
    private readonly BroadcastSide _send;
    private bool _closed;

    public PubProtocol(SpSocket socket, bool raw)
        : base(socket)
    {
        _raw = raw;
        _send = new BroadcastSide(_lock, this, DefaultDepth, dropOldest: true);
    }

    public override SpProtocolInfo Info => _raw ? s_raw : ProtocolIds.Pub;

    public override bool IsReceiveReady => false;

    public override bool IsSendReady => true;

    public override int UnsentCount => _send.UnsentCount;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new PubPipe(this, pipe);
        return NngError.None;
    }

    public override NngError TrySend(Message message)
    {
        BroadcastPipe[] pipes;
        lock (_lock)
        {
            if (_closed)
                return NngError.Closed;
            if (!_raw && !Socket.Policy.SendsStrayHeaders)
                message.ClearHeader();
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

    public override NngError TryReceive(out Message? message)
    {
        message = null;
        return NngError.NotSupported;
    }

    public override void Receive(Aio aio) => Refuse(aio);

    public override void Close()
    {
        lock (_lock)
            _closed = true;
    }

    internal void OnStarted(PubPipe pipe) => _send.Add(pipe);

    internal void OnSendReady(PubPipe pipe) => _send.OnReady(pipe);

    internal void OnClosed(PubPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            _send.RemoveLocked(pipe);
        }
    }
}
