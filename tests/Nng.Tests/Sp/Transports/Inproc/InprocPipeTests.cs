using System;
using System.Linq;
using System.Text;
using System.Threading;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Handing messages over between two attached ends.</summary>
public sealed class InprocPipeTests : IDisposable
{
    private readonly ProbeSocket _socket = new();
    private readonly ProbePipe _a;
    private readonly ProbePipe _b;

    public InprocPipeTests()
    {
        _socket.Protocol.AsksAtOnce = false;
        (InprocPipe dialed, InprocPipe accepted) = InprocPipe.CreatePair(
            NngAddress.Inproc("inproc://x"), ProbeProtocol.Number, ProbeProtocol.Number);
        _a = Attach(dialed);
        _b = Attach(accepted);
    }

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void N_7_A_message_moves_when_the_other_end_has_asked()
    {
        _b.Pipe.StartReceive();
        Assert.True(_a.Send(Text("one")));
        Assert.Equal(["one"], Texts(_b));
    }

    [Fact]
    public void N_7_A_message_nobody_asked_for_makes_the_pipe_busy_until_somebody_does()
    {
        Assert.False(_a.Send(Text("one")));
        Assert.Equal(1, _a.Pipe.Transport.UnsentCount);
        Assert.Empty(_b.Received);
        Assert.Equal(0, _a.SendReadyCount);
        _b.Pipe.StartReceive();
        Assert.Equal(["one"], Texts(_b));
        Assert.Equal(1, _a.SendReadyCount);
        Assert.Equal(0, _a.Pipe.Transport.UnsentCount);
    }

    [Fact]
    public void An_ask_is_for_one_message_unless_the_protocol_wants_more()
    {
        _b.Pipe.StartReceive();
        _a.Send(Text("one"));
        Assert.False(_a.Send(Text("two")));
        Assert.Equal(["one"], Texts(_b));
        _b.WantsMore = true;
        _b.Pipe.StartReceive();
        Assert.True(_a.Send(Text("three")));
        Assert.Equal(["one", "two", "three"], Texts(_b));
    }

    [Fact]
    public void Both_directions_are_independent()
    {
        _a.Pipe.StartReceive();
        Assert.True(_b.Send(Text("to a")));
        Assert.False(_a.Send(Text("to b")));
        Assert.Equal(["to a"], Texts(_a));
        Assert.Empty(_b.Received);
    }

    [Fact]
    public void N_8_Header_and_body_arrive_as_one_body()
    {
        Message message = Text("ping");
        message.AppendHeader(WireText.Bytes("80000001"));
        _b.Pipe.StartReceive();
        _a.Send(message);
        Assert.Equal(WireText.Bytes("80000001 'ping'"), _b.Received.Single());
    }

    [Fact]
    public void N_11_Closing_one_end_closes_the_other_which_has_asked()
    {
        _b.Pipe.StartReceive();
        _a.Pipe.Close(NngError.Closed);
        Assert.Equal(NngError.ConnectionShutdown, _b.Pipe.CloseReason);
        Assert.True(_a.IsEnded && _b.IsEnded);
    }

    /// <summary>An end that does not ask has something in hand, which it may still deliver (protocols sheet, C-15).</summary>
    [Fact]
    public void N_11_Closing_one_end_drops_what_waits_and_the_other_learns_it_when_it_asks()
    {
        Message lost = Text("lost");
        _a.Send(lost);
        _a.Pipe.Close(NngError.Closed);
        Assert.True(_a.IsEnded);
        Assert.Throws<ObjectDisposedException>(() => lost.Clone());
        Assert.Equal(0, _a.Pipe.Transport.UnsentCount);
        Assert.False(_b.Pipe.IsClosed);
        _b.Pipe.StartReceive();
        Assert.Empty(_b.Received);
        Assert.Equal(NngError.ConnectionShutdown, _b.Pipe.CloseReason);
        Assert.True(_b.IsEnded);
    }

    [Fact]
    public void An_end_that_takes_all_there_is_lets_more_wait_and_one_that_has_to_wait_less()
    {
        Flood();
        for (int room = 2; room <= 128; room *= 2)
        {
            Assert.Equal(room, Fill());
            Take(room);
        }

        Assert.Equal(128, Fill());
        Take(128);
        for (int i = 0; i < 8; i++)
        {
            Take(1);
            Assert.True(_a.Send(Text("slow")));
        }

        Assert.Equal(1, Fill());
        Take(1);
        Assert.Equal(1, Fill());
    }

