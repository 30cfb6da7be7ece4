using System;
using System.Collections.Generic;

namespace Nng.Sp.Protocols;

/// <summary>A replier: takes a request, and owes its sender one reply. The socket itself is one.</summary>
/// <remarks>Threading: the protocol's lock guards the fields; the protocol does the work.</remarks>
internal sealed class ReplierContext(ReplierProtocol protocol) : SpProtocolContext
{
    private readonly byte[] _backtrace = new byte[Message.MaxHeaderLength];
    private int _backtraceLength;

    /// <summary>Where the reply goes; null when none is owed.</summary>
    public ReplierPipe? Asker { get; private set; }

    /// <summary>Counts requests taken, so that a failed reply restores its right only if no newer one came.</summary>
    public int Taken { get; private set; }

    /// <summary>The receive that waits; null for none.</summary>
    public Aio? Receiver { get; set; }

    /// <summary>Replies that wait for their pipes.</summary>
    public List<PendingReply> Replies { get; } = [];

    public bool Closed { get; set; }

    /// <summary>Remembers whom to answer; the message loses its backtrace.</summary>
    public void TakeRequest(Message message, ReplierPipe asker)
    {
        Owe(message, asker);
        Taken++;
        message.ClearHeader();
    }

    /// <summary>The header of a message says whom to answer.</summary>
    public void Owe(Message message, ReplierPipe asker)
    {
        message.Header.CopyTo(_backtrace);
        _backtraceLength = message.HeaderLength;
        Asker = asker;
    }

    /// <summary>The right to reply is used up or lost.</summary>
    public void Forget() => Asker = null;

    /// <summary>Gives a reply the backtrace of the request.</summary>
    public void Address(Message message)
    {
        message.ClearHeader();
        message.AppendHeader(_backtrace.AsSpan(0, _backtraceLength));
    }

    public override NngError TrySend(Message message) => protocol.TrySend(this, message);

    public override void Send(Aio aio) => protocol.Send(this, aio);

    public override NngError TryReceive(out Message? message) => protocol.TryReceive(this, out message);

    public override void Receive(Aio aio) => protocol.Receive(this, aio);

    public override void Close() => protocol.Close(this);
}
