using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using Nng.Sp;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp;

/// <summary>Scenarios S001 to S019: what all kinds of sockets have in common.</summary>
public sealed class GeneralScenarioTests : Scenario
{
    [Fact]
    public void S001_Every_kind_has_its_identity()
    {
        Assert.Equal(23, Kinds.All.Count);
        foreach (Kinds.Kind kind in Kinds.All)
        {
            using NngSocket socket = kind.Open();
            Assert.Equal(kind.Self, socket.GetOption<int>("protocol"));
            Assert.Equal(kind.Peer, socket.GetOption<int>("peer"));
            Assert.Equal(kind.SelfName, socket.GetOption<string>("protocol-name"));
            Assert.Equal(kind.PeerName, socket.GetOption<string>("peer-name"));
            Assert.Equal(kind.Raw, socket.GetOption<bool>("raw"));
        }
    }

    [Fact]
    public void S002_A_wrong_peer_is_rejected_and_a_right_one_served()
    {
        var rep = Use(new RepSocket());
        int pre = 0;
        int post = 0;
        int gone = 0;
        rep.OnPipe(PipeEvent.AddPre, _ => Interlocked.Increment(ref pre));
        rep.OnPipe(PipeEvent.AddPost, _ => Interlocked.Increment(ref post));
        rep.OnPipe(PipeEvent.RemovePost, _ => Interlocked.Increment(ref gone));
        string url = rep.Listen(ScratchUrl.TcpPortZero()).Url;
        using (RawPeer wrong = RawPeer.DialAs(url, 0x62))
            wrong.ExpectClosed();
        Eventually.Equal(1, () => Volatile.Read(ref gone));
        Assert.Equal((1, 0), (pre, post));
        Assert.Equal(1, rep.Inner.Rejects);
        RawPeer right = Use(RawPeer.DialAs(url, 0x30));
        right.SendFrame("80000001 'q'");
        Assert.Equal("q", Recv(rep));
    }

    [Fact]
    public void S003_A_dialer_that_meets_the_wrong_protocol_keeps_trying()
    {
        var push = Use(new PushSocket());
        var pub = Use(new PubSocket(new SocketOptions { ReconnectTimeMin = TimeSpan.FromMilliseconds(50) }));
        pub.Dial(push.Listen(ScratchUrl.TcpPortZero()).Url);
        Eventually.True(() => pub.Inner.Rejects >= 2);
    }

    [Fact]
    public void S004_A_pipe_closed_in_add_pre_is_rejected()
    {
        var pull = Use(new PullSocket());
        int post = 0;
        int gone = 0;
        pull.OnPipe(PipeEvent.AddPre, pipe => pipe.Close());
        pull.OnPipe(PipeEvent.AddPost, _ => post++);
        pull.OnPipe(PipeEvent.RemovePost, _ => Interlocked.Increment(ref gone));
        using RawPeer peer = RawPeer.Dial(pull.Listen(ScratchUrl.TcpPortZero()).Url);
        peer.Handshake(0x50);
        // It may be refused before the message is on its way.
        Assert.True(Record.Exception(() => peer.SendFrame("'a'")) is null or SocketException);
        peer.DrainUntilClosed();
        Eventually.Equal(1, () => Volatile.Read(ref gone));
        Assert.Equal(1L, pull.Inner.Rejects);
        Assert.Equal(0, post);
        Assert.Null(Got(pull));
    }

    [Fact]
    public void S005_The_hop_limit_has_a_range_a_type_and_its_kinds()
    {
        var rep = Use(new RepSocket());
        foreach (int bad in (int[])[0, 16, -1])
            Assert.Equal(NngError.InvalidArgument, SetError(rep, "ttl-max", bad));
        Assert.Equal(NngError.None, SetError(rep, "ttl-max", 1));
        Assert.Equal(NngError.None, SetError(rep, "ttl-max", 15));
        Assert.Equal(15, rep.GetOption<int>("ttl-max"));
        Assert.Equal(NngError.NotSupported, SetError(Use(new BusSocket()), "ttl-max", 3));
        Assert.Equal(NngError.BadType, SetError(rep, "ttl-max", true));
        Assert.Equal(NngError.InvalidArgument, SetError(rep, "ttl-max", new byte[1]));
    }

    [Fact]
    public void S006_Access_and_unknown_names_have_their_errors()
    {
        var sub = Use(new SubSocket());
        Assert.Equal(NngError.ReadOnly, SetError(sub, "raw", true));
        Assert.Equal(NngError.WriteOnly, GetError(sub, "sub:subscribe"));
        Assert.Equal(NngError.NotSupported, GetError(sub, "no-such"));
    }

