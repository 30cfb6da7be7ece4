using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>Rules of the operation object that show on sockets (core sheet, 2.4 to 2.7, 2.10).</summary>
public sealed class AioRuleTests : Scenario
{
    private static (Aio Aio, Func<int> Calls) Counted()
    {
        int calls = 0;
        return (new Aio(_ => Interlocked.Increment(ref calls)), () => Volatile.Read(ref calls));
    }

    public enum Limit
    {
        Cancel,
        Timeout,
        Expiry,
        Inherited,
        Zero,
    }

    [Theory]
    [InlineData(Limit.Cancel, NngError.Canceled)]
    [InlineData(Limit.Timeout, NngError.TimedOut)]
    [InlineData(Limit.Expiry, NngError.TimedOut)]
    [InlineData(Limit.Inherited, NngError.TimedOut)]
    [InlineData(Limit.Zero, NngError.TimedOut)]
    public void CS_2_10_A_pending_receive_ends_once_with_its_reason(Limit limit, NngError expected)
    {
        var pull = Use(new PullSocket());
        (Aio aio, Func<int> calls) = Counted();
        if (limit is Limit.Timeout or Limit.Zero)
            aio.TimeoutMs = limit == Limit.Zero ? 0 : 20;
        if (limit == Limit.Expiry)
            aio.SetExpire(Aio.NowMs + 20);
        if (limit == Limit.Inherited)
            pull.ReceiveTimeout = TimeSpan.FromMilliseconds(20);
        pull.Receive(aio);
        if (limit == Limit.Cancel)
            aio.Cancel();
        aio.Wait();
        Assert.Equal((expected, 1, null), (aio.Result, calls(), aio.Message));
    }

    [Fact]
    public void CS_2_10_A_sleep_that_resubmits_itself_loops_until_it_is_cancelled()
    {
        int rounds = 0;
        var aio = new Aio(a =>
        {
            if (a.Result == NngError.None)
            {
                Interlocked.Increment(ref rounds);
                a.Sleep(1);
            }
        });
        aio.Sleep(1);
        Eventually.True(() => Volatile.Read(ref rounds) >= 3);
        // Between two sleeps there is nothing to cancel.
        Eventually.True(() =>
        {
            aio.Cancel();
            return !aio.IsBusy;
        });
        Assert.Equal(NngError.Canceled, aio.Result);
    }

    [Fact]
    public void CS_2_10_A_stopped_operation_is_refused_by_contexts_too()
    {
        var rep = Use(new RepSocket());
        NngContext context = Use(rep.OpenContext());
        (Aio aio, Func<int> calls) = Counted();
        aio.Stop();
        context.Receive(aio);
        context.Send(aio);
        Assert.Equal((NngError.Canceled, 0, false), (aio.Result, calls(), aio.IsBusy));
    }

    [Fact]
    public void CS_2_4_1_An_absolute_deadline_beats_a_zero_timeout_even_when_it_is_past()
    {
        var pull = Use(new PullSocket());
        var aio = new Aio { TimeoutMs = 0 };
        aio.SetExpire(Aio.NowMs + 60_000);
        pull.Receive(aio);
        Assert.True(aio.IsBusy);
        aio.Cancel();
        aio.Wait();
        aio.TimeoutMs = Aio.Infinite;
        aio.SetExpire(Aio.NowMs - 60_000);
        pull.Receive(aio);
        aio.Wait();
        Assert.Equal(NngError.TimedOut, aio.Result);
        aio.SetExpire(long.MaxValue);
        pull.Receive(aio);
        Assert.True(aio.IsBusy);
        aio.Cancel();
    }

    [Fact]
    public void CS_2_4_2_Other_negative_timeouts_are_expired_already()
    {
        var pull = Use(new PullSocket());
        var aio = new Aio { TimeoutMs = -3 };
        pull.Receive(aio);
        aio.Wait();
        Assert.Equal(NngError.TimedOut, aio.Result);
    }

    [Fact]
    public void CS_2_4_2_A_timeout_set_later_takes_a_deadline_back()
    {
        var pull = Use(new PullSocket());
        var aio = new Aio();
        aio.SetExpire(Aio.NowMs - 1);
        aio.TimeoutMs = Aio.Infinite;
        pull.Receive(aio);
        Assert.True(aio.IsBusy);
        aio.Cancel();
    }

    [Fact]
    public void CS_2_4_7_A_timeout_set_while_an_operation_waits_is_for_the_next_one()
    {
        var pull = Use(new PullSocket());
        var aio = new Aio();
        pull.Receive(aio);
        aio.TimeoutMs = 0;
        aio.SetExpire(Aio.NowMs - 1);
        Eventually.Stays(() => aio.IsBusy);
        aio.Cancel();
        aio.Wait();
        Assert.Equal(NngError.Canceled, aio.Result);
    }

