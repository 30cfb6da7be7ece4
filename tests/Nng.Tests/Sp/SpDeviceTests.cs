using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp;

/// <summary>Scenarios S207 to S216: devices.</summary>
public sealed class SpDeviceTests : Scenario
{
    private RawSocket Raw(RawProtocol protocol) => Use(new RawSocket(protocol));

    private static Aio Start(NngSocket first, NngSocket? second)
    {
        var aio = new Aio();
        Device.Start(aio, first, second);
        Assert.True(aio.IsBusy);
        return aio;
    }

    [Fact]
    public void S207_Sockets_that_do_not_fit_are_refused()
    {
        foreach ((NngSocket? first, NngSocket? second) in (List<(NngSocket?, NngSocket?)>)
            [(Use(new Pair0Socket()), Use(new Pair0Socket())), (Raw(RawProtocol.Rep), Raw(RawProtocol.Rep)),
            (Raw(RawProtocol.Req), Raw(RawProtocol.Surveyor)), (Raw(RawProtocol.Sub), null), (null, null)])
        {
            Assert.Equal(NngError.InvalidArgument, Device.Run(first, second));
        }

        RawSocket closed = Raw(RawProtocol.Rep);
        closed.Dispose();
        Assert.Equal(NngError.Closed, Device.Run(closed, Raw(RawProtocol.Req)));
        Assert.Equal((NngError.Closed, NngError.Closed), (Device.Run(null, closed), Device.Run(closed, null)));
    }

    [Fact]
    public void S208_A_request_crosses_with_one_word_more()
    {
        RawSocket front = Raw(RawProtocol.Rep);
        RawSocket back = Raw(RawProtocol.Req);
        RawPeer outer = Peer(front, 0x30);
        RawPeer inner = Peer(back, 0x31);
        Start(front, back);
        outer.SendFrame("80000001 'q'");
        byte[] seen = inner.ReadFrame();
        Assert.True(seen[0] < 0x80);
        Assert.Equal("8000000171", Hex(seen.AsSpan(4)));
        inner.SendFrame([.. seen.AsSpan(0, 8), .. "ans"u8]);
        outer.ExpectFrame("80000001 'ans'");
    }