    [Fact]
    public void A_batch_outlives_the_end_that_sent_it_and_not_the_one_that_took_it()
    {
        Flood();
        int before = _b.Count;
        Assert.Equal(2, Fill());
        Take(1);
        Assert.Equal(0, _a.Pipe.Transport.UnsentCount);
        _a.Pipe.Close(NngError.Closed);
        Take(1);
        Assert.Equal(before + 2, _b.Count);
        Assert.False(_b.Pipe.IsClosed);
        Take(1);
        Assert.Equal(NngError.ConnectionShutdown, _b.Pipe.CloseReason);
    }

    [Fact]
    public void What_is_left_of_a_batch_is_dropped_by_a_close()
    {
        Flood();
        Message[] two = [Text("one"), Text("two")];
        Assert.True(_a.Send(two[0]));
        Assert.False(_a.Send(two[1]));
        Take(1);
        _b.Pipe.Close(NngError.Closed);
        Assert.Throws<ObjectDisposedException>(() => two[1].Clone());
    }

    [Fact]
    public void Posting_on_a_closed_pipe_drops_the_message()
    {
        _b.Pipe.Close(NngError.Closed);
        Message late = Text("late");
        Assert.False(_a.Pipe.Transport.Post(late));
        Assert.Throws<ObjectDisposedException>(() => late.Clone());
    }

    [Fact]
    public void A_message_taken_but_not_yet_kicked_is_dropped_by_a_close_between()
    {
        _b.Pipe.StartReceive();
        Message between = Text("between");
        Assert.True(_a.Pipe.Post(between));
        _b.Pipe.Close(NngError.Closed);
        _a.Pipe.Kick();
        Assert.Empty(_b.Received);
        Assert.Throws<ObjectDisposedException>(() => between.Clone());
    }

    [Fact]
    public void An_end_attached_after_the_other_left_is_closed_when_it_asks()
    {
        (InprocPipe dialed, InprocPipe accepted) = InprocPipe.CreatePair(
            NngAddress.Inproc("inproc://y"), ProbeProtocol.Number, ProbeProtocol.Number);
        Attach(dialed).Pipe.Close(NngError.Closed);
        ProbePipe late = Attach(accepted);
        Assert.False(late.Pipe.IsClosed);
        late.Pipe.StartReceive();
        Assert.Equal(NngError.ConnectionShutdown, late.Pipe.CloseReason);
    }

    [Fact]
    public void Two_threads_that_ask_and_post_against_each_other_lose_and_double_nothing()
    {
        const int count = 20_000;
        _b.WantsMore = false;
        var posting = new Thread(() =>
        {
            for (int i = 0; i < count; i++)
            {
                int before = _a.SendReadyCount;
                if (!_a.Send(Text(i.ToString(System.Globalization.CultureInfo.InvariantCulture))))
                    SpinWait.SpinUntil(() => _a.SendReadyCount != before);
            }
        });
        posting.Start();
        for (int i = 0; i < count; i++)
        {
            _b.Pipe.StartReceive();
            int expected = i + 1;
            Assert.True(SpinWait.SpinUntil(() => _b.Count >= expected, 10_000), $"message {i} of {count}");
        }

        posting.Join();
        Assert.Equal(Enumerable.Range(0, count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), Texts(_b));
    }

    /// <summary>Posts until the pipe is busy; how many that took.</summary>
    private int Fill()
    {
        int count = 1;
        while (_a.Send(Text("fill")))
            count++;
        return count;
    }

    /// <summary>Fills and empties the pipe, until it lets two wait.</summary>
    private void Flood()
    {
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal(1, Fill());
            Take(1);
        }
    }

    /// <summary>Asks so many times for one message.</summary>
    private void Take(int count)
    {
        for (int i = 0; i < count; i++)
            _b.Pipe.StartReceive();
    }

    private ProbePipe Attach(InprocPipe transport)
    {
        new SpPipe(_socket.Listener("inproc://x"), transport).Attach();
        return _socket.Protocol.Pipes[^1];
    }

    private static Message Text(string text) => new(Encoding.ASCII.GetBytes(text));

    private static string[] Texts(ProbePipe pipe) => [.. pipe.Received.Select(Encoding.ASCII.GetString)];
}
