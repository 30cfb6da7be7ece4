using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>WebSocket: what every transport does, and a wrong peer that is seen by its dial.</summary>
public class WsTransportTests : TransportConformance
{
    protected override string Scheme => "ws";

    protected override AddressKind Kind => AddressKind.Inet;

    /// <summary>The server refuses the subprotocol: there is no pipe at either end (transports sheet, WS-30).</summary>
    public override void CS_18_36_A_peer_of_another_protocol_is_dialled_rejected_and_dialled_again()
    {
        var pull = Use(new PullSocket());
        Listener listener = Listen(pull);
        Dialer dialer = CreateDialer(Use(Quick(new PubSocket())), listener.Url);
        Assert.Equal(NngError.Protocol, ErrorOf(dialer.Start));
        dialer.StartInBackground();
        Eventually.True(() => dialer.Inner.Counters.Protocol > 2, "it goes on");
        Assert.Equal(0, pull.Inner.PipeCount + pull.Inner.Rejects);
        var push = Use(new PushSocket());
        Dial(push, listener.Url);
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }
}