    [Fact]
    public void CS_2_5_A_failed_receive_does_not_touch_the_slot()
    {
        var pull = Use(new PullSocket());
        Message left = Use(new Message(1));
        var aio = new Aio { Message = left, TimeoutMs = 0 };
        pull.Receive(aio);
        aio.Wait();
        Assert.Same(left, aio.Message);
    }

    /// <summary>W-7 and W-8: the slot is empty and the count is the body's length, for every kind that sends.</summary>
    [Fact]
    public void CS_2_5_A_send_empties_the_slot_and_counts_the_body()
    {
        foreach (Kinds.Kind kind in Kinds.All)
        {
            if (!kind.Send || kind.SelfName is "rep" or "respondent")
                continue;
            NngSocket socket = Use(kind.Open());
            Peer(socket, kind.Peer);
            Message message = Msg("'0123456789'");
            if (kind.Raw)
                message.AppendHeaderUInt32(kind.SelfName == "pair1" ? 1 : 0x80000001);
            Aio aio = SendAio(socket.Channel, message);
            Assert.Equal((kind.Name, NngError.None), (kind.Name, Outcome(aio)));
            Assert.Equal((kind.Name, 10L, null), (kind.Name, aio.Count, aio.Message));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CS_2_5_A_receive_counts_the_body_whether_it_waited_or_not(bool waits)
    {
        foreach ((NngSocket socket, int peer, string head) in ((NngSocket, int, string)[])
            [(new Pair1Socket(), 0x11, "00000001"), (new Pair1PolySocket(), 0x11, "00000001"),
            (new RepSocket(), 0x30, "80000001"), (new RawSocket(RawProtocol.Rep), 0x30, "80000001"),
            (new RawSocket(RawProtocol.Req), 0x31, "80000001"), (new PullSocket(), 0x50, string.Empty)])
        {
            Use(socket);
            RawPeer wire = Peer(socket, peer);
            Aio? receive = waits ? ReceiveAio(socket.Channel) : null;
            wire.SendFrame($"{head} '0123456789'");
            Eventually.True(() => waits ? !receive!.IsBusy : socket.ReceiveReadiness.IsSet);
            receive ??= ReceiveAio(socket.Channel);
            Assert.Equal(NngError.None, Outcome(receive));
            Assert.Equal((10L, 10), (receive.Count, Use(receive.Message!).Length));
        }
    }

    [Fact]
    public void CS_2_7_1_A_callback_never_runs_inside_the_call_that_completes_it()
    {
        var sub = new SubSocket();
        object gate = new();
        int calls = 0;
        var aio = new Aio(_ =>
        {
            lock (gate)
                calls++;
        });
        lock (gate)
        {
            // Refused at once, cancelled, closed: the callback needs the lock that is held here.
            aio.Message = Msg("'x'");
            sub.Channel.Send(aio);
            Assert.Equal(0, calls);
        }

        aio.Wait();
        lock (gate)
        {
            sub.Receive(aio);
            aio.Cancel();
            Assert.Equal(1, calls);
        }

        aio.Wait();
        lock (gate)
        {
            sub.Receive(aio);
            sub.Dispose();
            Assert.Equal(2, calls);
        }

        aio.Wait();
        Assert.Equal((3, NngError.Closed), (calls, aio.Result));
    }

    [Fact]
    public async Task CS_2_7_4_A_callback_may_submit_on_others_and_dispose_others()
    {
        var push = Use(new PushSocket());
        var pull = Use(new PullSocket());
        Marry(push, pull);
        var idle = new Aio();
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new Aio(a => received.SetResult(Text(a.Message!)));
        var first = new Aio(_ =>
        {
            pull.Receive(second);
            idle.Dispose();
        });
        first.Sleep(0);
        Send(push, "'m'");
        Assert.Equal("m", await Eventually.Completes(received.Task));
        Assert.False(idle.Begin());
    }

    [Fact]
    public void A_message_that_was_disposed_or_sent_is_not_sent()
    {
        var push = Use(new RawSocket(RawProtocol.Push));
        var message = new Message(1);
        message.Dispose();
        Assert.Throws<ObjectDisposedException>(() => push.Send(message));
        var aio = new Aio { Message = message };
        Assert.Throws<ObjectDisposedException>(() => push.Send(aio));
        Assert.False(aio.IsBusy);
    }
}
