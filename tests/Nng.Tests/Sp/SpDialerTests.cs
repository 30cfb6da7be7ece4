using System;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Protocols;
using Nng.TestKit;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp;

public sealed class SpDialerTests : IDisposable
{
    private readonly MockTransport _transport = new();
    private readonly SpSocket _socket;
    private readonly SpDialer _dialer;

    public SpDialerTests()
    {
        _socket = _transport.Open(socket => new PushProtocol(socket, raw: false));
        Assert.Equal(NngError.None, _socket.CreateDialer(NngUrl.Parse("inproc://mock"), out SpDialer? dialer));
        _dialer = dialer!;
    }

    private MockOperations Connects => _transport.LastDialer!.Connects;

    public void Dispose() => _socket.Close();

    [Fact]
    public void A_start_ends_with_the_first_attempt_once_its_pipe_is_attached()
    {
        Aio starter = Start();
        Assert.True(starter.IsBusy);
        var pipe = new MockPipe(_socket.Info.Peer);
        Connects.Succeed(pipe);
        Assert.Equal(NngError.None, Ended(starter));
        Assert.Equal((1, 1), (_dialer.PipeCount, _socket.AttachedCount));
        Assert.Equal(1, _dialer.Counters.Connections);
        Assert.Equal(1, Connects.Count);
    }

    [Fact]
    public void After_a_failed_start_the_dialer_is_idle_and_starts_again()
    {
        Aio first = Start();
        Connects.Fail(NngError.ConnectionRefused);
        Assert.Equal(NngError.ConnectionRefused, Ended(first));
        Assert.Equal(1, _dialer.Counters.Refused);
        Aio second = Start();
        Assert.Equal(2, Connects.Count);
        Connects.Succeed(new MockPipe(_socket.Info.Peer));
        Assert.Equal(NngError.None, Ended(second));
    }

    [Fact]
    public void A_started_dialer_is_not_started_twice()
    {
        Assert.Equal(NngError.None, _dialer.Start());
        Assert.Equal(NngError.IncorrectState, _dialer.Start());
        Assert.Equal(NngError.IncorrectState, Ended(Start()));
        Assert.Equal(1, Connects.Count);
    }

    [Fact]
    public void In_the_background_attempts_repeat_until_one_succeeds_and_after_a_loss()
    {
        Set(OptionNames.ReconnectTimeMin, 0);
        Assert.Equal(NngError.None, _dialer.Start());
        for (int attempt = 1; attempt <= 5; attempt++)
        {
            Pending(attempt);
            Connects.Fail(NngError.ConnectionRefused);
        }

        Pending(6);
        var pipe = new MockPipe(_socket.Info.Peer);
        Connects.Succeed(pipe);
        Assert.Equal(1, _socket.AttachedCount);
        Assert.False(Connects.IsPending);

        pipe.Pipe.Close(NngError.ConnectionReset);
        Pending(7);
        Assert.Equal((5, 1), (_dialer.Counters.Refused, _dialer.Counters.Disconnected));
    }

    [Fact]
    public void A_rejected_pipe_ends_the_start_with_success_and_is_dialled_again()
    {
        Set(OptionNames.ReconnectTimeMin, 0);
        Aio starter = Start();
        var wrong = new MockPipe(0x10);
        Connects.Succeed(wrong);
        Assert.Equal(NngError.None, Ended(starter));
        Assert.Equal((1, 0), (_dialer.Counters.Rejects, _socket.AttachedCount));
        Assert.Equal(1, wrong.Closes);
        Pending(2);
    }

    [Fact]
    public void With_a_negative_reconnect_time_nothing_is_dialled_again()
    {
        Set(OptionNames.ReconnectTimeMin, -1);
        Assert.Equal(NngError.None, _dialer.Start());
        Connects.Fail(NngError.ConnectionRefused);
        Eventually.Stays(() => Connects.Count == 1);
    }

    [Fact]
    public void A_start_can_be_cancelled_and_the_dialer_is_idle_again()
    {
        Aio starter = Start();
        starter.Cancel();
        Assert.Equal(NngError.Canceled, Ended(starter));
        Assert.Equal(NngError.Canceled, Connects.CanceledWith);
        Assert.Equal(NngError.None, _dialer.Start());
        Assert.Equal(2, Connects.Count);
    }

    [Fact]
    public void A_start_cancelled_before_the_attempt_has_begun_ends_too()
    {
        var starter = new Aio { TimeoutMs = Aio.Infinite };
        Connects.Beginning = starter.Cancel;
        _dialer.Start(starter);
        Assert.Equal(NngError.Canceled, Ended(starter));
        Connects.Beginning = null;
        Assert.False(Connects.IsPending);
        Aio second = Start();
        Connects.Succeed(new MockPipe(_socket.Info.Peer));
        Assert.Equal(NngError.None, Ended(second));
    }

    [Fact]
    public void A_dialer_closed_as_its_attempt_begins_leaves_none_behind()
    {
        Connects.Beginning = () => _dialer.Close();
        Aio starter = Start();
        Assert.Equal(NngError.Closed, Ended(starter));
        Assert.False(Connects.IsPending);
    }

