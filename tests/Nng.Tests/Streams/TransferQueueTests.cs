using System;
using System.Collections.Generic;
using System.Text;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Sp.Transports;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>The staged orders of one direction: what races with what, and who wins.</summary>
public sealed class TransferQueueTests : IDisposable
{
    private readonly ScriptedChannel _channel = new();
    private readonly NngStream _stream;

    public TransferQueueTests()
    {
        _stream = new NngStream(
            _channel, NngAddress.Unspecified, NngAddress.Unspecified, new OptionTable<NngStream>());
    }

    private string Sent => Encoding.ASCII.GetString(_channel.Sent);

    public void Dispose() => _stream.Close();

    [Fact]
    public void A_send_that_waits_goes_on_when_the_channel_calls()
    {
        _channel.Room = 2;
        Aio send = SendAll("hello");
        Assert.Equal("he", Sent);
        _channel.Drain(1);
        Assert.Equal("hel", Sent);
        Assert.True(send.IsBusy);
        _channel.Drain(10);
        Assert.Equal((NngError.None, 5), Outcome(send));
        Assert.Equal("hello", Sent);
    }

    [Fact]
    public void Room_that_comes_while_the_writer_is_about_to_wait_is_used()
    {
        _channel.Room = 2;
        _channel.OnWaitWritable = () => _channel.Room = 100;
        Assert.Equal((NngError.None, 5), Outcome(SendAll("hello")));
    }

    [Fact]
    public void A_cancel_while_the_writer_is_about_to_wait_ends_it_and_the_next_goes_on()
    {
        _channel.Room = 2;
        Aio first = Idle("hello");
        Aio second = Idle("world");
        _channel.OnWaitWritable = () =>
        {
            _stream.SendAll(second);
            first.Cancel();
            Assert.False(first.IsBusy);
            _channel.Room = 100;
        };
        _stream.SendAll(first);
        Assert.Equal((NngError.Canceled, 2), Outcome(first));
        Assert.Equal((NngError.None, 5), Outcome(second));
        Assert.Equal("heworld", Sent);
    }

    [Fact]
    public void A_cancel_of_the_last_one_while_it_is_about_to_wait_leaves_the_direction_idle()
    {
        _channel.Room = 2;
        Aio first = Idle("hello");
        _channel.OnWaitWritable = () =>
        {
            first.Cancel();
            _channel.Room = 100;
        };
        _stream.SendAll(first);
        Assert.Equal((NngError.Canceled, 2), Outcome(first));
        Assert.Equal((NngError.None, 1), Outcome(SendAll("!")));
        Assert.Equal("he!", Sent);
    }

    [Fact]
    public void A_cancel_that_comes_amid_the_last_transfer_loses()
    {
        Aio send = Idle("hello");
        _channel.WriteLimit = 3;
        _channel.OnSending = send.Cancel;
        _stream.SendAll(send);
        // Before it has waited once there is nobody to ask, and everything went.
        Assert.Equal((NngError.None, 5), Outcome(send));
    }

    [Fact]
    public void A_cancel_amid_the_transfer_of_one_that_has_waited_ends_it_with_what_went()
    {
        _channel.Room = 1;
        Aio send = SendAll("hello");
        _channel.WriteLimit = 2;
        _channel.OnSending = send.Cancel;
        _channel.Drain(100);
        Assert.Equal((NngError.Canceled, 3), Outcome(send));
        Assert.Equal("hel", Sent);
        Assert.Equal((NngError.None, 2), Outcome(SendAll("xy")));
    }

    [Fact]
    public void After_a_cancel_while_parked_the_next_submission_waits_for_the_call()
    {
        _channel.Room = 0;
        Aio first = SendAll("a");
        first.Cancel();
        Assert.Equal((NngError.Canceled, 0), Outcome(first));
        Aio second = SendAll("b");
        Assert.Equal(string.Empty, Sent);
        _channel.Drain(10);
        Assert.Equal((NngError.None, 1), Outcome(second));
        Assert.Equal("b", Sent);
    }

    [Fact]
    public void A_parked_poll_times_out_at_once()
    {
        _channel.Room = 0;
        Aio first = SendAll("a");
        first.Cancel();
        var poll = new Aio { TimeoutMs = 0 };
        poll.SetVector((ReadOnlyMemory<byte>[])[new byte[1]]);
        _stream.Send(poll);
        Assert.Equal((NngError.TimedOut, 0), Outcome(poll));
    }

