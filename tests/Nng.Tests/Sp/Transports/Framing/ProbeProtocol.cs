using System;
using System.Collections.Generic;
using Nng.Sp;

namespace Nng.Tests.Sp.Transports;

/// <summary>A protocol that lets a test play its part: what pipes deliver is kept, what they are to do is said.</summary>
internal sealed class ProbeProtocol(SpSocket socket) : SpProtocol(socket)
{
    public const int Number = 0x7ff1;

    public List<ProbePipe> Pipes { get; } = [];

    /// <summary>New pipes ask for messages at once and want every one.</summary>
    public bool AsksAtOnce { get; set; } = true;

    public override SpProtocolInfo Info { get; } = new(Number, Number, "probe", "probe");

    public override bool IsReceiveReady => false;

    public override bool IsSendReady => false;

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        var probe = new ProbePipe(pipe, AsksAtOnce);
        lock (Pipes)
            Pipes.Add(probe);
        state = probe;
        return NngError.None;
    }

    public override NngError TrySend(Message message) => NngError.NotSupported;

    public override NngError TryReceive(out Message? message) => throw new NotSupportedException();

    public override void Send(Aio aio) => Refuse(aio);

    public override void Receive(Aio aio) => Refuse(aio);

    public override void Close()
    {
    }
}
