using System;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Surveyor;

/// <summary>Scenarios S203 to S205: surveyor0, raw.</summary>
public sealed class RawSurveyorProtocolTests : Scenario
{
    [Fact]
    public void S203_A_peer_that_does_not_read_gets_nineteen_of_thirty()
    {
        var raw = Use(new RawSocket(RawProtocol.Surveyor));
        var peer = Use(new RawSocket(RawProtocol.Respondent));
        Marry(raw, peer);
        for (int i = 0; i < 30; i++)
            Assert.Equal(NngError.None, Poll(raw, $"80000001 {i:x2}"));
        for (int i = 0; i < 19; i++)
            Assert.Equal(((char)i).ToString(), Got(peer));
        Assert.Null(Got(peer));
    }

    [Fact]
    public void S204_Answers_of_all_come_back_with_the_id()
    {
        var raw = Use(new RawSocket(RawProtocol.Surveyor));
        RespondentSocket[] respondents = [Use(new RespondentSocket()), Use(new RespondentSocket())];
        foreach (RespondentSocket respondent in respondents)
            Marry(raw, respondent);
        raw.Send(Msg("80000007", "'?'"));
        foreach (RespondentSocket respondent in respondents)
        {
            Assert.Equal("?", Recv(respondent));
            Send(respondent, "'!'");
        }

        for (int i = 0; i < 2; i++)
        {
            using Message answer = raw.Receive(TimeSpan.FromSeconds(10));
            Assert.Equal("80000007", Hex(answer.Header));
        }
    }

    [Fact]
    public void S205_An_answer_without_end_closes_the_pipe()
    {
        var raw = Use(new RawSocket(RawProtocol.Surveyor));
        RawPeer peer = Peer(raw, 0x63);
        peer.SendFrame("00000001");
        peer.ExpectClosed();
    }
}
