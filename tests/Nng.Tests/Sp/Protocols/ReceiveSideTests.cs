using System;
using System.Text;
using System.Threading;
using Nng.Core;
using Nng.Sp.Protocols;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp.Protocols;

public sealed class ReceiveSideTests : IDisposable
{
    private readonly MockRig _rig = new(socket => new PullProtocol(socket, raw: false));
    private readonly Lock _gate = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Queued_messages_come_in_order()
    {
        ReceiveSide side = Side(3, ReceiveOverflow.DropNewest);
        LoosePipe pipe = _rig.Loose();
        Assert.False(side.IsReady);
        foreach (string body in (string[])["1", "2", "3"])
            Assert.True(Arrive(side, pipe, body));
        Assert.True(side.IsReady);
        Assert.Equal(3, side.Count);
        Assert.Equal(["1", "2", "3", "-"], [Take(side), Take(side), Take(side), Take(side)]);
        Assert.Equal((3L, 3L), (_rig.Socket.Traffic.ReceivedMessages, _rig.Socket.Traffic.ReceivedBytes));
    }

    [Theory]
    [InlineData(false, "1", "2")]
    [InlineData(true, "2", "3")]
    public void A_full_queue_drops_by_its_rule_and_counts(bool oldest, string first, string second)
    {
        ReceiveSide side = Side(2, oldest ? ReceiveOverflow.DropOldest : ReceiveOverflow.DropNewest);
        LoosePipe pipe = _rig.Loose();
        foreach (string body in (string[])["1", "2", "3"])
            Assert.True(Arrive(side, pipe, body));
        Assert.Equal(1, _rig.Socket.Traffic.Drops(DropReason.ReceiveQueueFull));
        Assert.Equal([first, second, "-"], [Take(side), Take(side), Take(side)]);
    }

    [Fact]
    public void Only_a_full_queue_that_drops_the_newest_says_so_in_advance()
    {
        ReceiveSide side = Side(1, ReceiveOverflow.DropNewest);
        Assert.False(side.WouldDropNewestLocked);
        Arrive(side, _rig.Loose(), "1");
        Assert.True(side.WouldDropNewestLocked);
        side.Overflow = ReceiveOverflow.DropOldest;
        Assert.False(side.WouldDropNewestLocked);
    }

    [Fact]
    public void A_pipe_holds_what_has_no_room_and_reads_on_when_it_is_taken()
    {
        ReceiveSide side = Side(1, ReceiveOverflow.Hold);
        LoosePipe pipe = _rig.Loose();
        Assert.True(Arrive(side, pipe, "1"));
        Assert.False(Arrive(side, pipe, "2"));
        Assert.Equal((2, 0), (side.Count, pipe.Mock.Asks));

        Assert.Equal("1", Take(side));
        Assert.Equal(1, pipe.Mock.Asks);
        Assert.Equal("2", Take(side));
        Assert.Equal(1, pipe.Mock.Asks);
    }

    [Fact]
    public void Without_a_queue_holding_pipes_are_served_in_order_of_arrival()
    {
        ReceiveSide side = Side(0, ReceiveOverflow.Hold);
        LoosePipe a = _rig.Loose();
        LoosePipe b = _rig.Loose();
        Assert.False(Arrive(side, b, "b"));
        Assert.False(Arrive(side, a, "a"));
        Aio aio = Receive(side);
        Assert.Equal("b", TextOf(aio));
        Assert.Equal((0, 1), (a.Mock.Asks, b.Mock.Asks));
        Assert.Equal("a", Take(side));
        Assert.Equal(1, a.Mock.Asks);
    }

    [Fact]
    public void Waiting_receives_get_what_arrives_in_their_order()
    {
        ReceiveSide side = Side(0, ReceiveOverflow.Hold);
        LoosePipe pipe = _rig.Loose();
        Aio first = Receive(side);
        Aio second = Receive(side);
        Assert.True(Arrive(side, pipe, "1"));
        Assert.True(Arrive(side, pipe, "2"));
        Assert.Equal(("1", "2"), (TextOf(first), TextOf(second)));
        Assert.Equal(2, _rig.Socket.Traffic.ReceivedMessages);
    }

