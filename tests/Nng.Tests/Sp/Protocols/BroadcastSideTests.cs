using System;
using System.Text;
using System.Threading;
using Nng.Sp.Protocols;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp.Protocols;

public sealed class BroadcastSideTests : IDisposable
{
    private readonly MockRig _rig = new(socket => new BusProtocol(socket, raw: false));
    private readonly Lock _gate = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Every_pipe_gets_the_message_but_the_excluded_one()
    {
        BroadcastSide side = Side(1);
        LoosePipe[] pipes = [Add(side), Add(side), Add(side)];
        Send(side, "1", pipes[1].Pipe.Id);
        Send(side, "2");
        Assert.Equal(["1", "2"], pipes[0].Mock.Posted);
        Assert.Equal(["2"], pipes[1].Mock.Posted);
        Assert.Equal(["1", "2"], pipes[2].Mock.Posted);
        Assert.Equal(2, pipes[0].Mock.Kicks);
    }

    [Fact]
    public void Without_a_pipe_a_message_is_taken_and_gone()
    {
        BroadcastSide side = Side(1);
        Send(side, "1");
        LoosePipe only = Add(side);
        Send(side, "2", only.Pipe.Id);
        Assert.Empty(only.Mock.Posted);
        Assert.Equal(0, side.UnsentCount);
    }

    [Theory]
    [InlineData(false, "2", "3")]
    [InlineData(true, "3", "4")]
    public void A_slow_peer_loses_by_the_rule_and_nobody_else_does(bool dropOldest, string first, string second)
    {
        BroadcastSide side = Side(2, dropOldest);
        LoosePipe slow = Add(side, roomy: false);
        LoosePipe fast = Add(side);
        foreach (string body in (string[])["1", "2", "3", "4"])
            Send(side, body);
        Assert.Equal(["1"], slow.Mock.Posted);
        Assert.Equal(["1", "2", "3", "4"], fast.Mock.Posted);
        Assert.Equal(2, side.UnsentCount);
        Assert.Equal(1, _rig.Socket.Traffic.Drops(DropReason.SendQueueFull));

        side.OnReady(slow);
        side.OnReady(slow);
        Assert.Equal(["1", first, second], slow.Mock.Posted);
    }

    [Fact]
    public void A_ready_pipe_is_given_all_it_takes_and_kicked_once()
    {
        BroadcastSide side = Side(3);
        LoosePipe pipe = Add(side, roomy: false);
        foreach (string body in (string[])["1", "2", "3"])
            Send(side, body);
        int kicks = pipe.Mock.Kicks;
        pipe.Mock.Roomy = true;
        side.OnReady(pipe);
        Assert.Equal(["1", "2", "3"], pipe.Mock.Posted);
        Assert.Equal(kicks + 1, pipe.Mock.Kicks);
        Assert.True(pipe.Queue.IsIdle);
        Send(side, "4");
        Assert.Equal(["1", "2", "3", "4"], pipe.Mock.Posted);
    }

    [Fact]
    public void A_smaller_depth_drops_the_newest_of_each_queue()
    {
        BroadcastSide side = Side(3);
        LoosePipe[] pipes = [Add(side, roomy: false), Add(side, roomy: false)];
        foreach (string body in (string[])["1", "2", "3", "4"])
            Send(side, body);
        side.Depth = 1;
        Assert.Equal(1, side.Depth);
        Assert.Equal(2, side.UnsentCount);
        foreach (LoosePipe pipe in pipes)
        {
            pipe.Mock.Roomy = true;
            side.OnReady(pipe);
            Assert.Equal(["1", "2"], pipe.Mock.Posted);
        }
    }

    [Fact]
    public void A_removed_pipe_takes_its_queue_with_it()
    {
        BroadcastSide side = Side(3);
        LoosePipe gone = Add(side, roomy: false);
        LoosePipe stays = Add(side);
        Send(side, "1");
        Send(side, "2");
        Remove(side, gone);
        Remove(side, gone);
        Assert.Equal(0, side.UnsentCount);
        Send(side, "3");
        side.OnReady(gone);
        Assert.Equal(["1"], gone.Mock.Posted);
        Assert.Equal(["1", "2", "3"], stays.Mock.Posted);
    }

    [Fact]
    public void A_pipe_that_closed_before_it_was_added_is_not_added()
    {
        BroadcastSide side = Side(3);
        LoosePipe closed = _rig.Loose();
        Remove(side, closed);
        side.Add(closed);
        Send(side, "1");
        Assert.Empty(closed.Mock.Posted);
    }

    [Fact]
    public void The_copies_of_a_message_do_not_share_changes()
    {
        BroadcastSide side = Side(4);
        LoosePipe a = Add(side, roomy: false);
        LoosePipe b = Add(side, roomy: false);
        Send(side, "0");
        var message = new Message("abc"u8);
        Message kept = message.Share();
        lock (_gate)
            side.SendLocked(message, excludedPipe: 0);
        kept.GetWritableBody()[0] = (byte)'x';
        kept.Dispose();
        side.OnReady(a);
        side.OnReady(b);
        Assert.Equal(["0", "abc"], a.Mock.Posted);
        Assert.Equal(["0", "abc"], b.Mock.Posted);
    }

    private BroadcastSide Side(int depth, bool dropOldest = false) =>
        new(_gate, _rig.Socket.Protocol, depth, dropOldest);

    private LoosePipe Add(BroadcastSide side, bool roomy = true)
    {
        LoosePipe pipe = _rig.Loose(roomy);
        side.Add(pipe);
        return pipe;
    }

    private void Remove(BroadcastSide side, LoosePipe pipe)
    {
        lock (_gate)
        {
            pipe.Closed = true;
            side.RemoveLocked(pipe);
        }
    }

    private void Send(BroadcastSide side, string body, int excluded = 0)
    {
        BroadcastPipe[] pipes;
        lock (_gate)
            pipes = side.SendLocked(new Message(Encoding.Latin1.GetBytes(body)), excluded);
        BroadcastSide.Kick(pipes);
    }
}
