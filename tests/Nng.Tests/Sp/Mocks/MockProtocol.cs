using System;
using System.Collections.Concurrent;
using Nng.Core;
using Nng.Sp;

namespace Nng.Tests.Sp.Mocks;

/// <summary>A protocol that notes what the machinery asks of it. It talks to itself: number 0x4d on both sides.</summary>
internal sealed class MockProtocol(SpSocket socket) : SpProtocol(socket)
{
    private static readonly SpProtocolInfo s_info = new(0x4d, 0x4d, "mock", "mock");

    /// <summary>Everything that was asked, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What <see cref="Attach"/> answers.</summary>
    public NngError Admission { get; set; }

    /// <summary>Runs inside <see cref="Attach"/>.</summary>
    public Action<SpPipe>? Attaching { get; set; }

    /// <summary>Runs inside <see cref="Close"/>.</summary>
    public Action? Closing { get; set; }

    /// <summary>Makes the states of admitted pipes, in place of those that note their calls.</summary>
    public Func<SpPipe, SpPipeState>? Making { get; set; }

    public override SpProtocolInfo Info => s_info;

    public override bool IsReceiveReady => false;

    public override bool IsSendReady => false;

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        Calls.Enqueue("attach");
        Attaching?.Invoke(pipe);
        state = Admission == NngError.None ? Making?.Invoke(pipe) ?? new MockState(pipe, Calls) : null;
        return Admission;
    }

    public override void OnRejected(NngError error) => Calls.Enqueue($"rejected {error}");

    public override NngError TrySend(Message message) => NngError.TryAgain;

    public override NngError TryReceive(out Message? message)
    {
        message = null;
        return NngError.TryAgain;
    }

    public override void Send(Aio aio) => Refuse(aio);

    public override void Receive(Aio aio) => Refuse(aio);

    public override void Close()
    {
        Calls.Enqueue("close");
        Closing?.Invoke();
    }

    private sealed class MockState(SpPipe pipe, ConcurrentQueue<string> calls) : SpPipeState(pipe)
    {
        public override void Start() => calls.Enqueue("start");

        public override bool OnReceived(Message message)
        {
            calls.Enqueue($"received {message.Length} on {(message.PipeId == Pipe.Id ? "its pipe" : "another")}");
            message.Dispose();
            return true;
        }

        public override void OnSendReady() => calls.Enqueue("ready");

        public override void OnClosed() => calls.Enqueue("closed");
    }
}
