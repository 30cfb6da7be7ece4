using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Connections that are refused, rejected, lost and made again; ends that are closed.</content>
public abstract partial class ConnectionConformance
{
    [Fact]
    public void CS_37_69_79_Nobody_there_is_refused_and_the_dialer_may_start_again()
    {
        string url = NewUrl();
        var push = Use(new PushSocket());
        Dialer dialer = CreateDialer(push, url);
        Assert.Equal(NobodyThere, ErrorOf(dialer.Start));
        Assert.Equal(NobodyThere, ErrorOf(dialer.Start));
        var pull = Use(new PullSocket());
        Listen(pull, url);
        dialer.Start();
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void CS_38_A_dial_in_the_background_finds_the_late_listener()
    {
        string url = NewUrl();
        var push = Use(Quick(new PushSocket()));
        Dialer dialer = CreateDialer(push, url);
        dialer.StartInBackground();
        Eventually.True(
            () => dialer.Inner.Counters.Refused + dialer.Inner.Counters.TimedOut > 1, "attempts fail");
        var pull = Use(new PullSocket());
        Listen(pull, url);
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void CS_39_A_second_start_is_out_of_order()
    {
        Listener listener = Listen(Use(new PullSocket()));
        Assert.Equal(NngError.IncorrectState, ErrorOf(listener.Start));
        Dialer dialer = Dial(Use(new PushSocket()), listener.Url);
        Assert.Equal(NngError.IncorrectState, ErrorOf(dialer.Start));
        Assert.Equal(NngError.IncorrectState, ErrorOf(dialer.StartInBackground));
    }

    [Fact]
    public void CS_40_68_79_A_second_listener_finds_the_address_in_use_until_the_first_closes()
    {
        string url = NewUrl();
        var pull = Use(new PullSocket());
        Listener first = Listen(pull, url);
        var other = Use(new PullSocket());
        Listener second = CreateListener(other, url);
        Assert.Equal(NngError.AddressInUse, ErrorOf(second.Start));
        var push = Use(new PushSocket());
        using (Dialer dialer = Dial(push, url))
        {
            Send(push, "'one'");
            Assert.Equal("one", Recv(pull));
        }

        // K-13: at once.
        first.Dispose();
        second.Start();
        Dial(push, url);
        Send(push, "'two'");
        Assert.Equal("two", Recv(other));
    }

    [Fact]
    public virtual void CS_18_36_A_peer_of_another_protocol_is_dialled_rejected_and_dialled_again()
    {
        var pull = Use(new PullSocket());
        ConcurrentQueue<PipeEvent> events = EventsOf(pull);
        Listener listener = Listen(pull);
        var pub = Use(Quick(new PubSocket()));
        Dial(pub, listener.Url);
        Eventually.True(() => pull.Inner.Rejects >= 3 && pub.Inner.Rejects >= 3, "it goes on");
        Assert.Equal(0, pull.Inner.AttachedCount);
        Assert.DoesNotContain(PipeEvent.AddPost, events);
        var push = Use(new PushSocket());
        Dial(push, listener.Url);
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void A_pipe_rejected_in_its_event_is_dialled_again()
    {
        var pull = Use(new PullSocket());
        int seen = 0;
        pull.OnPipe(PipeEvent.AddPre, pipe =>
        {
            if (Interlocked.Increment(ref seen) == 1)
                pipe.Close();
        });
        var push = Use(Quick(new PushSocket()));
        Dial(push, Listen(pull).Url);
        Eventually.Equal(2, () => Volatile.Read(ref seen));
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
        Assert.Equal(1, pull.Inner.Rejects);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void E_7_A_pipe_closed_at_either_end_is_told_to_the_other_and_dialled_again(bool acceptedCloses)
    {
        var pull = Use(new PullSocket());
        var push = Use(Quick(new PushSocket()));
        ConcurrentQueue<PipeEvent> pulls = EventsOf(pull);
        ConcurrentQueue<PipeEvent> pushes = EventsOf(push);
        Join(pull, push);
        ((NngSocket)(acceptedCloses ? pull : push)).Pipes[0].Close();
        PipeEvent[] expected =
            [PipeEvent.AddPre, PipeEvent.AddPost, PipeEvent.RemovePost, PipeEvent.AddPre, PipeEvent.AddPost];
        Eventually.True(() => Told(pulls), "the listening side is told of all");
        Eventually.True(() => Told(pushes), "the dialling side is told of all");
        Send(push, "'again'");
        Assert.Equal("again", Recv(pull));

        // A new connection's first event may come before the old one's last.
        bool Told(ConcurrentQueue<PipeEvent> events) => events.Order().SequenceEqual(expected.Order());
    }

    [Fact]
    public void A_listener_that_comes_back_is_found_again()
    {
        string url = NewUrl();
        var push = Use(Quick(new PushSocket()));
        for (int life = 0; life < 3; life++)
        {
            using var pull = new PullSocket();
            Listen(pull, url);
            if (life == 0)
                Dial(push, url);
            Eventually.Equal(1, () => push.Inner.AttachedCount);
            Send(push, "'alive'");
            Assert.Equal("alive", Recv(pull));
            pull.Dispose();
            Eventually.Equal(0, () => push.Inner.AttachedCount);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Closing_an_endpoint_ends_its_pipes_at_both_ends(bool listenerCloses)
    {
        var pull = Use(new PullSocket());
        var push = Use(new PushSocket());
        (Listener listener, Dialer dialer) = Join(pull, push);
        if (listenerCloses)
            listener.Dispose();
        else
            dialer.Dispose();
        Eventually.True(() => pull.Inner.PipeCount == 0 && push.Inner.PipeCount == 0, "both pipes are gone");
        Assert.Equal(NngError.Closed, ErrorOf(listenerCloses ? listener.Start : dialer.Start));
    }

    [Fact]
    public void Those_who_come_and_go_at_once_leave_nothing_and_disturb_nobody()
    {
        var pull = Use(new PullSocket());
        string url = Listen(pull).Url;
        var push = Use(new PushSocket());
        Dial(push, url);
        for (int i = 0; i < 100; i++)
        {
            using (var other = new PushSocket())
                Dial(other, url);
            Send(push, "'still here'");
            Assert.Equal("still here", Recv(pull));
        }

        Eventually.Equal(1, () => pull.Inner.PipeCount);
    }

    /// <summary>The error of a call that fails, or none.</summary>
    protected static NngError ErrorOf(Action call)
    {
        try
        {
            call();
            return NngError.None;
        }
        catch (NngException failure)
        {
            return failure.Error;
        }
    }

    /// <summary>The events of the socket's pipes from now on.</summary>
    protected static ConcurrentQueue<PipeEvent> EventsOf(NngSocket socket)
    {
        var events = new ConcurrentQueue<PipeEvent>();
        foreach (PipeEvent what in Enum.GetValues<PipeEvent>())
            socket.OnPipe(what, _ => events.Enqueue(what));
        return events;
    }
}
