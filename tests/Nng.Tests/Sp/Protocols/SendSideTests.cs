using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Nng.Core;
using Nng.Sp.Protocols;
using Nng.TestKit;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp.Protocols;

public sealed class SendSideTests : IDisposable
{
    private readonly MockRig _rig = new(socket => new PushProtocol(socket, raw: false));
    private readonly Lock _gate = new();
    private readonly SendSide _side;

    public SendSideTests() => _side = new SendSide(_gate, _rig.Socket.Protocol, check: null, shape: null);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Idle_pipes_take_turns()
    {
        LoosePipe a = Idle();
        LoosePipe b = Idle();

        for (int i = 1; i <= 5; i++)
            Assert.Equal(NngError.None, Try(i.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(["1", "3", "5"], a.Mock.Posted);
        Assert.Equal(["2", "4"], b.Mock.Posted);
        Assert.Equal((3, 2), (a.Mock.Kicks, b.Mock.Kicks));
    }

    [Fact]
    public void A_busy_pipe_is_left_out_until_it_is_ready_again()
    {
        LoosePipe slow = Idle(roomy: false);
        LoosePipe fast = Idle();

        Try("1");
        Try("2");
        Try("3");
        Assert.Equal(["1"], slow.Mock.Posted);
        Assert.Equal(["2", "3"], fast.Mock.Posted);

        _side.OnIdle(slow);
        Try("4");
        Try("5");
        Assert.Equal(["2", "3", "4"], fast.Mock.Posted);
        Assert.Equal(["1", "5"], slow.Mock.Posted);
    }

    [Fact]
    public void Without_an_idle_pipe_the_buffer_fills_and_then_a_poll_would_wait()
    {
        _side.Capacity = 2;
        Assert.True(_side.IsReady);
        Assert.Equal(NngError.None, Try("1"));
        Assert.Equal(NngError.None, Try("2"));
        Assert.False(_side.IsReady);
        Assert.Equal(NngError.TryAgain, Try("3"));
        Assert.Equal(2, _side.UnsentCount);

        LoosePipe pipe = Idle();
        Assert.Equal(["1", "2"], pipe.Mock.Posted);
        Assert.Equal(1, pipe.Mock.Kicks);
        Assert.Equal(0, _side.UnsentCount);
        Assert.True(_side.IsReady);
    }

    [Fact]
    public void Waiting_senders_are_served_one_per_readiness_in_order()
    {
        Aio first = Send("1");
        Aio second = Send("2");
        LoosePipe pipe = Idle(roomy: false);
        Assert.Equal(["1"], pipe.Mock.Posted);
        Assert.Equal((false, true), (first.IsBusy, second.IsBusy));
        Assert.Equal((NngError.None, 1L), (first.Result, first.Count));
        Assert.Null(first.Message);

        _side.OnIdle(pipe);
        Assert.Equal(["1", "2"], pipe.Mock.Posted);
        Assert.False(second.IsBusy);
    }

    [Fact]
    public void A_waiting_sender_moves_into_the_room_that_a_transmission_leaves()
    {
        _side.Capacity = 1;
        Try("1");
        Aio second = Send("2");
        Aio third = Send("3");

        LoosePipe pipe = Idle(roomy: false);
        Assert.Equal(["1"], pipe.Mock.Posted);
        Assert.Equal((false, true), (second.IsBusy, third.IsBusy));
        Assert.Equal(1, _side.UnsentCount);

        _side.OnIdle(pipe);
        _side.OnIdle(pipe);
        Assert.Equal(["1", "2", "3"], pipe.Mock.Posted);
        Assert.False(third.IsBusy);
    }

    [Fact]
    public void Growing_the_buffer_admits_waiting_senders()
    {
        Aio first = Send("1");
        Aio second = Send("2");
        _side.Capacity = 1;
        Assert.Equal((false, true), (first.IsBusy, second.IsBusy));
        _side.Capacity = 2;
        Assert.False(second.IsBusy);
        Assert.Equal(["1", "2"], Idle().Mock.Posted);
    }

    [Fact]
    public void Shrinking_the_buffer_drops_and_counts_the_newest()
    {
        _side.Capacity = 3;
        Try("1");
        Try("2");
        Try("3");
        _side.Capacity = 1;
        Assert.Equal(2, _rig.Socket.Traffic.Drops(DropReason.Discarded));
        Assert.Equal(["1"], Idle().Mock.Posted);
    }

    [Fact]
    public void A_cancelled_sender_keeps_its_message_and_nothing_is_transmitted()
    {
        Aio aio = Send("1");
        Message message = aio.Message!;
        aio.Cancel();
        Assert.Equal(NngError.Canceled, aio.Result);
        Assert.Same(message, aio.Message);
        Assert.Empty(Idle().Mock.Posted);
    }

    [Fact]
    public void A_cancel_that_comes_after_the_transmission_changes_nothing()
    {
        Aio aio = Send("1");
        LoosePipe pipe = Idle();
        aio.Cancel();
        Assert.Equal((NngError.None, 1L), (aio.Result, aio.Count));
        Assert.Equal(["1"], pipe.Mock.Posted);
    }

    [Fact]
    public void A_zero_timeout_ends_a_send_that_would_wait_and_not_one_that_would_not()
    {
        Aio late = Send("1", timeoutMs: 0);
        Assert.Equal(NngError.TimedOut, late.Result);
        Assert.NotNull(late.Message);
        LoosePipe pipe = Idle();
        Assert.Equal(NngError.None, Send("2", timeoutMs: 0).Result);
        Assert.Equal(["2"], pipe.Mock.Posted);
    }

    [Fact]
    public void A_refused_message_is_left_as_it_was()
    {
        var side = new SendSide(
            _gate, _rig.Socket.Protocol, static m => m.Length == 0 ? NngError.Protocol : NngError.None, Shape);
        using var empty = new Message();
        empty.AppendHeader([9]);
        Assert.Equal(NngError.Protocol, side.TrySend(empty));
        var aio = new Aio { Message = empty };
        side.Send(aio);
        Assert.Equal(NngError.Protocol, aio.Result);
        Assert.Equal([9], empty.Header.ToArray());
    }

    [Fact]
    public void A_message_gets_its_header_when_it_is_accepted_and_not_before()
    {
        var side = new SendSide(_gate, _rig.Socket.Protocol, check: null, Shape);
        var given = new Aio { Message = new Message("1"u8), TimeoutMs = Aio.Infinite };
        var taken = new Aio { Message = new Message("2"u8), TimeoutMs = Aio.Infinite };
        side.Send(given);
        side.Send(taken);
        given.Cancel();
        Assert.Equal(0, given.Message!.HeaderLength);

        LoosePipe pipe = _rig.Loose();
        side.OnIdle(pipe);
        Assert.Equal(["aa|2"], pipe.Mock.Posted);
    }

    [Fact]
    public void Closing_ends_what_waits_and_refuses_what_comes()
    {
        Aio waiting = Send("1");
        Close();
        Assert.Equal(NngError.Closed, waiting.Result);
        Assert.NotNull(waiting.Message);
        Assert.Equal(NngError.Closed, Try("2"));
        Assert.Equal(NngError.Closed, Send("3").Result);
        Assert.Empty(Idle().Mock.Posted);
    }

    [Fact]
    public void A_closed_or_removed_pipe_is_given_nothing()
    {
        LoosePipe closed = _rig.Loose();
        closed.Closed = true;
        _side.OnIdle(closed);
        LoosePipe removed = Idle();
        lock (_gate)
            _side.RemoveLocked(removed);
        Assert.Equal(NngError.TryAgain, Try("1"));
        Assert.Empty(closed.Mock.Posted);
        Assert.Empty(removed.Mock.Posted);
    }

    [Fact]
    public void Senders_and_readiness_from_many_threads_lose_and_repeat_nothing()
    {
        const int PerThread = 2000;
        _side.Capacity = 3;
        LoosePipe pipe = Idle(roomy: false);
        Thread[] senders = [.. Enumerable.Range(0, 3).Select(t => new Thread(() => SendMany(t, PerThread)))];
        foreach (Thread sender in senders)
            sender.Start();
        int last = -1;
        while (pipe.Mock.Posted.Length is var count && count < 3 * PerThread)
        {
            // One readiness per message, as the contract demands.
            if (count != last)
                _side.OnIdle(pipe);
            last = count;
        }

        foreach (Thread sender in senders)
            Assert.True(sender.Join(Eventually.DefaultTimeoutMs));
        foreach (IGrouping<char, string> perThread in pipe.Mock.Posted.GroupBy(text => text[0]))
            Assert.Equal(Enumerable.Range(0, PerThread), Numbers(perThread));
    }

    private static IEnumerable<int> Numbers(IEnumerable<string> texts) =>
        texts.Select(text => int.Parse(text[1..], CultureInfo.InvariantCulture));

    private void SendMany(int thread, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Aio aio = Send($"{thread}{i}");
            aio.Wait();
        }
    }

    private static void Shape(Message message)
    {
        message.ClearHeader();
        message.AppendHeader([0xaa]);
    }

    private void Close()
    {
        var completions = default(CompletionList);
        lock (_gate)
            _side.CloseLocked(ref completions);
        completions.Run();
    }

    private LoosePipe Idle(bool roomy = true)
    {
        LoosePipe pipe = _rig.Loose(roomy);
        _side.OnIdle(pipe);
        return pipe;
    }

    private NngError Try(string body)
    {
        var message = new Message(Encoding.Latin1.GetBytes(body));
        NngError error = _side.TrySend(message);
        if (error != NngError.None)
            message.Dispose();
        return error;
    }

    private Aio Send(string body, int timeoutMs = Aio.Infinite)
    {
        var aio = new Aio { Message = new Message(Encoding.Latin1.GetBytes(body)), TimeoutMs = timeoutMs };
        _side.Send(aio);
        return aio;
    }
}
