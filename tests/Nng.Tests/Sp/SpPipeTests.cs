using System;
using System.Collections.Concurrent;
using System.Threading;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Protocols;
using Nng.TestKit;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp;

public sealed class SpPipeTests : IDisposable
{
    private readonly MockRig _rig = new(socket => new MockProtocol(socket));
    private readonly ConcurrentQueue<string> _events = new();

    private MockProtocol Protocol => (MockProtocol)_rig.Socket.Protocol;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Without_handlers_a_pipe_is_attached_and_removed_on_the_spot()
    {
        MockPipe pipe = _rig.Accept();
        Assert.Equal(["attach", "start"], Protocol.Calls);
        Assert.Equal((1, 1), (_rig.Socket.AttachedCount, _rig.Socket.PipeCount));
        pipe.Pipe.Close(NngError.ConnectionReset);
        Assert.Equal(["attach", "start", "closed"], Protocol.Calls);
        Assert.Equal((0, 0), (_rig.Socket.AttachedCount, _rig.Socket.PipeCount));
        Assert.Null(SpRegistry.Pipes.Find(pipe.Pipe.Id));
    }

    [Fact]
    public void Events_come_in_order_around_the_protocol()
    {
        Listen(_ => { });
        MockPipe pipe = _rig.Accept();
        Eventually.Equal(1, () => _rig.Socket.AttachedCount);
        pipe.Pipe.Close(NngError.ConnectionReset);
        Events("AddPre open", "AddPost open", "RemovePost ConnectionReset");
        Assert.Equal(["attach", "start", "closed"], Protocol.Calls);
    }

    [Fact]
    public void A_pipe_closed_in_add_pre_never_meets_the_protocol()
    {
        Listen(pipe => pipe.Close(NngError.Closed), PipeEvent.AddPre);
        MockPipe pipe = _rig.Accept();
        Events("AddPre open", "RemovePost Closed");
        Assert.Equal(1, pipe.Closes);
        Assert.Empty(Protocol.Calls);
        Eventually.Equal(0, () => _rig.Socket.PipeCount);
        Assert.Equal((1, 1), (_rig.Socket.Rejects, _rig.Listener.Counters.Rejects));
    }

    [Fact]
    public void A_peer_of_another_protocol_is_rejected()
    {
        Listen(_ => { });
        MockPipe pipe = _rig.Accept(new MockPipe(0x4e));
        Events("AddPre open", "RemovePost Protocol");
        Assert.Equal(["rejected Protocol"], Protocol.Calls);
        Assert.Equal(1, pipe.Closes);
        Assert.Equal((1, 1), (_rig.Socket.Rejects, _rig.Listener.Counters.Rejects));
        Assert.Equal(1, _rig.Listener.Counters.Protocol);
    }

    [Fact]
    public void A_pipe_that_the_protocol_refuses_is_rejected()
    {
        Protocol.Admission = NngError.Busy;
        MockPipe pipe = _rig.Accept();
        Assert.Equal(["attach", "rejected Busy"], Protocol.Calls);
        Assert.Equal(NngError.Busy, pipe.Pipe.CloseReason);
        Assert.Equal(0, _rig.Socket.PipeCount);
    }

    [Fact]
    public void A_pipe_closed_in_add_post_is_removed_after_it()
    {
        Listen(pipe => pipe.Close(NngError.Closed), PipeEvent.AddPost);
        _rig.Accept();
        Events("AddPre open", "AddPost open", "RemovePost Closed");
        Assert.Equal(["attach", "start", "closed"], Protocol.Calls);
    }

    [Fact]
    public void A_connection_lost_while_a_handler_runs_is_removed_after_the_handler()
    {
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Listen(
            _ =>
            {
                inside.Set();
                Assert.True(go.Wait(Eventually.DefaultTimeoutMs));
                _events.Enqueue("handler ends");
            },
            PipeEvent.AddPost);
        MockPipe pipe = _rig.Accept();
        Assert.True(inside.Wait(Eventually.DefaultTimeoutMs));
        pipe.Pipe.Close(NngError.ConnectionReset);
        Assert.Contains("closed", Protocol.Calls);
        Assert.Equal(1, _rig.Socket.PipeCount);
        go.Set();
        Events("AddPre open", "AddPost open", "handler ends", "RemovePost ConnectionReset");
    }