    [Theory]
    [InlineData(7, 8, true)]
    [InlineData(8, 8, false)]
    [InlineData(8, 9, true)]
    public void S209_Every_device_is_a_hop(int devices, int limit, bool delivered)
    {
        var req = Use(new ReqSocket());
        NngSocket end = req;
        for (int i = 0; i < devices; i++)
        {
            RawSocket front = Raw(RawProtocol.Rep);
            RawSocket back = Raw(RawProtocol.Req);
            Marry(end, front);
            Start(front, back);
            end = back;
        }

        var rep = Use(new RepSocket(new SocketOptions { MaxTtl = limit }));
        Marry(end, rep);
        Send(req, "'q'");
        if (!delivered)
        {
            Eventually.Equal(1L, () => rep.DroppedMessages(DropReason.TtlExceeded));
            return;
        }

        Assert.Equal("q", Recv(rep));
        Send(rep, "'r'");
        Assert.Equal("r", Recv(req));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S210_One_way_protocols_forward_whatever_the_order(bool pubFirst)
    {
        RawSocket pubSide = Raw(RawProtocol.Pub);
        RawSocket subSide = Raw(RawProtocol.Sub);
        var pub = Use(new PubSocket());
        var sub = Use(new SubSocket());
        sub.Subscribe(string.Empty);
        Marry(pub, subSide);
        Marry(pubSide, sub);
        Start(pubFirst ? pubSide : subSide, pubFirst ? subSide : pubSide);
        Send(pub, "'n'");
        Assert.Equal("n", Recv(sub));
    }

    [Fact]
    public async Task S211_A_pipeline_loses_nothing_under_back_pressure()
    {
        RawSocket pullSide = Raw(RawProtocol.Pull);
        RawSocket pushSide = Raw(RawProtocol.Push);
        var push = Use(new PushSocket());
        var pull = Use(new PullSocket());
        Marry(push, pullSide);
        Marry(pushSide, pull);
        Start(pullSide, pushSide);
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
                await push.SendAsync(new[] { (byte)i });
        });
        for (int i = 0; i < 100; i++)
            Assert.Equal(((char)i).ToString(), Recv(pull));
        await Eventually.Completes(sending);
    }

    [Fact]
    public void S212_A_survey_crosses_and_all_answers_come_back()
    {
        RawSocket front = Raw(RawProtocol.Respondent);
        RawSocket back = Raw(RawProtocol.Surveyor);
        var surveyor = Use(new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = TimeSpan.FromSeconds(10) }));
        RespondentSocket[] respondents = [Use(new RespondentSocket()), Use(new RespondentSocket())];
        Marry(surveyor, front);
        foreach (RespondentSocket respondent in respondents)
            Marry(back, respondent);
        Start(front, back);
        Send(surveyor, "'?'");
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("?", Recv(respondents[i]));
            Send(respondents[i], $"'{i}'");
        }

        Assert.Equal(["0", "1"], (SortedSet<string>)[Recv(surveyor), Recv(surveyor)]);
    }

    [Fact]
    public void S213_A_bus_device_joins_two_networks_without_echo()
    {
        RawSocket first = Raw(RawProtocol.Bus);
        RawSocket second = Raw(RawProtocol.Bus);
        BusSocket[] leaves = [Use(new BusSocket()), Use(new BusSocket()), Use(new BusSocket())];
        Marry(first, leaves[0]);
        Marry(first, leaves[1]);
        Marry(second, leaves[2]);
        Start(first, second);
        Send(leaves[0], "'1'");
        Assert.Equal(("1", null, null), (Recv(leaves[2]), Got(leaves[0]), Got(leaves[1])));
        Send(leaves[2], "'3'");
        Assert.Equal(("3", "3"), (Recv(leaves[0]), Recv(leaves[1])));
        // Twice would have been once more by now: the device forwards in order.
        Send(leaves[0], "'4'");
        Assert.Equal("4", Recv(leaves[2]));
        Assert.Equal((null, null, null), (Got(leaves[0]), Got(leaves[1]), Got(leaves[2])));
    }

    [Fact]
    public void S214_Closing_one_socket_ends_the_device()
    {
        RawSocket front = Raw(RawProtocol.Rep);
        RawSocket back = Raw(RawProtocol.Req);
        Aio device = Start(front, back);
        front.Dispose();
        Assert.Equal(NngError.Closed, Outcome(device));
        Assert.Equal(NngError.None, GetError(back, "ttl-max"));
    }

    [Theory]
    [InlineData(RawProtocol.Pull, RawProtocol.Push, true)]
    [InlineData(RawProtocol.Pull, RawProtocol.Push, false)]
    [InlineData(RawProtocol.Sub, RawProtocol.Pub, true)]
    [InlineData(RawProtocol.Sub, RawProtocol.Pub, false)]
    public void S214_Closing_either_socket_ends_a_one_way_device(RawProtocol source, RawProtocol target, bool closesTarget)
    {
        RawSocket from = Raw(source);
        RawSocket to = Raw(target);
        Aio device = Start(from, to);
        (closesTarget ? to : from).Dispose();
        Assert.Equal(NngError.Closed, Outcome(device));
        Assert.Equal(NngError.None, GetError(closesTarget ? from : to, "socket-name"));
    }

    [Fact]
    public void S215_An_aborted_device_leaves_both_sockets_usable()
    {
        RawSocket front = Raw(RawProtocol.Pair0);
        RawSocket back = Raw(RawProtocol.Pair0);
        Aio device = Start(front, back);
        device.Abort(NngError.Interrupted);
        Assert.Equal(NngError.Interrupted, Outcome(device));
        var peer = Use(new Pair0Socket());
        Marry(front, peer);
        Send(peer, "'x'");
        Assert.Equal("x", Recv(front));
        var other = Use(new Pair0Socket());
        Marry(back, other);
        Send(back, "'y'");
        Assert.Equal("y", Recv(other));
    }

    [Fact]
    public void S216_A_reflector_echoes_with_one_hop_more()
    {
        RawSocket raw = Raw(RawProtocol.Pair1);
        var peer = Use(new Pair1Socket());
        Marry(raw, peer);
        Start(raw, null);
        Send(peer, "'e'");
        using Message echo = peer.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(("65", "00000002"), (Hex(echo.Body), Hex(echo.Header)));
    }

    /// <summary>W-34: an operation that may not wait starts no forwarding.</summary>
    [Fact]
    public void A_device_that_may_not_run_forwards_nothing()
    {
        RawSocket front = Raw(RawProtocol.Pair0);
        RawSocket back = Raw(RawProtocol.Pair0);
        var polled = new Aio { TimeoutMs = 0 };
        Device.Start(polled, front, back);
        Assert.Equal(NngError.TimedOut, Outcome(polled));
        var stopped = new Aio();
        stopped.Stop();
        Device.Start(stopped, front, back);
        Assert.Equal(NngError.Canceled, stopped.Result);
        var peer = Use(new Pair0Socket());
        Marry(front, peer);
        Send(peer, "'x'");
        Assert.Equal("x", Recv(front));
    }

    [Fact]
    public async Task A_cancelled_device_throws_and_a_timeout_ends_one()
    {
        RawSocket front = Raw(RawProtocol.Pair0);
        RawSocket back = Raw(RawProtocol.Pair0);
        using var stop = new CancellationTokenSource();
        Task device = Device.RunAsync(front, back, stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => device);
        var timed = new Aio { TimeoutMs = 20 };
        Device.Start(timed, front, back);
        Assert.Equal(NngError.TimedOut, Outcome(timed));
    }
}