    [Fact]
    public void A_start_can_time_out()
    {
        var starter = new Aio { TimeoutMs = 10 };
        _dialer.Start(starter);
        Assert.Equal(NngError.TimedOut, Ended(starter));
        Assert.Equal(NngError.TimedOut, Connects.CanceledWith);
        Assert.Equal(1, _dialer.Counters.TimedOut);
    }

    [Fact]
    public void A_cancel_that_comes_after_the_connection_changes_nothing()
    {
        Connects.IgnoresCancel = true;
        Aio starter = Start();
        starter.Cancel();
        Connects.Succeed(new MockPipe(_socket.Info.Peer));
        Assert.Equal(NngError.None, Ended(starter));
        Assert.Equal(1, _socket.AttachedCount);
    }

    [Fact]
    public void Closing_ends_the_start_and_the_attempt()
    {
        Aio starter = Start();
        Assert.Equal(NngError.None, _dialer.Close());
        Assert.Equal(NngError.Closed, Ended(starter));
        Assert.Equal(NngError.Closed, Connects.CanceledWith);
        Assert.Equal(NngError.NotFound, _dialer.Close());
        Assert.Equal(NngError.Closed, _dialer.Start());
        Assert.Equal(NngError.Closed, Ended(Start()));
    }

    [Fact]
    public void A_connection_that_arrives_after_the_close_is_closed()
    {
        Connects.IgnoresCancel = true;
        Aio starter = Start();
        _dialer.Close();
        Assert.Equal(NngError.Closed, Ended(starter));
        var pipe = new MockPipe(_socket.Info.Peer);
        Connects.Succeed(pipe);
        Assert.Equal((1, 0), (pipe.Closes, _socket.AttachedCount));
        Assert.Equal(0, _socket.PipeCount);
    }

    [Fact]
    public void A_connection_that_arrives_after_the_socket_closed_is_closed()
    {
        Connects.IgnoresCancel = true;
        Assert.Equal(NngError.None, _dialer.Start());
        _socket.Close();
        var pipe = new MockPipe(_socket.Info.Peer);
        Connects.Succeed(pipe);
        Assert.Equal(1, pipe.Closes);
        Assert.Null(SpRegistry.Pipes.Find(pipe.Pipe.Id));
    }

    [Fact]
    public void A_close_while_it_waits_to_redial_is_the_end()
    {
        Set(OptionNames.ReconnectTimeMin, 50);
        Assert.Equal(NngError.None, _dialer.Start());
        Connects.Fail(NngError.ConnectionRefused);
        _dialer.Close();
        Eventually.Stays(() => Connects.Count == 1, windowMs: 120);
    }

    [Fact]
    public void Reconnect_times_are_kept_and_checked()
    {
        Assert.Equal(1000, Get(OptionNames.ReconnectTimeMin));
        Assert.Equal(0, Get(OptionNames.ReconnectTimeMax));
        Set(OptionNames.ReconnectTimeMin, 20);
        Set(OptionNames.ReconnectTimeMax, 2000);
        Assert.Equal((20, 2000), (Get(OptionNames.ReconnectTimeMin), Get(OptionNames.ReconnectTimeMax)));
        Assert.Equal(
            NngError.InvalidArgument, _dialer.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Duration(-2)));
        Assert.Equal(NngError.BadType, _dialer.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Int32(5)));
    }

    [Theory]
    [InlineData(NngError.ConnectionReset, "disconnect")]
    [InlineData(NngError.ConnectionAborted, "disconnect")]
    [InlineData(NngError.ConnectionRefused, "refused")]
    [InlineData(NngError.Protocol, "proto")]
    [InlineData(NngError.PeerAuthentication, "auth")]
    [InlineData(NngError.OutOfMemory, "oom")]
    [InlineData(NngError.Unreachable, "other")]
    public void Failures_are_counted_by_kind(NngError error, string leaf)
    {
        Aio starter = Start();
        Connects.Fail(error);
        Assert.Equal(error, Ended(starter));
        Assert.Equal(1, NngStatistics.Snapshot().FindDialer(_dialer.Id)!.Find(leaf)!.Value);
    }

    private Aio Start()
    {
        var starter = new Aio { TimeoutMs = Aio.Infinite };
        _dialer.Start(starter);
        return starter;
    }

    private static NngError Ended(Aio aio)
    {
        Eventually.True(() => !aio.IsBusy, "the start to end");
        return aio.Result;
    }

    private void Pending(int attempts) =>
        Eventually.True(() => Connects.Count == attempts && Connects.IsPending, $"attempt {attempts}");

    private void Set(string name, int milliseconds) =>
        Assert.Equal(NngError.None, _dialer.SetOption(name, OptionValue.Duration(milliseconds)));

    private int Get(string name)
    {
        Assert.Equal(NngError.None, _dialer.GetOption(name, out OptionValue value));
        return value.Int;
    }
}
