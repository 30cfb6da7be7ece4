using System;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class SurveyorSocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x62, "surveyor");

    protected override NngSocket Open(SocketOptions? options = null)
    {
        SurveyorSocketOptions own = As<SurveyorSocketOptions>(options);
        own.SurveyTime = TimeSpan.FromSeconds(60);
        return new SurveyorSocket(own);
    }

    protected override NngSocket OpenPeer() => new RespondentSocket();

    protected override void LetReceive(NngSocket socket, NngSocket peer, byte[] body)
    {
        var respondent = (RespondentSocket)peer;
        ((SurveyorSocket)socket).Send("?"u8);
        Recv(respondent);
        respondent.Send(body, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_survey_lasts_as_long_as_its_option_says()
    {
        var surveyor = Use(new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = TimeSpan.FromMilliseconds(1) }));
        surveyor.Send("?"u8);
        NngException over = Assert.Throws<NngException>(() => surveyor.Receive(TimeSpan.FromSeconds(10)));
        Assert.True(over.Error is NngError.TimedOut or NngError.IncorrectState);
    }
}
