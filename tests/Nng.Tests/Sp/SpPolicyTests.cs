using System;
using System.Collections.Generic;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp;
using Nng.Sp.Protocols;
using Nng.TestKit;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp;

/// <summary>Where the face of the C library keeps what its programs know; see docs/decisions/policies.md.</summary>
public sealed class SpPolicyTests : Scenario
{
    private readonly List<SpSocket> _sockets = [];

    public override void Dispose()
    {
        base.Dispose();
        foreach (SpSocket socket in _sockets)
            socket.Close();
    }

    private static SpPolicy Policy(bool compatible) => compatible ? SpPolicy.Compatible : SpPolicy.Managed;

    private (SpSocket Socket, MessageChannel Channel) Open(bool compatible, Func<SpSocket, SpProtocol> protocol)
    {
        var socket = new SpSocket(protocol, Policy(compatible), TransportTable.Find);
        _sockets.Add(socket);
        return (socket, new MessageChannel(socket));
    }

    /// <summary>The peer dials the socket in-process; both are attached when it returns.</summary>
    private static void Marry(SpSocket socket, NngSocket peer)
    {
        NngUrl url = NngUrl.Parse(ScratchUrl.Inproc());
        Assert.Equal(NngError.None, socket.CreateListener(url, out SpListener? listener));
        Assert.Equal(NngError.None, listener!.Start());
        peer.Dial(url.Raw);
        Eventually.True(() => socket.AttachedCount == 1 && peer.Inner.AttachedCount == 1, "both ends attached");
    }

    [Theory]
    [InlineData(false, 1 << 20)]
    [InlineData(true, 0)]
    public void The_limit_of_received_messages(bool compatible, long expected)
    {
        SpSocket socket = Open(compatible, s => new PullProtocol(s, raw: false)).Socket;
        Assert.Equal(NngError.None, socket.GetOption(OptionNames.ReceiveMaxSize, out OptionValue value));
        Assert.Equal(expected, value.Number);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void W_21_A_polling_send_that_fails_and_the_request_before_it(bool compatible, bool requestLives)
    {
        MessageChannel channel = Open(compatible, s => new ReqProtocol(s)).Channel;
        Aio request = SendAio(channel, Msg("'1'"));
        Assert.Equal(NngError.TryAgain, Poll(channel, Msg("'2'")));
        Assert.Equal(requestLives, request.IsBusy);
        if (!requestLives)
            Assert.Equal(NngError.Canceled, request.Result);
        Aio polled = SendAio(channel, Msg("'3'"), timeoutMs: 0);
        Assert.Equal(NngError.TimedOut, Outcome(polled));
        Assert.Equal(requestLives, request.IsBusy);
    }

    [Theory]
    [InlineData(false, NngError.TryAgain)]
    [InlineData(true, NngError.IncorrectState)]
    public void W_32_A_receive_that_times_out_and_the_survey(bool compatible, NngError next)
    {
        (SpSocket socket, MessageChannel channel) = Open(compatible, s => new SurveyorProtocol(s));
        Assert.Equal(NngError.None, socket.SetOption(OptionNames.SurveyorSurveyTime, OptionValue.Duration(-1)));
        Assert.Equal(NngError.None, channel.TrySend(Msg("'?'")));
        Aio other = ReceiveAio(channel, timeoutMs: 60_000);
        Assert.Equal(NngError.TimedOut, Outcome(ReceiveAio(channel, timeoutMs: 10)));
        Assert.Null(Got(channel, next));
        Assert.Equal(!compatible, other.IsBusy);
        if (compatible)
            Assert.Equal(NngError.TimedOut, other.Result);
    }

    [Theory]
    [InlineData(false, "3", "4")]
    [InlineData(true, "1", "2")]
    public void W_15_S097_What_a_smaller_subscriber_buffer_keeps(bool compatible, string first, string second)
    {
        (SpSocket socket, MessageChannel channel) = Open(compatible, s => new SubProtocol(s));
        Assert.Equal(NngError.None, ((SubProtocol)socket.Protocol).Default.Subscribe([]));
        Assert.Equal(NngError.None, socket.SetOption("recv-buffer", OptionValue.Int32(4)));
        var pub = Use(new PubSocket());
        Marry(socket, pub);
        for (int i = 1; i <= 4; i++)
            Send(pub, $"'{i}'");
        Assert.Equal(NngError.None, socket.SetOption("recv-buffer", OptionValue.Int32(2)));
        Assert.Equal((first, second), (Got(channel, NngError.TryAgain), Got(channel, NngError.TryAgain)));
    }

    /// <summary>Delays below 1 ms each, or doubling from attempt to attempt up to hours.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void W_24_A_dialer_whose_pipes_are_rejected_slows_down_or_not(bool compatible)
    {
        const int attempts = 40;
        var transport = new MockTransport();
        SpSocket socket = transport.Open(
            s => new MockProtocol(s) { Admission = NngError.Busy }, Policy(compatible));
        _sockets.Add(socket);
        Assert.Equal(NngError.None, socket.CreateDialer(NngUrl.Parse("inproc://mock"), out SpDialer? dialer));
        dialer!.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Duration(1));
        dialer.SetOption(OptionNames.ReconnectTimeMax, OptionValue.Duration(int.MaxValue));
        MockOperations connects = transport.LastDialer!.Connects;
        for (int i = 0; i < attempts; i++)
            connects.Prepare(new MockPipe(socket.Info.Peer));
        Assert.Equal(NngError.None, dialer.Start());
        if (compatible)
            Eventually.True(() => connects.Count >= attempts, timeoutMs: 60_000);
        else
            Eventually.Stays(() => connects.Count < attempts, windowMs: 300);
    }

