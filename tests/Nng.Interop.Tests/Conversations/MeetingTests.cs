using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>Our sockets with several of a C library at once, and what one peer may not do to the others.</summary>
public sealed class MeetingTests
{
    private const int Peers = 3;

    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(Party.TimeoutMs);

    [PeerTheory("libnng", "libnanomsg")]
    [InlineData("libnng")]
    [InlineData("libnanomsg")]
    public async Task Concurrent_requests_get_their_own_replies(string peer)
    {
        const int count = 100;
        using var ours = new OurParty("req");
        using Party rep = Party.Open(peer, "rep");
        Conversation.Connect(ours, rep, ScratchUrl.Tcp());
        Task answering = Background.Run(() =>
        {
            for (int i = 0; i < count; i++)
                rep.Send(rep.Receive());
        });
        var req = (ReqSocket)ours.Socket;
        IEnumerable<Task<int>> requests = Enumerable.Range(0, count).Select(async i =>
        {
            using Message reply = await req.RequestAsync(BitConverter.GetBytes(i));
            return BitConverter.ToInt32(reply.Body);
        });
        Assert.Equal(Enumerable.Range(0, count), await Task.WhenAll(requests));
        await answering;
    }

    [PeerTheory("libnng", "libnanomsg")]
    [InlineData("libnng")]
    [InlineData("libnanomsg")]
    public void Everybody_answers_a_survey(string peer)
    {
        using var ours = new OurParty("surveyor");
        List<Party> respondents = Dialed(ours, peer, "respondent");
        ours.Send("who"u8.ToArray());
        for (int i = 0; i < Peers; i++)
        {
            Assert.Equal("who"u8, respondents[i].Receive());
            respondents[i].Send([(byte)i]);
        }

        Assert.Equal([0, 1, 2], Enumerable.Range(0, Peers).Select(_ => (int)ours.Receive().Single()).Order());
        respondents.ForEach(party => party.Dispose());
    }

    [PeerTheory("libnng", "libnanomsg")]
    [InlineData("libnng")]
    [InlineData("libnanomsg")]
    public void Our_respondents_answer_a_survey(string peer)
    {
        using Party surveyor = Party.Open(peer, "surveyor");
        List<Party> respondents = Dialed(surveyor, "ours", "respondent");
        surveyor.Send("who"u8.ToArray());
        for (int i = 0; i < Peers; i++)
        {
            Assert.Equal("who"u8, respondents[i].Receive());
            respondents[i].Send([(byte)i]);
        }

        Assert.Equal([0, 1, 2], Enumerable.Range(0, Peers).Select(_ => (int)surveyor.Receive().Single()).Order());
        respondents.ForEach(party => party.Dispose());
    }

    [PeerTheory("libnng", "libnanomsg")]
    [InlineData("ours", "libnng")]
    [InlineData("libnng", "ours")]
    [InlineData("ours", "libnanomsg")]
    [InlineData("libnanomsg", "ours")]
    public void Work_is_shared_and_nothing_is_lost(string pushing, string pulling)
    {
        const int count = 600;
        using Party push = Party.Open(pushing, "push");
        List<Party> pulls = Dialed(push, pulling, "pull");
        var heard = new ConcurrentBag<int>();
        Task[] working = [.. pulls.Select(pull => Background.Run(() => HearUntilEnd(pull, heard)))];
        for (int i = 0; i < count; i++)
            push.Send(BitConverter.GetBytes(i));
        Eventually.Equal(count, () => heard.Count, "messages heard", Party.TimeoutMs);
        Assert.Equal(Enumerable.Range(0, count), heard.Order());
        pulls.ForEach(party => party.Dispose());
        Task.WaitAll(working);
    }

    [PeerFact("libnng", "libnanomsg")]
    public void A_bus_of_all_three_is_heard_by_all()
    {
        string[] names = ["ours", "libnng", "libnanomsg"];
        Party[] buses = [.. names.Select(name => Party.Open(name, "bus"))];
        string[] urls = [.. buses.Select(_ => ScratchUrl.Tcp())];
        for (int i = 0; i < buses.Length; i++)
        {
            buses[i].Listen(urls[i]);
            for (int earlier = 0; earlier < i; earlier++)
                buses[i].Dial(urls[earlier]);
        }

        Assert.All(buses, bus => Eventually.Equal(2, () => bus.Peers, "neighbours", Party.TimeoutMs));
        for (int i = 0; i < buses.Length; i++)
            buses[i].Send(Encoding.ASCII.GetBytes(names[i]));
        for (int i = 0; i < buses.Length; i++)
        {
            IEnumerable<string> heard = Enumerable.Range(0, 2).Select(_ => Text(buses[i].Receive()));
            Assert.Equal(names.Where(name => name != names[i]).Order(), heard.Order());
        }

        Array.ForEach(buses, bus => bus.Dispose());
    }

