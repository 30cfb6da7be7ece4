using System;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>A subscriber: its topics and its queue. The socket itself is one; contexts are more.</summary>
/// <remarks>Threading: the protocol's lock guards everything.</remarks>
internal sealed class SubContext : SpProtocolContext
{
    private static readonly OptionTable<SubContext> s_options = new(
        OptionRows.Int32<SubContext>(
            OptionNames.ReceiveBuffer, 1, 8192, c => c.Receiver.Capacity, (c, n) => c.Resize(n)),
        OptionRows.Boolean<SubContext>(OptionNames.SubPreferNew, c => c.PreferNew, (c, on) => c.PreferNew = on),
        Topic(OptionNames.SubSubscribe, static (c, topic) => c.Subscribe(topic)),
        Topic(OptionNames.SubUnsubscribe, static (c, topic) => c.Unsubscribe(topic)));

    private readonly SubProtocol _protocol;
    private readonly Lock _lock;

    public SubContext(SubProtocol protocol, Lock gate, int capacity, bool preferNew)
    {
        _protocol = protocol;
        _lock = gate;
        Receiver = new ReceiveSide(
            gate, protocol, capacity, preferNew ? ReceiveOverflow.DropOldest : ReceiveOverflow.DropNewest);
    }

    public SubTopics Topics { get; } = new();

    public ReceiveSide Receiver { get; }

    public override bool IsDeaf
    {
        get
        {
            lock (_lock)
                return Topics.IsEmpty;
        }
    }

    /// <summary>A full queue drops its oldest message instead of the new one.</summary>
    public bool PreferNew
    {
        get => Receiver.Overflow == ReceiveOverflow.DropOldest;
        set
        {
            lock (_lock)
                Receiver.Overflow = value ? ReceiveOverflow.DropOldest : ReceiveOverflow.DropNewest;
        }
    }

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError TrySend(Message message) => NngError.NotSupported;

    public override void Send(Aio aio) => Refuse(aio);

    public override NngError TryReceive(out Message? message) => Receiver.TryReceive(out message);

    public override void Receive(Aio aio) => Receiver.Receive(aio);

    public NngError Subscribe(ReadOnlySpan<byte> topic)
    {
        lock (_lock)
            Topics.Add(topic);
        return NngError.None;
    }

    /// <summary>Removes a topic and the queued messages that match no other (SUB-4).</summary>
    public NngError Unsubscribe(ReadOnlySpan<byte> topic)
    {
        lock (_lock)
        {
            if (!Topics.Remove(topic))
                return NngError.NotFound;
            Receiver.FilterLocked(message => Topics.Matches(message.Body));
        }

        _protocol.ReceiveReadiness.Update();
        return NngError.None;
    }

    public override void Close()
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _protocol.RemoveLocked(this);
            Receiver.CloseLocked(ref completions);
        }

        completions.Run();
    }

    private void Resize(int capacity) =>
        Receiver.Resize(capacity, keepNewest: PreferNew && !_protocol.Socket.Policy.KeepsOldestOnShrink);

    private delegate NngError TopicSetter(SubContext context, ReadOnlySpan<byte> topic);

    private static OptionRow<SubContext> Topic(string name, TopicSetter set) => new()
    {
        Name = name,
        Type = OptionType.Bytes,
        TakesAnyType = true,
        Set = (context, value) => set(context, value.ToBytes()),
    };
}
