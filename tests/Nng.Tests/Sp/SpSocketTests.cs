using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Protocols;
using Nng.TestKit;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp;

public sealed class SpSocketTests : IDisposable
{
    private readonly MockRig _rig = new(socket => new MockProtocol(socket));

    private SpSocket Socket => _rig.Socket;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void An_address_of_no_transport_is_not_supported()
    {
        Assert.Equal(NngError.NotSupported, Socket.CreateDialer(NngUrl.Parse("tcp://127.0.0.1:1"), out SpDialer? dialer));
        Assert.Equal(
            NngError.NotSupported, Socket.CreateListener(NngUrl.Parse("tcp://127.0.0.1:1"), out SpListener? listener));
        Assert.Null(dialer);
        Assert.Null(listener);
    }

    [Fact]
    public void A_closed_socket_creates_and_tells_nothing()
    {
        Assert.True(Socket.Close());
        Assert.Equal(NngError.Closed, Socket.CreateDialer(NngUrl.Parse("inproc://x"), out _));
        Assert.Equal(NngError.Closed, Socket.CreateListener(NngUrl.Parse("inproc://x"), out _));
        Assert.Equal(NngError.Closed, Socket.OpenContext(out _));
        Assert.Equal(NngError.Closed, Socket.GetOption(OptionNames.Raw, out _));
        Assert.Equal(NngError.Closed, Socket.SetOption(OptionNames.SendTimeout, OptionValue.Duration(1)));
        Assert.Equal(NngError.Closed, Socket.SetEventCallback(PipeEvent.AddPre, null));
        Assert.Null(SpRegistry.Sockets.Find(Socket.Id));
    }

    [Fact]
    public void Closing_closes_protocol_endpoints_and_pipes_once()
    {
        MockPipe pipe = _rig.Accept();
        Assert.True(Socket.Close());
        Assert.False(Socket.Close());
        Assert.Equal(["attach", "close", "closed", "start"], Sorted());
        Assert.Equal((1, NngError.Closed), (pipe.Closes, pipe.Pipe.CloseReason));
        Assert.True(_rig.Listener.IsClosed);
        Assert.Empty(Socket.EndpointsSnapshot());
        Assert.Empty(Socket.PipesSnapshot());
        Assert.True(Socket.Closed.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_close_has_not_finished_while_operations_may_wait()
    {
        bool finished = true;
        ((MockProtocol)Socket.Protocol).Closing = () => finished = Socket.Closed.IsCompleted;
        _rig.Accept();
        Socket.Close();
        Assert.False(finished);
        Assert.True(Socket.Closed.IsCompletedSuccessfully);
    }

    [Fact]
    public void Closing_waits_for_the_last_event_of_every_pipe()
    {
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Socket.SetEventCallback(PipeEvent.RemovePost, (_, _) =>
        {
            inside.Set();
            go.Wait(Eventually.DefaultTimeoutMs);
        });
        _rig.Accept();
        Eventually.Equal(1, () => Socket.AttachedCount);
        Task closing = Task.Run(Socket.Close);
        Assert.True(inside.Wait(Eventually.DefaultTimeoutMs));
        Assert.False(closing.IsCompleted);
        Assert.False(Socket.Closed.IsCompleted);
        Assert.NotNull(SpRegistry.Sockets.Find(Socket.Id));
        go.Set();
        Assert.True(closing.Wait(Eventually.DefaultTimeoutMs));
        Assert.Null(SpRegistry.Sockets.Find(Socket.Id));
    }

    [Theory]
    [InlineData(PipeEvent.AddPre)]
    [InlineData(PipeEvent.AddPost)]
    [InlineData(PipeEvent.RemovePost)]
    public void A_close_from_within_an_event_does_not_wait_for_itself(PipeEvent what)
    {
        using var done = new ManualResetEventSlim();
        Socket.SetEventCallback(what, (_, _) =>
        {
            Socket.Close();
            done.Set();
        });
        MockPipe pipe = _rig.Accept();
        if (what == PipeEvent.RemovePost)
            pipe.Pipe.Close(NngError.ConnectionReset);
        Assert.True(done.Wait(Eventually.DefaultTimeoutMs));
        Assert.True(Socket.Closed.Wait(Eventually.DefaultTimeoutMs));
    }

    [Fact]
    public void Two_sockets_that_close_each_other_from_their_events_do_not_wait_for_each_other()
    {
        using var other = new MockRig(socket => new MockProtocol(socket));
        using var both = new Barrier(2);
        using var done = new CountdownEvent(2);
        foreach ((SpSocket own, SpSocket others) in ((SpSocket, SpSocket)[])
            [(Socket, other.Socket), (other.Socket, Socket)])
        {
            own.SetEventCallback(PipeEvent.AddPost, (_, _) =>
            {
                both.SignalAndWait(Eventually.DefaultTimeoutMs);
                others.Close();
                done.Signal();
            });
        }

        _rig.Accept();
        other.Accept();
        Assert.True(done.Wait(Eventually.DefaultTimeoutMs));
        Assert.True(Task.WaitAll([Socket.Closed, other.Socket.Closed], Eventually.DefaultTimeoutMs));
    }

    [Fact]
    public void A_pipe_that_arrives_while_the_socket_closes_is_refused()
    {
        _rig.Inner.Accepts.IgnoresCancel = true;
        Socket.Close();
        var late = _rig.Accept(new MockPipe(0x4d));
        Assert.Equal(1, late.Closes);
        Assert.Empty(Socket.PipesSnapshot());
        Assert.Null(SpRegistry.Pipes.Find(late.Pipe.Id));
    }

    [Fact]
    public void A_change_of_peers_is_told_at_attach_loss_and_close()
    {
        Task change = Socket.PeersChanged;
        MockPipe pipe = _rig.Accept();
        Assert.True(change.Wait(Eventually.DefaultTimeoutMs));
        change = Socket.PeersChanged;
        Assert.Same(change, Socket.PeersChanged);
        _rig.Accept(new MockPipe(0x4e));
        Assert.False(change.IsCompleted);
        pipe.Pipe.Close(NngError.ConnectionReset);
        Assert.True(change.Wait(Eventually.DefaultTimeoutMs));
        change = Socket.PeersChanged;
        Socket.Close();
        Assert.True(change.Wait(Eventually.DefaultTimeoutMs));
    }

    [Fact]
    public void A_handler_can_be_replaced_and_cleared()
    {
        int first = 0;
        int second = 0;
        Socket.SetEventCallback(PipeEvent.AddPost, (_, _) => Interlocked.Increment(ref first));
        _rig.Accept();
        Eventually.Equal(1, () => Volatile.Read(ref first));
        Socket.SetEventCallback(PipeEvent.AddPost, (_, _) => Interlocked.Increment(ref second));
        _rig.Accept();
        Eventually.Equal(1, () => Volatile.Read(ref second));
        Socket.SetEventCallback(PipeEvent.AddPost, null);
        _rig.Accept();
        Eventually.Equal(3, () => Socket.AttachedCount);
        Assert.Equal((1, 1), (first, second));
        Assert.Equal(NngError.None, Socket.SetEventCallback((PipeEvent)99, (_, _) => { }));
    }

    [Fact]
    public void Options_of_endpoints_are_kept_for_those_that_come()
    {
        Assert.Equal(NngError.None, Socket.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Duration(77)));
        Assert.Equal(NngError.None, Socket.CreateDialer(NngUrl.Parse("inproc://x"), out SpDialer? dialer));
        Assert.Equal(NngError.None, dialer!.GetOption(OptionNames.ReconnectTimeMin, out OptionValue value));
        Assert.Equal(77, value.Int);
        Assert.Equal(NngError.None, Socket.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Duration(78)));
        dialer.GetOption(OptionNames.ReconnectTimeMin, out value);
        Assert.Equal(78, value.Int);
    }