    [Fact]
    public void A_connection_lost_while_the_protocol_admits_it_is_detached_once_and_not_started()
    {
        Protocol.Attaching = pipe => pipe.Close(NngError.ConnectionReset);
        int posts = 0;
        _rig.Socket.SetEventCallback(PipeEvent.AddPost, (_, _) => posts++);
        MockPipe pipe = _rig.Accept();
        Eventually.Equal(0, () => _rig.Socket.PipeCount);
        Assert.Equal(["attach", "closed"], Protocol.Calls);
        Assert.Equal(0, posts);
        Assert.Equal((0, 0), (_rig.Socket.AttachedCount, _rig.Socket.PipeCount));
        Assert.Null(NngStatistics.Snapshot().FindPipe(pipe.Pipe.Id));
    }

    [Fact]
    public void A_callback_that_comes_while_a_transports_thread_attaches_a_pipe_does_not_run_on_it()
    {
        Protocol.Attaching = _ => Listen(_ => { });
        MockPipe pipe = _rig.Accept();
        Assert.Equal(1, _rig.Socket.AttachedCount);
        pipe.Pipe.Close(NngError.ConnectionReset);
        Events("RemovePost ConnectionReset");
    }

    [Fact]
    public void A_callback_that_comes_while_a_pipe_ends_is_told_elsewhere()
    {
        int thread = 0;
        Protocol.Attaching = pipe =>
        {
            Listen(_ => thread = Environment.CurrentManagedThreadId);
            pipe.Close(NngError.ConnectionReset);
        };
        _rig.Accept();
        Events("RemovePost ConnectionReset");
        Eventually.Equal(0, () => _rig.Socket.PipeCount);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
    }

    /// <summary>W-5: the place of a pipe is free before its peer can know that it is closed.</summary>
    [Fact]
    public void The_protocol_forgets_a_pipe_before_the_connection_ends()
    {
        using var rig = new MockRig(socket => new PairProtocol(socket, raw: false));
        MockPipe first = rig.Accept();
        var second = new MockPipe(rig.Socket.Info.Peer);
        first.Closing = () => rig.Accept(second);
        first.Pipe.Close(NngError.Closed);
        Assert.Equal((1, 0L), (rig.Socket.AttachedCount, rig.Socket.Rejects));
        Assert.False(second.Pipe.IsClosed);
    }

    [Fact]
    public void The_first_reason_wins()
    {
        MockPipe pipe = _rig.Accept();
        Assert.Equal(NngError.None, pipe.Pipe.CloseReason);
        pipe.Pipe.Close(NngError.MessageTooLarge);
        pipe.Pipe.Close(NngError.Closed);
        pipe.Pipe.Close(NngError.ConnectionReset);
        Assert.Equal((NngError.MessageTooLarge, 1), (pipe.Pipe.CloseReason, pipe.Closes));
        Assert.Equal((1, 0), (_rig.Listener.Counters.Other, _rig.Listener.Counters.Disconnected));
    }

    [Fact]
    public void Many_closers_at_once_remove_a_pipe_once()
    {
        Listen(_ => { });
        for (int round = 0; round < 200; round++)
        {
            MockPipe pipe = _rig.Accept();
            using var start = new Barrier(3);
            var closers = new Thread[3];
            for (int i = 0; i < closers.Length; i++)
            {
                closers[i] = new Thread(() =>
                {
                    start.SignalAndWait();
                    pipe.Pipe.Close(NngError.ConnectionReset);
                });
                closers[i].Start();
            }

            foreach (Thread closer in closers)
                Assert.True(closer.Join(Eventually.DefaultTimeoutMs));
            Eventually.Equal(0, () => _rig.Socket.PipeCount);
            Assert.Equal(1, pipe.Closes);
            Assert.Single(_events, text => text.StartsWith("RemovePost", StringComparison.Ordinal));
            _events.Clear();
        }

        Assert.Equal(0, _rig.Socket.AttachedCount);
    }