    [Fact]
    public void A_close_amid_a_transfer_ends_everything_in_order()
    {
        _channel.Room = 1;
        List<string> order = [];
        Aio first = Noted("hello", "first", order);
        Aio second = Noted("x", "second", order);
        _stream.SendAll(first);
        _stream.SendAll(second);
        _channel.WriteLimit = 2;
        _channel.OnSending = () =>
        {
            _channel.OnSending = () => _stream.Close();
        };
        _channel.Drain(100);
        Assert.Equal((NngError.Closed, 3), Outcome(first));
        Assert.Equal((NngError.Closed, 0), Outcome(second));
        Assert.Equal(["first", "second"], order);
    }

    [Fact]
    public void A_failure_ends_the_one_in_flight_first_and_then_those_behind_it()
    {
        _channel.Room = 1;
        List<string> order = [];
        Aio[] sends = [Noted("hello", "1", order), Noted("x", "2", order), Noted("y", "3", order)];
        Array.ForEach(sends, _stream.SendAll);
        _channel.SendFailure = NngError.ConnectionReset;
        _channel.Drain(1);
        Assert.Equal(["1", "2", "3"], order);
        Assert.Equal((NngError.ConnectionReset, 1), Outcome(sends[0]));
        Assert.Equal((NngError.ConnectionReset, 0), Outcome(sends[2]));
        Assert.Equal((NngError.ConnectionReset, 0), Outcome(SendAll("z")));
    }

    [Fact]
    public void A_submission_from_a_completion_is_the_next_and_keeps_behind_those_that_wait()
    {
        _channel.Room = 0;
        Aio third = Idle("3");
        var first = new Aio(_ => _stream.SendAll(third), inline: true);
        first.SetVector((ReadOnlyMemory<byte>[])["1"u8.ToArray()]);
        _stream.SendAll(first);
        Aio second = SendAll("2");
        _channel.Drain(100);
        Assert.Equal((NngError.None, 1), Outcome(third));
        Assert.Equal((NngError.None, 1), Outcome(second));
        Assert.Equal("123", Sent);
    }

    [Fact]
    public void A_stopped_aio_is_refused()
    {
        Aio send = Idle("x");
        send.Stop();
        _stream.SendAll(send);
        Assert.Equal(NngError.Canceled, send.Result);
        Assert.Empty(_channel.Sent);
    }

    [Fact]
    public void A_busy_aio_is_a_mistake_of_the_caller()
    {
        _channel.Room = 0;
        Aio send = SendAll("x");
        Assert.Throws<InvalidOperationException>(() => _stream.SendAll(send));
        _channel.Drain(1);
        Assert.Equal((NngError.None, 1), Outcome(send));
    }

    [Fact]
    public void A_very_long_send_makes_way_for_others()
    {
        var aio = new Aio();
        aio.SetVector((ReadOnlyMemory<byte>[])[new byte[5 << 20]]);
        _channel.WriteLimit = 300_000;
        int caller = Environment.CurrentManagedThreadId;
        bool elsewhere = false;
        _channel.OnSending = Look;
        _stream.SendAll(aio);
        Assert.Equal((NngError.None, 5 << 20), Outcome(aio));
        Assert.True(elsewhere);

        void Look()
        {
            elsewhere |= Environment.CurrentManagedThreadId != caller;
            _channel.OnSending = Look;
        }
    }

    private static (NngError Error, long Count) Outcome(Aio aio)
    {
        Eventually.True(() => !aio.IsBusy, "the operation ends");
        return (aio.Result, aio.Count);
    }

    private static Aio Idle(string text)
    {
        var aio = new Aio();
        aio.SetVector((ReadOnlyMemory<byte>[])[Encoding.ASCII.GetBytes(text)]);
        return aio;
    }

    private static Aio Noted(string text, string name, List<string> order)
    {
        var aio = new Aio(_ => order.Add(name), inline: true);
        aio.SetVector((ReadOnlyMemory<byte>[])[Encoding.ASCII.GetBytes(text)]);
        return aio;
    }

    private Aio SendAll(string text)
    {
        Aio aio = Idle(text);
        _stream.SendAll(aio);
        return aio;
    }
}