    [Fact]
    public void Names_have_a_length()
    {
        Assert.Equal(NngError.None, Socket.SetOption(OptionNames.SocketName, OptionValue.Text(new string('n', 63))));
        Assert.Equal(
            NngError.InvalidArgument, Socket.SetOption(OptionNames.SocketName, OptionValue.Text(new string('n', 64))));
        Assert.Equal(
            NngError.InvalidArgument, Socket.SetOption(OptionNames.SocketName, OptionValue.Text(new string('é', 32))));
        Assert.Equal(new string('n', 63), Socket.Name);
    }

    [Fact]
    public void A_protocol_without_contexts_opens_none()
    {
        Assert.Equal(NngError.NotSupported, Socket.OpenContext(out SpContext? context));
        Assert.Null(context);
    }

    [Fact]
    public void Contexts_end_with_their_socket_and_alone()
    {
        using var rig = new MockRig(socket => new ReqProtocol(socket));
        Assert.Equal(NngError.None, rig.Socket.OpenContext(out SpContext? alone));
        Assert.Equal(NngError.None, rig.Socket.OpenContext(out SpContext? context));
        Assert.Equal(NngError.None, alone!.Close());
        Assert.Equal(NngError.Closed, alone.Close());
        Assert.Null(SpRegistry.Contexts.Find(alone.Id));
        rig.Socket.Close();
        Assert.True(context!.IsClosed);
        Assert.Equal(NngError.Closed, context.GetOption(OptionNames.SendTimeout, out _));
        Assert.Null(SpRegistry.Contexts.Find(context.Id));
    }

    [Fact]
    public void Contexts_and_endpoints_opened_while_the_socket_closes_end_closed()
    {
        for (int round = 0; round < 100; round++)
        {
            using var rig = new MockRig(socket => new ReqProtocol(socket));
            using var start = new Barrier(2);
            SpContext? context = null;
            SpDialer? dialer = null;
            var opener = new Thread(() =>
            {
                start.SignalAndWait();
                rig.Socket.OpenContext(out context);
                rig.Socket.CreateDialer(NngUrl.Parse("inproc://x"), out dialer);
            });
            opener.Start();
            start.SignalAndWait();
            rig.Socket.Close();
            Assert.True(opener.Join(Eventually.DefaultTimeoutMs));
            Assert.True(context?.IsClosed ?? true);
            Assert.True(dialer?.IsClosed ?? true);
            if (dialer is not null)
                Assert.Null(SpRegistry.Dialers.Find(dialer.Id));
        }
    }

    private string[] Sorted()
    {
        string[] calls = [.. ((MockProtocol)Socket.Protocol).Calls];
        Array.Sort(calls, StringComparer.Ordinal);
        return calls;
    }
}