    [Fact]
    public void S007_Send_buffers_have_their_ranges()
    {
        foreach ((NngSocket socket, NngError zero) in (List<(NngSocket, NngError)>)
            [(new BusSocket(), NngError.InvalidArgument), (new PubSocket(), NngError.InvalidArgument),
            (new Pair0Socket(), NngError.None), (new PushSocket(), NngError.None)])
        {
            Use(socket);
            Assert.Equal(zero, SetError(socket, "send-buffer", 0));
            Assert.Equal(NngError.None, SetError(socket, "send-buffer", 1));
            Assert.Equal(NngError.None, SetError(socket, "send-buffer", 8192));
            Assert.Equal(NngError.InvalidArgument, SetError(socket, "send-buffer", 8193));
        }
    }

    [Fact]
    public void S008_Receive_buffers_have_their_ranges()
    {
        Assert.Equal(NngError.InvalidArgument, SetError(Use(new SubSocket()), "recv-buffer", 0));
        Assert.Equal(NngError.InvalidArgument, SetError(Use(new BusSocket()), "recv-buffer", 0));
        Assert.Equal(NngError.None, SetError(Use(new Pair1Socket()), "recv-buffer", 0));
        Assert.Equal(NngError.None, SetError(Use(new RawSocket(RawProtocol.Sub)), "recv-buffer", 0));
    }

    [Fact]
    public void S009_Buffers_without_effect_are_accepted_and_read_back()
    {
        foreach (NngSocket socket in (NngSocket[])
            [new ReqSocket(), new RepSocket(), new SurveyorSocket(), new RespondentSocket(), new PullSocket()])
        {
            Use(socket);
            foreach (string name in (string[])["send-buffer", "recv-buffer"])
            {
                socket.SetOption(name, 16);
                Assert.Equal(16, socket.GetOption<int>(name));
            }
        }
    }

    [Fact]
    public void S010_Contexts_open_where_the_protocol_has_them()
    {
        foreach (Kinds.Kind kind in Kinds.All)
        {
            using NngSocket socket = kind.Open();
            NngError error = socket.Inner.OpenContext(out SpContext? context);
            Assert.Equal(kind.Contexts ? NngError.None : NngError.NotSupported, error);
            context?.Close();
        }
    }

    [Fact]
    public void S011_Readiness_exists_for_the_directions_a_kind_has()
    {
        foreach (Kinds.Kind kind in Kinds.All)
        {
            using NngSocket socket = kind.Open();
            Assert.Equal(kind.Recv ? NngError.None : NngError.NotSupported, GetError(socket, "recv-fd"));
            Assert.Equal(kind.Send ? NngError.None : NngError.NotSupported, GetError(socket, "send-fd"));
            if (kind.Recv)
                Assert.Same(socket.GetOption<Readiness>("recv-fd"), socket.GetOption<Readiness>("recv-fd"));
            if (kind.Send)
                Assert.Same(socket.GetOption<Readiness>("send-fd"), socket.GetOption<Readiness>("send-fd"));
        }

        using var req = new ReqSocket();
        using NngContext context = req.OpenContext();
        Assert.Equal(NngError.NotSupported, context.Inner.GetOption("recv-fd", out _));
    }

    [Fact]
    public void S012_A_zero_timeout_times_out_and_a_poll_would_wait()
    {
        var pull = Use(new PullSocket());
        Peer(pull, 0x50);
        pull.ReceiveTimeout = TimeSpan.Zero;
        Assert.Equal(NngError.TimedOut, Assert.Throws<NngException>(() => pull.Receive()).Error);
        Assert.Null(Got(pull));
        Assert.Equal(NngError.InvalidArgument, SetError(pull, "recv-timeout", TimeSpan.FromMilliseconds(-2)));
    }

    [Fact]
    public void S013_Contexts_copy_the_timeouts_of_their_birth()
    {
        var req = Use(new ReqSocket { ReceiveTimeout = TimeSpan.FromMilliseconds(300) });
        using NngContext first = req.OpenContext();
        req.ReceiveTimeout = TimeSpan.FromMilliseconds(900);
        using NngContext second = req.OpenContext();
        Assert.Equal(300, first.ReceiveTimeout.TotalMilliseconds);
        Assert.Equal(900, second.ReceiveTimeout.TotalMilliseconds);
    }

    [Fact]
    public void S014_Closing_ends_waiting_receives()
    {
        foreach (NngSocket socket in (NngSocket[])
            [new Pair0Socket(), new Pair1Socket(), new BusSocket(), new SubSocket(), new PullSocket(), new RepSocket(),
            new RespondentSocket(), new RawSocket(RawProtocol.Req), new RawSocket(RawProtocol.Sub)])
        {
            Aio aio = ReceiveAio(socket.Channel);
            socket.Dispose();
            Assert.Equal(NngError.Closed, Outcome(aio));
        }
    }

