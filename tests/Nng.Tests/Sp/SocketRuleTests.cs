using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp;

/// <summary>Rules of sockets, contexts, options and events, by their numbers (core sheet, sections 3 to 6).</summary>
public sealed class SocketRuleTests : Scenario
{
    [Fact]
    public void CS_3_3_1_Only_the_first_close_closes_but_all_return()
    {
        var socket = new BusSocket();
        using var start = new Barrier(4);
        int first = 0;
        Thread[] closers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            if (socket.Inner.Close())
                Interlocked.Increment(ref first);
        }))];
        foreach (Thread closer in closers)
            closer.Start();
        Assert.All(closers, closer => Assert.True(closer.Join(Eventually.DefaultTimeoutMs)));
        Assert.Equal(1, first);
    }

    [Fact]
    public void CS_3_5_Any_number_of_operations_may_wait_and_close_ends_them()
    {
        var pair = new Pair0Socket();
        Aio[] waiting = [.. Enumerable.Range(0, 1000).Select(i =>
            i % 2 == 0 ? ReceiveAio(pair.Channel) : SendAio(pair.Channel, Msg("'m'")))];
        pair.Dispose();
        Assert.All(waiting, aio => Assert.Equal(NngError.Closed, Outcome(aio)));
        Assert.All(waiting.Where((_, i) => i % 2 == 1), aio => Assert.NotNull(aio.Message));
    }

    [Theory]
    [InlineData(0x10)]
    [InlineData(0x11)]
    public void CS_3_W16_A_failed_send_leaves_the_header_as_it_was(int protocol)
    {
        NngSocket pair = Use(protocol == 0x10 ? new Pair0Socket() : (NngSocket)new Pair1Socket());
        Aio aio = SendAio(pair.Channel, Msg("00000009", "'b'"), timeoutMs: 10);
        Assert.Equal(NngError.TimedOut, Outcome(aio));
        Assert.Equal("00000009", Hex(aio.Message!.Header));
    }

    [Fact]
    public void CS_3_W17_Equal_values_are_applied_again_and_support_goes_by_name()
    {
        var socket = Use(new PullSocket());
        Listener listener = socket.CreateListener(ScratchUrl.TcpPortZero());
        socket.SetOption("recv-size-max", 4096L);
        Assert.Equal(4096, listener.GetOption<long>("recv-size-max"));
        listener.SetOption("recv-size-max", 1L);
        socket.SetOption("recv-size-max", 4096L);
        Assert.Equal(4096, listener.GetOption<long>("recv-size-max"));
        Assert.Equal(4096, socket.CreateListener(ScratchUrl.TcpPortZero()).GetOption<long>("recv-size-max"));
        foreach (string unknown in (string[])["url", "no-such", "tcp-bound-port"])
            Assert.Equal(NngError.NotSupported, SetError(socket, unknown, 1));
        Assert.Equal(NngError.NotSupported, SetError(Use(new PullSocket()), "url", 1));
    }

    [Fact]
    public void CS_3_6_Endpoints_read_the_sockets_options_but_set_their_own_only()
    {
        var socket = Use(new PullSocket { Name = "mine", ReceiveTimeout = TimeSpan.FromSeconds(5) });
        Listener listener = socket.Listen(ScratchUrl.TcpPortZero());
        Dialer dialer = socket.CreateDialer("tcp://127.0.0.1:1");
        Assert.Equal("mine", listener.GetOption<string>("socket-name"));
        Assert.Equal(5, dialer.GetOption<TimeSpan>("recv-timeout").TotalSeconds);
        Assert.Equal(0x50, dialer.GetOption<int>("peer"));
        RawPeer peer = Use(RawPeer.DialAs(listener.Url, 0x50));
        Eventually.Equal(1, () => socket.Inner.AttachedCount);
        Assert.Equal("mine", socket.Pipes[0].GetOption<string>("socket-name"));
        Assert.Equal(listener.Url, socket.Pipes[0].GetOption<string>("url"));
        foreach (string name in (string[])["send-timeout", "raw", "socket-name"])
            Assert.Equal(NngError.NotSupported, dialer.Inner.SetOption(name, OptionValue.Int32(1)));
        Assert.Equal(NngError.NotSupported, listener.Inner.SetOption("reconnect-time-min", OptionValue.Duration(1)));
        Assert.Equal(NngError.ReadOnly, listener.Inner.SetOption("url", OptionValue.Text("x")));
        Assert.Equal(NngError.ReadOnly, dialer.Inner.SetOption("url", OptionValue.Text("x")));
    }

    [Fact]
    public void CS_3_7_W19_A_shorter_name_replaces_the_whole_and_63_bytes_are_the_most()
    {
        var socket = Use(new PullSocket());
        Assert.Equal($"{socket.Id}", socket.Name);
        socket.Name = "a longer name";
        socket.Name = "ab";
        Assert.Equal("ab", socket.Name);
        socket.Name = new string('n', 63);
        Assert.Equal(
            NngError.InvalidArgument, Assert.Throws<NngException>(() => socket.Name = new string('n', 64)).Error);
        Assert.Equal(
            NngError.InvalidArgument, Assert.Throws<NngException>(() => socket.Name = new string('é', 32)).Error);
        Assert.Equal(new string('n', 63), socket.Name);
    }

    /// <summary>Framework queues drop their oldest messages when they shrink, protocols' own ones the newest.</summary>
    [Fact]
    public void CS_3_8_3_Framework_queues_keep_the_newest()
    {
        var sub = Use(new RawSocket(RawProtocol.Sub, new SocketOptions { ReceiveBuffer = 4 }));
        var rep = Use(new RawSocket(RawProtocol.Rep, new SocketOptions { ReceiveBuffer = 4 }));
        var respondent = Use(new RawSocket(RawProtocol.Respondent, new SocketOptions { ReceiveBuffer = 4 }));
        var req = Use(new RawSocket(RawProtocol.Req, new SocketOptions { ReceiveBuffer = 4 }));
        var surveyor = Use(new RawSocket(RawProtocol.Surveyor, new SocketOptions { ReceiveBuffer = 4 }));
        var poly = Use(new Pair1PolySocket(new SocketOptions { ReceiveBuffer = 4 }));
        foreach ((NngSocket socket, int peer, string head) in ((NngSocket, int, string)[])
            [(sub, 0x20, string.Empty), (rep, 0x30, "80000001"), (respondent, 0x62, "80000001"),
            (req, 0x31, "80000001"), (surveyor, 0x63, "80000001"), (poly, 0x11, "00000001")])
        {
            RawPeer wire = Peer(socket, peer);
            for (int i = 1; i <= 4; i++)
                wire.SendFrame($"{head} '{i}'");
            Eventually.Equal(4, () => socket.Inner.Protocol.UnreadCount);
            socket.SetOption("recv-buffer", 2);
            Assert.Equal((socket.ProtocolName, "3", "4", null), (socket.ProtocolName, Got(socket), Got(socket), Got(socket)));
        }

        var sender = Use(new RawSocket(RawProtocol.Req, new SocketOptions { SendBuffer = 3 }));
        for (int i = 1; i <= 3; i++)
            Assert.Equal(NngError.None, Poll(sender, $"80000001 '{i}'"));
        sender.SetOption("send-buffer", 1);
        RawPeer server = Peer(sender, 0x31);
        server.ExpectFrame("80000001 '3'");
        server.ExpectNothing();
        var lonely = Use(new Pair1PolySocket(new SocketOptions { SendBuffer = 2 }));
        Assert.Equal((NngError.None, NngError.None), (Poll(lonely, "'1'"), Poll(lonely, "'2'")));
        lonely.SetOption("send-buffer", 1);
        Peer(lonely, 0x11).ExpectFrame("00000001 '2'");
    }

    /// <summary>W-41: room is given to those who wait at once.</summary>
    [Fact]
    public void CS_3_8_A_larger_queue_takes_in_what_its_pipes_hold()
    {
        var rep = Use(new RawSocket(RawProtocol.Rep));
        RawPeer wire = Peer(rep, 0x30);
        for (int i = 1; i <= 5; i++)
            wire.SendFrame($"80000001 '{i}'");
        Eventually.Equal(2, () => rep.Inner.Protocol.UnreadCount);
        rep.SetOption("recv-buffer", 10);
        Eventually.Equal(5, () => rep.Inner.Protocol.UnreadCount);
        for (int i = 1; i <= 5; i++)
            Assert.Equal($"{i}", Got(rep));
    }

    [Fact]
    public void CS_4_8_A_thousand_contexts_each_get_their_own_reply()
    {
        const int count = 1000;
        const int seed = 7;
        var req = Use(new ReqSocket());
        var rep = Use(new RepSocket());
        Marry(req, rep);
        NngContext[] contexts = [.. Enumerable.Range(0, count).Select(_ => Use(req.OpenContext()))];
        Aio[] sends = [.. contexts.Select((c, i) => SendAio(c.Channel, new Message(BitConverter.GetBytes(i))))];
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        var receives = new Aio[count];
        foreach (int i in order)
            receives[i] = ReceiveAio(contexts[i].Channel);
        for (int i = 0; i < count; i++)
        {
            Message request = rep.Receive(TimeSpan.FromSeconds(10));
            request.GetWritableBody()[3] = 0x55;
            rep.Send(request);
        }

        for (int i = 0; i < count; i++)
        {
            Assert.Equal((NngError.None, NngError.None), (Outcome(sends[i]), Outcome(receives[i])));
            using Message reply = receives[i].Message!;
            Assert.Equal(i | 0x55000000, BitConverter.ToInt32(reply.Body));
        }
    }

    [Fact]
    public void CS_5_7_W26_Inproc_names_meet_whatever_the_case_of_the_scheme()
    {
        string url = ScratchUrl.Inproc();
        var push = Use(new PushSocket());
        var pull = Use(new PullSocket());
        pull.Listen(url.Replace("inproc", "INPROC", StringComparison.Ordinal));
        push.Dial(url);
        Send(push, "'m'");
        Assert.Equal("m", Recv(pull));
        Assert.Equal(
            NngError.ConnectionRefused,
            Assert.Throws<NngException>(() => push.Dial(url.ToUpperInvariant())).Error);
    }

    private sealed class Counts
    {
        private readonly int[] _counts = new int[3];

        public Counts(NngSocket socket, bool rejectsFirst = false)
        {
            foreach (PipeEvent what in Enum.GetValues<PipeEvent>())
            {
                socket.OnPipe(what, pipe =>
                {
                    int count = Interlocked.Increment(ref _counts[(int)what]);
                    if (rejectsFirst && what == PipeEvent.AddPre && count == 1)
                        pipe.Close();
                });
            }
        }

        public (int Pre, int Post, int Gone) Now => (Volatile.Read(ref _counts[0]), Volatile.Read(ref _counts[1]), Volatile.Read(ref _counts[2]));
    }

    [Fact]
    public void CS_6_3_Events_of_a_connection_its_loss_and_its_return()
    {
        var server = Use(new Pair0Socket());
        var client = Use(new Pair0Socket(new SocketOptions { ReconnectTimeMin = TimeSpan.FromMilliseconds(10) }));
        var onServer = new Counts(server);
        var onClient = new Counts(client);
        client.Dial(server.Listen(ScratchUrl.TcpPortZero()).Url);
        Eventually.Equal((1, 1, 0), () => onServer.Now);
        Eventually.Equal((1, 1, 0), () => onClient.Now);
        server.Pipes[0].Close();
        Eventually.Equal((2, 2, 1), () => onServer.Now);
        Eventually.Equal((2, 2, 1), () => onClient.Now);
        client.Dispose();
        Assert.Equal((2, 2, 2), onClient.Now);
        Eventually.Equal((2, 2, 2), () => onServer.Now);
    }

    [Fact]
    public void CS_6_3_Events_of_a_rejected_connection()
    {
        var server = Use(new Pair0Socket());
        var client = Use(new Pair0Socket(new SocketOptions { ReconnectTimeMin = TimeSpan.FromMilliseconds(10) }));
        var onServer = new Counts(server, rejectsFirst: true);
        var onClient = new Counts(client);
        client.DialInBackground(server.Listen(ScratchUrl.TcpPortZero()).Url);
        Eventually.Equal((2, 1, 1), () => onServer.Now);
        // The rejection may reach the client before or after it has added the pipe.
        Eventually.True(() => onClient.Now is (2, 1 or 2, 1));
        Assert.Equal(1, server.Inner.Rejects);
    }

    /// <summary>Within an event the pipe answers, and everything but closing sockets is allowed.</summary>
    [Fact]
    public async Task CS_6_3_3_Within_an_event_the_pipe_is_whole()
    {
        var server = Use(new PullSocket());
        Listener listener = server.Listen(ScratchUrl.TcpPortZero());
        var seen = new List<(PipeEvent, int, string)>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (PipeEvent what in Enum.GetValues<PipeEvent>())
        {
            server.OnPipe(what, pipe =>
            {
                Assert.Equal(0x50, pipe.PeerProtocol);
                lock (seen)
                    seen.Add((what, pipe.Id, pipe.GetOption<string>("url")));
                if (what == PipeEvent.RemovePost)
                    all.SetResult();
            });
        }

        using (RawPeer peer = RawPeer.DialAs(listener.Url, 0x50))
            Eventually.Equal(1, () => server.Inner.AttachedCount);
        await Eventually.Completes(all.Task);
        Assert.Equal([PipeEvent.AddPre, PipeEvent.AddPost, PipeEvent.RemovePost], seen.Select(s => s.Item1));
        Assert.Single(seen.Select(s => s.Item2).Distinct());
        Assert.All(seen, s => Assert.Equal(listener.Url, s.Item3));
    }

    [Fact]
    public void CS_7_4_A_message_remembers_its_pipe_after_the_pipe_is_gone()
    {
        var pull = Use(new PullSocket());
        RawPeer peer = Peer(pull, 0x50);
        int id = pull.Pipes[0].Id;
        peer.SendFrame("'m'");
        using Message message = pull.Receive(TimeSpan.FromSeconds(10));
        peer.Dispose();
        Eventually.Equal(0, () => pull.Inner.PipeCount);
        Assert.Equal(id, message.PipeId);
    }
}
