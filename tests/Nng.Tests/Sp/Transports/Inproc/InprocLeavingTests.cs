using System.Collections.Generic;
using System.Threading;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.TestKit;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp.Transports.Inproc;

/// <summary>Who delivers what, and what becomes of messages when an end leaves (protocols sheet, C-13 and C-15).</summary>
public sealed class InprocLeavingTests : Scenario
{
    [Fact]
    public void A_held_message_outlives_the_peer_that_sent_it()
    {
        var push = new PushSocket();
        var pull = Use(new PullSocket());
        int gone = 0;
        pull.OnPipe(PipeEvent.RemovePost, _ => Interlocked.Increment(ref gone));
        Marry(push, pull);
        Send(push, "'m'");
        push.Dispose();
        Assert.True(pull.ReceiveReadiness.IsSet);
        Eventually.Stays(() => Volatile.Read(ref gone) == 0);
        Assert.Equal("m", Got(pull));
        Eventually.Equal(1, () => Volatile.Read(ref gone));
        Assert.Null(Got(pull));
    }

    [Fact]
    public void A_held_request_outlives_its_asker_and_the_reply_is_as_good_as_sent()
    {
        var req = new ReqSocket();
        var rep = Use(new RepSocket());
        Marry(req, rep);
        Send(req, "'q'");
        req.Dispose();
        Assert.Equal("q", Got(rep));
        Assert.Equal((NngError.None, NngError.IncorrectState), (Poll(rep, "'r'"), Poll(rep, "'r'")));
        Eventually.Equal(0, () => rep.Inner.AttachedCount);
    }

    [Fact]
    public void An_end_that_waits_for_messages_learns_at_once_that_the_other_left()
    {
        var push = Use(new PushSocket());
        var pull = new PullSocket();
        Marry(push, pull);
        pull.Dispose();
        Assert.Equal(0, push.Inner.AttachedCount);
    }

    [Fact]
    public void A_send_to_a_peer_that_left_ends_the_pipe_and_what_it_holds()
    {
        var left = new Pair0Socket();
        var pair = Use(new Pair0Socket(new SocketOptions { SendBuffer = 1 }));
        Marry(left, pair);
        Send(left, "'held'");
        left.Dispose();
        Assert.Equal(1, pair.Inner.AttachedCount);
        Send(pair, "'lost'");
        Eventually.Equal(0, () => pair.Inner.AttachedCount);
        Assert.Null(Got(pair));
        var next = Use(new Pair0Socket());
        Marry(next, pair);
        Send(pair, "'x'");
        Assert.Equal("x", Recv(next));
    }

    [Fact]
    public void A_message_on_its_way_is_delivered_though_its_sender_closes_before_it_moves()
    {
        using var rig = new MockRig(socket => new MockProtocol(socket));
        (InprocPipe sender, InprocPipe receiver) = Pair(rig, out TalkativeState state, answers: 0);
        receiver.StartReceive();
        Assert.True(sender.Post(new Message(1)));
        sender.Close();
        sender.Kick();
        Assert.Single(state.Threads);
        // The end that asked for more finds nobody there.
        Assert.True(receiver.Pipe.IsClosed);
        Release(sender, receiver);
    }

    /// <summary>A sender is not kept for the messages of others for ever.</summary>
    [Fact]
    public void A_flood_lets_the_delivering_thread_go()
    {
        const int answers = 2000;
        using var rig = new MockRig(socket => new MockProtocol(socket));
        (InprocPipe sender, InprocPipe receiver) = Pair(rig, out TalkativeState state, answers);
        receiver.StartReceive();
        Assert.True(sender.Post(new Message(1)));
        sender.Kick();
        Eventually.Equal(answers + 1, () => state.Count);
        int own = state.Threads.FindAll(id => id == System.Environment.CurrentManagedThreadId).Count;
        Assert.InRange(own, 1, answers / 2);
        Release(sender, receiver);
    }

    private static (InprocPipe Sender, InprocPipe Receiver) Pair(MockRig rig, out TalkativeState state, int answers)
    {
        ushort protocol = rig.Socket.Info.Self;
        (InprocPipe sender, InprocPipe receiver) = InprocPipe.CreatePair(NngAddress.Inproc("talk"), protocol, protocol);
        _ = new SpPipe(rig.Listener, sender);
        TalkativeState? made = null;
        var protocolOfReceiver = (MockProtocol)rig.Socket.Protocol;
        protocolOfReceiver.Making = pipe => made = new TalkativeState(pipe, sender, answers);
        new SpPipe(rig.Listener, receiver).Attach();
        state = made!;
        return (sender, receiver);
    }

    private static void Release(params InprocPipe[] pipes)
    {
        foreach (InprocPipe pipe in pipes)
        {
            pipe.Pipe.Close(NngError.Closed);
            SpRegistry.Pipes.Remove(pipe.Pipe.Id);
        }
    }

    /// <summary>Each message makes the other end post one more.</summary>
    private sealed class TalkativeState(SpPipe pipe, InprocPipe sender, int answers) : SpPipeState(pipe)
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public List<int> Threads { get; } = [];

        public override void Start()
        {
        }

        public override bool OnReceived(Message message)
        {
            message.Dispose();
            Threads.Add(System.Environment.CurrentManagedThreadId);
            if (Volatile.Read(ref _count) < answers)
                sender.Post(new Message(1));
            Interlocked.Increment(ref _count);
            return true;
        }

        public override void OnSendReady()
        {
        }

        public override void OnClosed()
        {
        }
    }
}
