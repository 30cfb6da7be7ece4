namespace Nng.Tests.Sockets;

public sealed class RespondentSocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x63, "respondent");

    protected override NngSocket Open(SocketOptions? options = null) => new RespondentSocket(options);

    protected override NngSocket OpenPeer() =>
        new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = System.TimeSpan.FromSeconds(60) });

    protected override void BeforeSend(NngSocket socket, NngSocket peer)
    {
        ((SurveyorSocket)peer).Send("?"u8);
        Recv((RespondentSocket)socket);
    }
}
