using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using Nng.Sp.Protocols;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Surveyor;

/// <summary>Scenarios S179 to S197 and S206: surveyor0.</summary>
public sealed class SurveyorProtocolTests : Scenario
{
    /// <summary>A survey that ends within the test, but not between its sending and the next receive.</summary>
    private const int ShortMs = 1000;

    private SurveyorSocket Opened(int surveyMs = 10_000) =>
        Use(new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = TimeSpan.FromMilliseconds(surveyMs) }));

    private static uint ReadSurvey(RawPeer peer) => BinaryPrimitives.ReadUInt32BigEndian(peer.ReadFrame());

    private static void Answer(RawPeer peer, uint id, string body) => peer.SendFrame($"{id:x8} '{body}'");

    [Fact]
    public void S179_S181_S196_A_survey_goes_to_all_and_all_answers_come_back()
    {
        SurveyorSocket surveyor = Opened();
        RawPeer one = Peer(surveyor, 0x63);
        RawPeer two = Peer(surveyor, 0x63);
        Send(surveyor, "'?'");
        uint first = ReadSurvey(one);
        Assert.Equal(first, ReadSurvey(two));
        Assert.True(first >= 0x80000000);
        Answer(one, first, "1");
        Answer(one, first, "1");
        Answer(two, first, "2");
        var stamps = new HashSet<int>();
        for (int i = 0; i < 3; i++)
        {
            using Message answer = surveyor.Receive(TimeSpan.FromSeconds(10));
            Assert.Equal($"{first:x8}", Hex(answer.Header));
            stamps.Add(answer.PipeId);
        }

        Assert.Equal(2, stamps.Count);

        Send(surveyor, "'?'");
        uint next = (first + 1) | 0x80000000;
        Assert.Equal((next, next), (ReadSurvey(one), ReadSurvey(two)));
    }

    [Fact]
    public void S180_Receiving_needs_a_survey() => Assert.Equal(NngError.IncorrectState, PollReceive(Opened()));

    [Fact]
    public void S182_S188_S190_The_deadline_ends_the_survey()
    {
        SurveyorSocket surveyor = Opened(ShortMs);
        var clock = Stopwatch.StartNew();
        Assert.Equal(NngError.None, Poll(surveyor, "'?'"));
        Assert.Equal(NngError.TimedOut, Outcome(ReceiveAio(surveyor.Channel, timeoutMs: 60_000)));
        Assert.True(clock.ElapsedMilliseconds >= ShortMs - 20);
        Assert.Equal(NngError.IncorrectState, PollReceive(surveyor));
    }

    [Fact]
    public void S183_Late_answers_are_discarded()
    {
        SurveyorSocket surveyor = Opened(ShortMs);
        RawPeer peer = Peer(surveyor, 0x63);
        Send(surveyor, "'?'");
        Aio receive = ReceiveAio(surveyor.Channel);
        uint id = ReadSurvey(peer);
        Assert.Equal(NngError.TimedOut, Outcome(receive));
        Answer(peer, id, "late");
        Eventually.Equal(1L, () => surveyor.DroppedMessages(DropReason.Unsolicited));
        Assert.Equal(NngError.IncorrectState, PollReceive(surveyor));
        Assert.False(surveyor.ReceiveReadiness.IsSet);
    }

    [Fact]
    public void S184_S185_A_new_survey_ends_the_old()
    {
        SurveyorSocket surveyor = Opened();
        RawPeer peer = Peer(surveyor, 0x63);
        Send(surveyor, "'1'");
        uint old = ReadSurvey(peer);
        Aio receive = ReceiveAio(surveyor.Channel);
        Send(surveyor, "'2'");
        uint current = ReadSurvey(peer);
        Assert.Equal(NngError.Canceled, Outcome(receive));
        Answer(peer, old, "old");
        Answer(peer, current, "new");
        Assert.Equal("new", Recv(surveyor));
        Answer(peer, current, "unread");
        Eventually.True(() => surveyor.ReceiveReadiness.IsSet);
        Send(surveyor, "'3'");
        Assert.Equal(NngError.TryAgain, PollReceive(surveyor));
    }

    [Fact]
    public void S186_S187_A_poll_or_a_short_receive_leaves_the_survey_running()
    {
        SurveyorSocket surveyor = Opened();
        RawPeer peer = Peer(surveyor, 0x63);
        Send(surveyor, "'?'");
        uint id = ReadSurvey(peer);
        Assert.Equal(NngError.TryAgain, PollReceive(surveyor));
        Assert.Equal(NngError.TimedOut, Outcome(ReceiveAio(surveyor.Channel, timeoutMs: 30)));
        Answer(peer, id, "a");
        Assert.Equal("a", Recv(surveyor));
    }

    [Fact]
    public void S189_A_survey_without_deadline_stays_open()
    {
        SurveyorSocket surveyor = Opened(-1);
        RawPeer peer = Peer(surveyor, 0x63);
        Send(surveyor, "'?'");
        uint id = ReadSurvey(peer);
        Assert.Equal(NngError.TimedOut, Outcome(ReceiveAio(surveyor.Channel, timeoutMs: 1500)));
        Answer(peer, id, "a");
        Assert.Equal("a", Recv(surveyor));
    }

    [Fact]
    public void S191_A_peer_that_does_not_read_gets_ten_of_twenty()
    {
        // The buffer options have no effect (S009).
        SurveyorSocket surveyor = Opened();
        var respondent = Use(new RespondentSocket());
        foreach (NngSocket socket in (NngSocket[])[surveyor, respondent])
        {
            socket.SetOption("send-buffer", 16);
            socket.SetOption("recv-buffer", 16);
        }

        Marry(surveyor, respondent);
        for (int i = 1; i <= 20; i++)
            Assert.Equal(NngError.None, Poll(surveyor, $"{i:x2}"));
        for (char i = '\u0001'; i <= 10; i++)
            Assert.Equal(i.ToString(), Got(respondent));
        Assert.Null(Got(respondent));
    }

    [Fact]
    public void S192_At_most_128_answers_are_kept()
    {
        SurveyorSocket surveyor = Opened();
        RawPeer peer = Peer(surveyor, 0x63);
        Send(surveyor, "'?'");
        uint id = ReadSurvey(peer);
        for (int i = 0; i < 130; i++)
            Answer(peer, id, "a");
        Eventually.Equal(2L, () => surveyor.DroppedMessages(DropReason.ReceiveQueueFull));
        for (int i = 0; i < 128; i++)
            Assert.Equal("a", Got(surveyor));
        Assert.Null(Got(surveyor));
    }

    [Fact]
    public void S193_A_late_respondent_sees_nothing()
    {
        SurveyorSocket surveyor = Opened();
        Send(surveyor, "'?'");
        Peer(surveyor, 0x63).ExpectNothing();
    }

    [Fact]
    public void S194_S197_Contexts_survey_independently()
    {
        SurveyorSocket surveyor = Opened(ShortMs);
        RawPeer peer = Peer(surveyor, 0x63);
        using NngContext one = surveyor.OpenContext();
        surveyor.SetOption("surveyor:survey-time", TimeSpan.FromSeconds(10));
        using NngContext two = surveyor.OpenContext();
        Assert.Equal(10, two.GetOption<TimeSpan>("surveyor:survey-time").TotalSeconds);
        Send(one, "'1'");
        Aio receive = ReceiveAio(one.Channel);
        uint first = ReadSurvey(peer);
        Send(two, "'2'");
        uint second = ReadSurvey(peer);
        Assert.Equal(NngError.TimedOut, Outcome(receive));
        Answer(peer, first, "a1");
        Answer(peer, second, "a2");
        Assert.Equal("a2", Recv(two));
    }

    [Fact]
    public void S197_A_running_deadline_does_not_move()
    {
        SurveyorSocket surveyor = Opened(ShortMs);
        Send(surveyor, "'?'");
        Aio receive = ReceiveAio(surveyor.Channel);
        surveyor.SetOption("surveyor:survey-time", TimeSpan.FromHours(1));
        Assert.Equal(NngError.TimedOut, Outcome(receive));
    }

    [Fact]
    public void A_deadline_that_fires_late_leaves_the_next_survey_alone()
    {
        SurveyorSocket surveyor = Opened(-1);
        Send(surveyor, "'1'");
        var protocol = (SurveyorProtocol)surveyor.Inner.Protocol;
        using NngContext context = surveyor.OpenContext();
        Send(context, "'2'");
        var inner = (SurveyorContext)context.Inner.Inner;
        uint first = inner.SurveyId;
        Send(context, "'3'");
        protocol.OnDeadline(inner, first);
        Assert.Null(Got(context.Channel, NngError.TryAgain));
        protocol.OnDeadline(inner, inner.SurveyId);
        Assert.Null(Got(context.Channel, NngError.IncorrectState));
    }

    [Fact]
    public void S195_Malformed_answers_close_the_pipe_and_unknown_ones_are_ignored()
    {
        SurveyorSocket surveyor = Opened();
        RawPeer peer = Peer(surveyor, 0x63);
        Send(surveyor, "'?'");
        uint id = ReadSurvey(peer);
        Answer(peer, id ^ 0x100, "x");
        Answer(peer, id, "ok");
        Assert.Equal("ok", Recv(surveyor));
        peer.SendHex("0000000000000002 0102");
        peer.ExpectClosed();
    }

    [Fact]
    public void S206_Closing_ends_waiting_receives_of_contexts()
    {
        var surveyor = new SurveyorSocket();
        NngContext context = surveyor.OpenContext();
        Send(context, "'?'");
        Aio receive = ReceiveAio(context.Channel);
        surveyor.Dispose();
        Assert.Equal(NngError.Closed, Outcome(receive));
    }
}