    [PeerTheory("libnng", "libnanomsg")]
    [InlineData("libnng")]
    [InlineData("libnanomsg")]
    public void Our_subscriber_filters_what_it_is_sent(string peer)
    {
        using Party pub = Party.Open(peer, "pub");
        using var ours = new OurParty("sub");
        var sub = (SubSocket)ours.Socket;
        sub.Unsubscribe(string.Empty);
        sub.Subscribe("weather/");
        Conversation.Connect(pub, ours, ScratchUrl.Tcp());
        string[] texts = ["weather/sun", "weather", "news", "weather/", "xweather/rain", "weather/rain"];
        foreach (string text in texts)
            pub.Send(Encoding.ASCII.GetBytes(text));
        IEnumerable<string> heard = Enumerable.Range(0, 3).Select(_ => Text(ours.Receive()));
        Assert.Equal(["weather/sun", "weather/", "weather/rain"], heard);
    }

    [PeerFact("libnng")]
    public void A_polyamorous_socket_answers_each_of_its_peers()
    {
        using var poly = new Pair1PolySocket(new SocketOptions { ReceiveTimeout = s_timeout });
        string url = ScratchUrl.Tcp();
        poly.Listen(url);
        List<Party> peers = [.. Enumerable.Range(0, Peers).Select(_ => Party.Open("libnng", "pair1"))];
        peers.ForEach(peer => peer.Dial(url));
        for (int i = 0; i < Peers; i++)
            peers[i].Send([(byte)i]);
        for (int i = 0; i < Peers; i++)
            poly.Send(poly.Receive());
        for (int i = 0; i < Peers; i++)
            Assert.Equal([(byte)i], peers[i].Receive());
        peers.ForEach(peer => peer.Dispose());
    }

    [PeerTheory("libnng", "libnanomsg")]
    [InlineData("libnng")]
    [InlineData("libnanomsg")]
    public void A_message_beyond_the_limit_costs_its_sender_one_connection(string peer)
    {
        using var pull = new PullSocket(new SocketOptions { ReceiveMaxSize = 1000 });
        string url = ScratchUrl.Tcp();
        pull.Listen(url);
        using Party push = Party.Open(peer, "push");
        push.Dial(url);
        using Party other = Party.Open(peer, "push");
        other.Dial(url);
        Eventually.Equal(2, () => pull.Inner.AttachedCount, "pushers", Party.TimeoutMs);
        push.Send(Conversation.Body(1001));
        other.Send("fine"u8.ToArray());
        using (Message message = pull.Receive(s_timeout))
            Assert.Equal("fine"u8, message.Body);
        // What is sent before the peer has seen the end of its connection is lost, so it is sent until one arrives.
        Message? back = null;
        Eventually.True(
            () =>
            {
                push.Send("back"u8.ToArray());
                return pull.TryReceive(out back);
            },
            "the sender is back",
            Party.TimeoutMs);
        Assert.Equal("back"u8, back!.Body);
        back.Dispose();
    }

    [PeerTheory("libnng", "libnanomsg")]
    [InlineData("libnng", "pair1", "pair0")]
    [InlineData("libnng", "push", "push")]
    [InlineData("libnng", "req", "respondent")]
    [InlineData("libnanomsg", "pair0", "pair1")]
    [InlineData("libnanomsg", "sub", "pull")]
    public void Another_pattern_is_refused_on_both_ends(string peer, string theirs, string ours)
    {
        using Party other = Party.Open(peer, theirs);
        using var socket = new OurParty(ours);
        string url = ScratchUrl.Tcp();
        other.Listen(url);
        socket.DialInBackground(url);
        Eventually.Stays(() => socket.Peers == 0 && other.Peers == 0, "nobody is attached");
        // The listener is none the worse for it.
        using Party right = Party.Open("ours", Partner(theirs));
        right.Dial(url);
        Eventually.Equal((1, 1), () => (right.Peers, other.Peers), "those who fit", Party.TimeoutMs);
        Assert.Equal(0, socket.Peers);
    }

    private static string Text(byte[] body) => Encoding.ASCII.GetString(body);

    /// <summary>The protocol at the other end of one.</summary>
    private static string Partner(string protocol)
    {
        Pattern pattern = Pattern.All.Single(pattern => pattern.Asker == protocol || pattern.Answerer == protocol);
        return pattern.Asker == protocol ? pattern.Answerer : pattern.Asker;
    }

    private static List<Party> Dialed(Party listener, string who, string protocol)
    {
        string url = ScratchUrl.Tcp();
        listener.Listen(url);
        List<Party> parties = [.. Enumerable.Range(0, Peers).Select(_ => Party.Open(who, protocol))];
        foreach (Party party in parties)
        {
            party.Dial(url);
            Eventually.Equal(1, () => party.Peers, "its peer", Party.TimeoutMs);
        }

        Eventually.Equal(Peers, () => listener.Peers, "those who dialled", Party.TimeoutMs);
        return parties;
    }

    /// <summary>Receives until the socket is closed.</summary>
    private static void HearUntilEnd(Party party, ConcurrentBag<int> heard)
    {
        try
        {
            while (true)
                heard.Add(BitConverter.ToInt32(party.Receive()));
        }
        catch (Exception end) when (end is NngException or InvalidOperationException)
        {
            // Closed.
        }
    }
}