    [Theory]
    [InlineData(false, NngError.IncorrectState, NngError.None)]
    [InlineData(true, NngError.TryAgain, NngError.TryAgain)]
    public void W_28_A_polling_reply_of_a_respondent(bool compatible, NngError before, NngError after)
    {
        (SpSocket socket, MessageChannel channel) = Open(
            compatible, s => new ReplierProtocol(s, ProtocolIds.Respondent));
        var surveyor = Use(new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = TimeSpan.FromSeconds(30) }));
        Marry(socket, surveyor);
        Assert.Equal(before, Poll(channel, Msg("'x'")));
        Send(surveyor, "'?'");
        Assert.Equal("?", Got(channel, NngError.None));
        Assert.Equal(after, Poll(channel, Msg("'!'")));
        if (!compatible)
            return;
        Assert.Equal(NngError.TimedOut, Outcome(SendAio(channel, Msg("'!'"), timeoutMs: 0)));
        // The right to reply is not used up.
        Assert.Equal(NngError.None, Outcome(SendAio(channel, Msg("'!'"))));
        Assert.Equal("!", Recv(surveyor));
    }

    [Theory]
    [InlineData(false, "b")]
    [InlineData(true, "\u0080\0\0\u0001b")]
    public void W_11_A_header_left_on_a_cooked_message(bool compatible, string expected)
    {
        var sub = Use(new SubSocket());
        sub.Subscribe(string.Empty);
        foreach ((Func<SpSocket, SpProtocol> protocol, NngSocket peer) in ((Func<SpSocket, SpProtocol>, NngSocket)[])
            [(s => new PushProtocol(s, raw: false), Use(new PullSocket())),
            (s => new PairProtocol(s, raw: false), Use(new Pair0Socket())),
            (s => new PubProtocol(s, raw: false), sub)])
        {
            (SpSocket socket, MessageChannel channel) = Open(compatible, protocol);
            Marry(socket, peer);
            Assert.Equal(NngError.None, channel.TrySend(Msg("80000001", "'b'")));
            Assert.Equal(expected, Recv((IMessageReceiver)peer));
        }
    }

    [Theory]
    [InlineData(false, "b")]
    [InlineData(true, "\u0007\u0007b")]
    public void W_13_What_a_raw_bus_header_has_beside_the_pipe(bool compatible, string expected)
    {
        (SpSocket socket, MessageChannel channel) = Open(compatible, s => new BusProtocol(s, raw: true));
        var peer = Use(new BusSocket());
        Marry(socket, peer);
        Assert.Equal(NngError.None, channel.TrySend(Msg("000000000707", "'b'")));
        Assert.Equal(expected, Recv(peer));
        // A cooked bus never sends a header.
        (SpSocket cooked, MessageChannel cookedChannel) = Open(compatible, s => new BusProtocol(s, raw: false));
        var other = Use(new BusSocket());
        Marry(cooked, other);
        Assert.Equal(NngError.None, cookedChannel.TrySend(Msg("000000000707", "'b'")));
        Assert.Equal("b", Recv(other));
    }

    [Theory]
    [InlineData(false, NngError.InvalidArgument, 1000)]
    [InlineData(true, NngError.None, 0)]
    public void W_19_S147_A_resend_tick_of_zero(bool compatible, NngError expected, int kept)
    {
        SpSocket socket = Open(compatible, s => new ReqProtocol(s)).Socket;
        Assert.Equal(expected, socket.SetOption(OptionNames.ReqResendTick, OptionValue.Duration(0)));
        Assert.Equal(NngError.None, socket.GetOption(OptionNames.ReqResendTick, out OptionValue value));
        Assert.Equal(kept, value.Int);
        Assert.Equal(NngError.InvalidArgument, socket.SetOption(OptionNames.ReqResendTick, OptionValue.Duration(-2)));
    }

    [Fact]
    public void Both_choices_are_complete()
    {
        // Whoever adds a policy decides what the C face does.
        Assert.NotEqual(SpPolicy.Managed, SpPolicy.Compatible);
        Assert.All(
            typeof(SpPolicy).GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public),
            property => Assert.NotEqual(property.GetValue(SpPolicy.Managed), property.GetValue(SpPolicy.Compatible)));
    }
}