    [Fact]
    public void S015_A_stopped_operation_sends_nothing()
    {
        foreach (NngSocket socket in (NngSocket[])
            [new PushSocket(), new Pair1Socket(), new BusSocket(), new PubSocket()])
        {
            Use(socket);
            RawPeer peer = Peer(socket, socket.PeerId);
            var aio = new Aio { Message = Msg("'x'") };
            aio.Stop();
            socket.Channel.Send(aio);
            Assert.Equal(NngError.Canceled, aio.Result);
            Assert.Equal("x", Text(aio.Message!));
            Assert.Equal(0, socket.SentMessages);
            // Had it been sent, it would come first.
            Send((IMessageSender)socket, "'y'");
            Assert.Equal((byte)'y', peer.ReadFrame()[^1]);
        }
    }

    [Fact]
    public void S016_Empty_bodies_are_delivered()
    {
        var patient = new SurveyorSocketOptions { SurveyTime = TimeSpan.FromSeconds(30) };
        foreach ((NngSocket sender, NngSocket receiver) in (List<(NngSocket, NngSocket)>)
            [(new Pair0Socket(), new Pair0Socket()), (new Pair1Socket(), new Pair1Socket()),
            (new BusSocket(), new BusSocket()), (new PubSocket(), new SubSocket()), (new PushSocket(), new PullSocket()),
            (new ReqSocket(), new RepSocket()), (new SurveyorSocket(patient), new RespondentSocket())])
        {
            Use(sender);
            Use(receiver);
            (receiver as SubSocket)?.Subscribe(string.Empty);
            Marry(sender, receiver);
            Send((IMessageSender)sender, string.Empty);
            Assert.Equal(string.Empty, Recv((IMessageReceiver)receiver));
            if (receiver is IMessageSender answer && receiver is RepSocket or RespondentSocket)
            {
                Send(answer!, string.Empty);
                Assert.Equal(string.Empty, Recv((IMessageReceiver)sender));
            }
        }
    }

    [Fact]
    public void S017_Messages_carry_the_pipe_they_came_on()
    {
        foreach (Kinds.Kind kind in Kinds.All)
        {
            if (!kind.Recv)
                continue;
            NngSocket socket = Use(kind.Open());
            (socket as SubSocket)?.Subscribe(string.Empty);
            (socket as SurveyorSocket)?.SetOption(OptionNames.SurveyorSurveyTime, TimeSpan.FromSeconds(30));
            int id = 0;
            socket.OnPipe(PipeEvent.AddPost, pipe => Volatile.Write(ref id, pipe.Id));
            RawPeer peer = Peer(socket, kind.Peer);
            Eventually.True(() => Volatile.Read(ref id) != 0);
            string head = kind.SelfName == "pair1" ? "00000001" : "80000001";
            if (kind is { SelfName: "req" or "surveyor", Raw: false })
            {
                Send((IMessageSender)socket, "'q'");
                head = Hex(peer.ReadFrame().AsSpan(0, 4));
            }

            peer.SendFrame($"{head} 'x'");
            using Message message = ((IMessageReceiver)socket).Receive(TimeSpan.FromSeconds(10));
            Assert.Equal((kind.Name, id), (kind.Name, message.PipeId));
        }
    }

    [Fact]
    public void S018_A_closed_socket_refuses_everything()
    {
        var req = new ReqSocket();
        req.Dispose();
        Assert.Equal(NngError.Closed, Poll(req, "'x'"));
        Assert.Equal(NngError.Closed, PollReceive(req));
        Assert.Equal(NngError.Closed, GetError(req, "send-timeout"));
        Assert.Equal(NngError.Closed, Assert.Throws<NngException>(() => req.OpenContext()).Error);
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x0640)]
    public void S220_Unknown_protocols_are_rejected_by_every_kind(int protocol)
    {
        foreach (Kinds.Kind kind in Kinds.All)
        {
            using NngSocket socket = kind.Open();
            using RawPeer peer = RawPeer.DialAs(socket.Listen(ScratchUrl.TcpPortZero()).Url, protocol);
            peer.ExpectClosed();
            Eventually.Equal(1L, () => socket.Inner.Rejects, kind.Name);
        }
    }

    [Theory]
    [InlineData(0x10)]
    [InlineData(0x11)]
    [InlineData(0x70)]
    public void S019_Traffic_counts_what_the_application_sees(int protocol)
    {
        NngSocket socket = Use(protocol switch
        {
            0x10 => new Pair0Socket(),
            0x11 => new Pair1Socket(),
            _ => (NngSocket)new BusSocket(),
        });
        RawPeer peer = Peer(socket, protocol);
        Send((IMessageSender)socket, "'0123456789'");
        Send((IMessageSender)socket, "'0123456789'");
        peer.SendFrame(protocol == 0x11 ? "00000001 'abcdefghij'" : "'abcdefghij'");
        Assert.Equal("abcdefghij", Recv((IMessageReceiver)socket));
        Assert.Equal((2L, 20L, 1L, 10L), (socket.SentMessages, socket.SentBytes, socket.ReceivedMessages, socket.ReceivedBytes));
    }
}
