using System.Collections.Generic;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// sub0: takes what matches one of its topics, which are prefixes of the body. Socket and contexts have topics and
/// queues of their own and each gets its own copy. Pipes are always read on: a full queue drops messages.
/// </summary>
/// <remarks>Rules SUB-1 to SUB-17 of the protocols sheet. Threading: <see cref="_lock"/> guards everything.</remarks>
internal sealed class SubProtocol : SpProtocol
{
    private const int DefaultDepth = 128;

    private readonly Lock _lock = new();

    /// <summary>The socket itself, first, and the contexts in the order they were opened.</summary>
    private readonly List<SubContext> _contexts = [];

    private readonly SubContext _default;

    public SubProtocol(SpSocket socket)
        : base(socket)
    {
        _default = new SubContext(this, _lock, DefaultDepth, preferNew: true);
        _contexts.Add(_default);
    }

    public override SpProtocolInfo Info => ProtocolIds.Sub;

    public override bool IsReceiveReady => _default.Receiver.IsReady;

    public override bool IsSendReady => false;

    public override bool IsDeaf => _default.IsDeaf;

    public override int UnreadCount => _default.Receiver.Count;

    /// <summary>The socket's own subscriber.</summary>
    public SubContext Default => _default;

    public override NngError GetOption(string name, out OptionValue value) => _default.GetOption(name, out value);

    public override NngError SetOption(string name, OptionValue value) => _default.SetOption(name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new SubPipe(this, pipe);
        return NngError.None;
    }

    public override SpProtocolContext OpenContext()
    {
        var context = new SubContext(this, _lock, _default.Receiver.Capacity, _default.PreferNew);
        lock (_lock)
            _contexts.Add(context);
        return context;
    }

    public override NngError TrySend(Message message) => NngError.NotSupported;

    public override void Send(Aio aio) => Refuse(aio);

    public override NngError TryReceive(out Message? message) => _default.TryReceive(out message);

    public override void Receive(Aio aio) => _default.Receive(aio);

    public override void Close() => _default.Close();

    /// <summary>Offers an arrival to every context that wants it; always reads on.</summary>
    internal bool OnReceived(Message message)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            SubContext? taker = null;
            foreach (SubContext context in _contexts)
            {
                if (!context.Topics.Matches(message.Body))
                    continue;
                if (context.Receiver.WouldDropNewestLocked)
                {
                    Socket.Traffic.CountDrop(DropReason.ReceiveQueueFull);
                    continue;
                }

                taker?.Receiver.OfferLocked(message.Share(), ref completions);
                taker = context;
            }

            if (taker is null)
                message.Dispose();
            else
                taker.Receiver.OfferLocked(message, ref completions);
        }

        completions.Run();
        ReceiveReadiness.Update();
        return true;
    }

    internal void RemoveLocked(SubContext context) => _contexts.Remove(context);
}