    [Fact]
    public void A_handler_that_throws_disturbs_nothing()
    {
        Listen(_ => throw new InvalidOperationException("of the user"));
        MockPipe pipe = _rig.Accept();
        Eventually.Equal(1, () => _rig.Socket.AttachedCount);
        pipe.Pipe.Close(NngError.Closed);
        Events("AddPre open", "AddPost open", "RemovePost Closed");
        Eventually.Equal(0, () => _rig.Socket.PipeCount);
    }

    [Fact]
    public void Messages_carry_the_pipe_and_are_counted()
    {
        MockPipe pipe = _rig.Accept();
        Assert.True(pipe.Arrive("abc"));
        Assert.Contains("received 3 on its pipe", Protocol.Calls);
        var message = new Message("12345"u8);
        message.AppendHeader([1, 2]);
        Assert.True(pipe.Pipe.Post(message));
        SpTraffic traffic = pipe.Pipe.Traffic;
        Assert.Equal(
            (1L, 3L, 1L, 7L),
            (traffic.ReceivedMessages, traffic.ReceivedBytes, traffic.SentMessages, traffic.SentBytes));
    }

    [Fact]
    public void What_arrives_before_admission_or_after_the_close_is_dropped()
    {
        bool early = true;
        Protocol.Attaching = pipe => early = ((MockPipe)pipe.Transport).Arrive("early");
        MockPipe pipe = _rig.Accept();
        Assert.False(early);
        pipe.Pipe.Close(NngError.Closed);
        Assert.False(pipe.Arrive("late"));
        Assert.Equal(["attach", "start", "closed"], Protocol.Calls);
        Assert.Equal(0, pipe.Pipe.Traffic.ReceivedMessages);
    }

    [Fact]
    public void Options_are_asked_of_connection_endpoint_and_socket_in_turn()
    {
        SpPipe pipe = _rig.Accept().Pipe;
        Assert.Equal(NngError.None, pipe.GetOption(MockTransport.PipeOption, out OptionValue value));
        Assert.Equal("of the pipe", value.TextValue);
        Assert.Equal(NngError.None, pipe.GetOption(MockTransport.EndpointOption, out value));
        Assert.Equal(7, value.Int);
        Assert.Equal(NngError.None, pipe.GetOption(OptionNames.ProtocolName, out value));
        Assert.Equal("mock", value.TextValue);
        Assert.Equal(NngError.NotSupported, pipe.GetOption("no-such", out _));
    }

    /// <summary>6.3 of the core sheet: also in its last event a pipe agrees with the endpoint that made it.</summary>
    [Fact]
    public void A_pipe_has_the_options_of_its_endpoint_also_after_that_is_closed()
    {
        NngError error = NngError.Internal;
        string? url = null;
        _rig.Socket.SetEventCallback(PipeEvent.RemovePost, (pipe, _) =>
        {
            error = pipe.GetOption(OptionNames.Url, out OptionValue value);
            url = value.TextValue;
        });
        _rig.Accept();
        _rig.Listener.Close();
        Eventually.Equal(0, () => _rig.Socket.PipeCount);
        Assert.Equal((NngError.None, "inproc://mock"), (error, url));
    }

    private void Listen(Action<SpPipe> handler, PipeEvent? only = null)
    {
        foreach (PipeEvent what in Enum.GetValues<PipeEvent>())
        {
            _rig.Socket.SetEventCallback(what, (pipe, happened) =>
            {
                string state = pipe.IsClosed ? pipe.CloseReason.ToString() : "open";
                _events.Enqueue($"{happened} {state}");
                if (only is null || only == happened)
                    handler(pipe);
            });
        }
    }

    private void Events(params string[] expected)
    {
        Eventually.True(() => _events.Count >= expected.Length, "the events: " + string.Join(", ", expected));
        Assert.Equal(expected, _events);
    }
}
