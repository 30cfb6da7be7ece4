using System;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>WebSocket with compressed messages: what every transport does.</summary>
public sealed class DeflatedWsTransportTests : WsTransportTests
{
    protected override void Configure(Listener listener) => listener.SetOption(OptionNames.WsDeflate, true);

    protected override void Configure(Dialer dialer) => dialer.SetOption(OptionNames.WsDeflate, true);

    [Theory]
    [InlineData(1024)]
    [InlineData(3 << 20)]
    public void CS_20_A_message_of_the_limit_that_cannot_be_compressed_is_received(int length)
    {
        var pull = Use(new PullSocket(new SocketOptions { ReceiveMaxSize = length }));
        var push = Use(new PushSocket());
        Join(pull, push);
        byte[] bytes = new byte[length];
        new Random(5).NextBytes(bytes);
        push.Send(bytes, TimeSpan.FromSeconds(10));
        using Message message = pull.Receive(TimeSpan.FromSeconds(10));
        Assert.True(message.Body.SequenceEqual(bytes));
    }

    [Fact]
    public void Both_sides_agree_on_compression()
    {
        var push = Use(new PushSocket());
        Join(Use(new PullSocket()), push);
        Assert.Equal(
            "permessage-deflate",
            push.Pipes[0].GetOption<string>(OptionNames.WsResponseHeader + "Sec-WebSocket-Extensions"));
    }
}

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
