using System;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class MessageFailureTests : Scenario
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void A_send_without_peers_says_so_and_names_the_options()
    {
        var push = Use(new PushSocket(new SocketOptions { Name = "jobs", SendBuffer = 1, SendTimeout = s_soon }));
        push.Send("1"u8);
        string text = TimedOut(() => push.Send("2"u8));
        Assert.Equal(
            $"Timed out sending on push socket {push.Id} 'jobs': 0 peers, 1 message unsent, 0 unread. Nobody is connected; "
            + "wait for peers (WaitForPeersAsync), or allow more time (option 'send-timeout', now 1 ms) or room in the "
            + "buffer (option 'send-buffer', now 1).",
            text);
    }

    [Fact]
    public void A_send_that_no_peer_takes_asks_for_time_or_room()
    {
        var push = Use(new PushSocket());
        Marry(push, Use(new PullSocket()));
        while (Poll(push, "'x'") == NngError.None)
        {
        }

        string text = TimedOut(() => push.Send(Msg("'y'"), s_soon));
        Assert.Contains("1 peer,", text);
        Assert.Contains("No peer takes more at the moment; allow more time (option 'send-timeout', now infinite)", text);
        Assert.Contains("'send-buffer', now 0", text);
        Assert.DoesNotContain("WaitForPeersAsync", text);
    }

    [Fact]
    public void A_receive_that_nothing_came_for_counts_what_waits_elsewhere()
    {
        var pull = Use(new PullSocket());
        Assert.Contains("Nobody is connected", TimedOut(() => pull.Receive(s_soon)));
        Marry(pull, Use(new PushSocket()));
        string text = TimedOut(() => pull.Receive(s_soon));
        Assert.Contains($"Timed out receiving on pull socket {pull.Id}: 1 peer, 0 messages unsent, 0 unread", text);
        Assert.Contains("Nothing has come; allow more time (option 'recv-timeout', now infinite)", text);
        Assert.DoesNotContain("send-buffer", text);
    }

    [Fact]
    public void A_subscriber_without_topics_is_told_why_it_hears_nothing()
    {
        var sub = Use(new SubSocket());
        Assert.Contains("No topic is subscribed", TimedOut(() => sub.Receive(s_soon)));
        using SubscriptionContext context = sub.OpenContext();
        sub.Subscribe("a");
        Assert.DoesNotContain("topic", TimedOut(() => sub.Receive(s_soon)));
        Assert.Contains("No topic is subscribed", TimedOut(() => context.Receive(s_soon)));
        context.Subscribe("b");
        Assert.DoesNotContain("topic", TimedOut(() => context.Receive(s_soon)));
    }

    [Fact]
    public void The_end_of_a_survey_names_its_time()
    {
        var surveyor = Use(new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = s_soon }));
        surveyor.Send("?"u8);
        string text = Fails(NngError.TimedOut, NngError.IncorrectState, () => surveyor.Receive());
        Assert.True(
            text.Contains("option 'surveyor:survey-time', now 1 ms") || text.Contains("nothing was asked"), text);
        using NngContext context = surveyor.OpenContext();
        context.SetOption(OptionNames.SurveyorSurveyTime, TimeSpan.FromSeconds(7));
        context.Send("?"u8);
        Assert.Contains("'surveyor:survey-time', now 7000 ms", TimedOut(() => context.Receive(s_soon)));
    }

    [Fact]
    public async Task Awaited_failures_have_the_words_of_their_direction()
    {
        var pair = Use(new Pair0Socket(new SocketOptions { SendTimeout = s_soon, ReceiveTimeout = s_soon }));
        NngException sending = await Assert.ThrowsAsync<NngException>(async () => await pair.SendAsync(new byte[1]));
        Assert.Contains("Timed out sending on pair socket", sending.Message);
        NngException receiving = await Assert.ThrowsAsync<NngException>(async () => await pair.ReceiveAsync());
        Assert.Contains("Timed out receiving on pair socket", receiving.Message);
    }

    [Fact]
    public void Calls_out_of_turn_say_what_comes_first()
    {
        var rep = Use(new RepSocket());
        Assert.Contains("there is nothing to answer", Fails(NngError.IncorrectState, () => rep.Send("a"u8)));
        var req = Use(new ReqSocket());
        Assert.Contains("nothing was asked", Fails(NngError.IncorrectState, () => req.Receive()));
    }

    [Fact]
    public void A_lost_request_names_the_option_that_would_have_kept_it()
    {
        var req = Use(new ReqSocket(new ReqSocketOptions { ResendTime = TimeSpan.Zero }));
        RawPeer peer = Peer(req, RawProtocol.Rep);
        Send(req, "'q'");
        peer.Dispose();
        string text = Fails(NngError.ConnectionReset, () => req.Receive(TimeSpan.FromSeconds(10)));
        Assert.Contains("'req:resend-time'", text);
    }

    [Fact]
    public void A_direction_that_the_pattern_lacks_is_named()
    {
        var push = Use(new RawSocket(RawProtocol.Push));
        Assert.Contains("push socket", Fails(NngError.NotSupported, () => push.Receive()));
        Assert.Contains("does not receive", Fails(NngError.NotSupported, () => push.TryReceive(out _)));
        var sub = Use(new RawSocket(RawProtocol.Sub));
        Assert.Contains("does not send", Fails(NngError.NotSupported, () => sub.TrySend("a"u8)));
    }

    [Fact]
    public async Task Everything_on_a_closed_socket_names_the_socket()
    {
        var push = new PushSocket();
        push.Dispose();
        string name = $"push socket {push.Id}";
        Assert.Contains(name, Fails(NngError.Closed, () => push.Send("a"u8)));
        Assert.Contains(name, Fails(NngError.Closed, () => push.TrySend("a"u8)));
        Assert.Contains(name, Fails(NngError.Closed, () => push.Dial(ScratchUrl.Inproc())));
        Assert.Contains(name, Fails(NngError.Closed, () => push.Listen(ScratchUrl.Inproc())));
        Assert.Contains(name, Fails(NngError.Closed, () => push.OnPipe(PipeEvent.AddPre, _ => { })));
        NngException waiting = await Assert.ThrowsAsync<NngException>(() => push.WaitForPeersAsync(1));
        Assert.Contains(name, waiting.Message);
    }

    [Fact]
    public async Task Endpoints_that_fail_name_url_and_socket()
    {
        var push = Use(new PushSocket());
        string url = ScratchUrl.Inproc();
        string text = Fails(NngError.ConnectionRefused, () => push.Dial(url));
        Assert.Contains($"Cannot dial '{url}' for push socket {push.Id}", text);
        Assert.Contains("DialInBackground", text);
        Assert.Equal(text, (await Assert.ThrowsAsync<NngException>(() => push.DialAsync(url))).Message);
        Assert.Contains("no transport has this scheme", Fails(NngError.NotSupported, () => push.Dial("carrier://pigeon")));
        Assert.Contains("'carrier://pigeon'", Fails(NngError.NotSupported, () => push.Listen("carrier://pigeon")));
        Listener listener = push.Listen(url);
        Assert.Contains("it was started before", Fails(NngError.IncorrectState, listener.Start));
        Assert.Contains($"Cannot listen on '{url}'", Fails(NngError.AddressInUse, () => push.Listen(url)));
        Dialer dialer = push.DialInBackground(ScratchUrl.Inproc());
        Assert.Contains("it was started before", Fails(NngError.IncorrectState, dialer.StartInBackground));
    }

    private RawPeer Peer(NngSocket socket, RawProtocol protocol) => Peer(socket, (int)protocol);

    private static string TimedOut(Action call) => Fails(NngError.TimedOut, call);

    private static string Fails(NngError error, Action call) => Fails(error, error, call);

    private static string Fails(NngError error, NngError other, Action call)
    {
        NngException failure = Assert.Throws<NngException>(call);
        Assert.True(failure.Error == error || failure.Error == other, failure.Message);
        return failure.Message;
    }
}