    [Fact]
    public void A_cancelled_receive_loses_no_message()
    {
        ReceiveSide side = Side(1, ReceiveOverflow.Hold);
        Aio canceled = Receive(side);
        Aio next = Receive(side);
        canceled.Cancel();
        Assert.Equal(NngError.Canceled, canceled.Result);
        Arrive(side, _rig.Loose(), "1");
        Assert.Null(canceled.Message);
        Assert.Equal("1", TextOf(next));
    }

    [Fact]
    public void A_cancel_after_the_arrival_leaves_the_message_with_the_receive()
    {
        ReceiveSide side = Side(1, ReceiveOverflow.Hold);
        Aio aio = Receive(side);
        Arrive(side, _rig.Loose(), "1");
        aio.Cancel();
        Assert.Equal("1", TextOf(aio));
    }

    [Fact]
    public void A_failed_waiter_is_reported_and_may_take_others_with_it()
    {
        ReceiveSide side = Side(1, ReceiveOverflow.Hold);
        Aio aio = new() { TimeoutMs = Aio.Infinite };
        Aio other = new() { TimeoutMs = Aio.Infinite };
        int calls = 0;
        side.WaiterFailedLocked = (ref CompletionList completions) =>
        {
            calls++;
            side.ResetLocked(ref completions, NngError.TimedOut);
        };
        side.Receive(aio);
        side.Receive(other);
        aio.Abort(NngError.ConnectionReset);
        Assert.Equal((1, NngError.ConnectionReset, NngError.TimedOut), (calls, aio.Result, other.Result));

        // One that does not wait in the first place is no waiter.
        Assert.Equal(NngError.TimedOut, Receive(side, timeoutMs: 0).Result);
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Receives_can_be_refused_for_a_while()
    {
        ReceiveSide side = Side(1, ReceiveOverflow.Hold);
        side.RefusalLocked = NngError.IncorrectState;
        Arrive(side, _rig.Loose(), "1");
        Assert.Equal(NngError.IncorrectState, side.TryReceive(out _));
        Assert.Equal(NngError.IncorrectState, Receive(side).Result);
        side.RefusalLocked = NngError.None;
        Assert.Equal("1", Take(side));
    }

    [Fact]
    public void Growing_moves_held_messages_up_and_lets_their_pipes_read_on()
    {
        ReceiveSide side = Side(0, ReceiveOverflow.Hold);
        LoosePipe[] pipes = [_rig.Loose(), _rig.Loose(), _rig.Loose()];
        for (int i = 0; i < pipes.Length; i++)
            Assert.False(Arrive(side, pipes[i], i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        side.Resize(2, keepNewest: false);
        Assert.Equal((1, 1, 0), (pipes[0].Mock.Asks, pipes[1].Mock.Asks, pipes[2].Mock.Asks));
        Assert.Equal(["0", "1", "2"], [Take(side), Take(side), Take(side)]);
    }

    [Theory]
    [InlineData(false, "1")]
    [InlineData(true, "3")]
    public void Shrinking_drops_and_counts_what_no_longer_fits(bool keepNewest, string kept)
    {
        ReceiveSide side = Side(3, ReceiveOverflow.DropNewest);
        foreach (string body in (string[])["1", "2", "3"])
            Arrive(side, _rig.Loose(), body);
        side.Resize(1, keepNewest);
        Assert.Equal(2, _rig.Socket.Traffic.Drops(DropReason.Discarded));
        Assert.Equal([kept, "-"], [Take(side), Take(side)]);
    }

    [Fact]
    public void A_pipe_takes_its_held_message_with_it()
    {
        ReceiveSide side = Side(0, ReceiveOverflow.Hold);
        LoosePipe gone = _rig.Loose();
        Arrive(side, gone, "1");
        lock (_gate)
        {
            gone.Closed = true;
            side.RemoveLocked(gone);
            side.RemoveLocked(gone);
        }

        Assert.Equal(1, _rig.Socket.Traffic.Drops(DropReason.Discarded));
        Assert.Equal("-", Take(side));
        Assert.False(Arrive(side, gone, "late"));
        Assert.Equal("-", Take(side));
    }

    [Fact]
    public void Offered_messages_go_to_waiting_receives_or_into_the_queue()
    {
        ReceiveSide side = Side(1, ReceiveOverflow.DropNewest);
        Aio aio = Receive(side);
        var completions = default(CompletionList);
        lock (_gate)
        {
            side.OfferLocked(new Message("1"u8), ref completions);
            side.OfferLocked(new Message("2"u8), ref completions);
        }

        Assert.True(aio.IsBusy);
        completions.Run();
        Assert.Equal("1", TextOf(aio));
        Assert.Equal("2", Take(side));
    }

    [Fact]
    public void A_filter_keeps_what_matches_in_order()
    {
        ReceiveSide side = Side(4, ReceiveOverflow.DropNewest);
        foreach (string body in (string[])["a1", "b1", "a2", "b2"])
            Arrive(side, _rig.Loose(), body);
        lock (_gate)
            side.FilterLocked(static message => message.Body[0] == 'a');
        Assert.Equal(["a1", "a2", "-"], [Take(side), Take(side), Take(side)]);
    }

    [Fact]
    public void Closing_ends_what_waits_drops_what_lies_and_refuses_what_comes()
    {
        ReceiveSide idle = Side(1, ReceiveOverflow.Hold);
        Aio waiting = Receive(idle);
        Close(idle);
        Assert.Equal(NngError.Closed, waiting.Result);

        ReceiveSide full = Side(1, ReceiveOverflow.Hold);
        LoosePipe pipe = _rig.Loose();
        Arrive(full, pipe, "1");
        Arrive(full, pipe, "2");
        Close(full);
        Assert.Equal(2, _rig.Socket.Traffic.Drops(DropReason.Discarded));
        Assert.Equal(NngError.Closed, full.TryReceive(out _));
        Assert.Equal(NngError.Closed, Receive(full).Result);
        Assert.False(Arrive(full, _rig.Loose(), "3"));
    }

    [Fact]
    public void A_reset_ends_what_waits_and_takes_new_receives()
    {
        ReceiveSide side = Side(1, ReceiveOverflow.DropNewest);
        Aio waiting = Receive(side);
        Reset(side, NngError.Canceled);
        Assert.Equal(NngError.Canceled, waiting.Result);
        Arrive(side, _rig.Loose(), "old");
        Reset(side, NngError.Canceled);
        Aio next = Receive(side);
        Arrive(side, _rig.Loose(), "new");
        Assert.Equal("new", TextOf(next));
    }

    private ReceiveSide Side(int capacity, ReceiveOverflow overflow) =>
        new(_gate, _rig.Socket.Protocol, capacity, overflow);

    private static bool Arrive(ReceiveSide side, ProtocolPipe pipe, string body) =>
        side.OnReceived(pipe, new Message(Encoding.Latin1.GetBytes(body)));

    /// <summary>The next body, or a dash when none is there.</summary>
    private static string Take(ReceiveSide side)
    {
        NngError error = side.TryReceive(out Message? message);
        Assert.True(error is NngError.None or NngError.TryAgain, error.ToString());
        using (message)
            return message is null ? "-" : Encoding.Latin1.GetString(message.Body);
    }

    private static Aio Receive(ReceiveSide side, int timeoutMs = Aio.Infinite)
    {
        var aio = new Aio { TimeoutMs = timeoutMs };
        side.Receive(aio);
        return aio;
    }

    private static string TextOf(Aio aio)
    {
        Assert.False(aio.IsBusy);
        Assert.Equal((NngError.None, (long)aio.Message!.Length), (aio.Result, aio.Count));
        using Message message = aio.Message;
        return Encoding.Latin1.GetString(message.Body);
    }

    private void Close(ReceiveSide side)
    {
        var completions = default(CompletionList);
        lock (_gate)
            side.CloseLocked(ref completions);
        completions.Run();
    }

    private void Reset(ReceiveSide side, NngError error)
    {
        var completions = default(CompletionList);
        lock (_gate)
            side.ResetLocked(ref completions, error);
        completions.Run();
    }
}
