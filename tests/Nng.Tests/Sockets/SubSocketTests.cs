using System.Text;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class SubSocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x21, "sub");

    protected override NngSocket Open(SocketOptions? options = null)
    {
        var sub = new SubSocket(As<SubSocketOptions>(options));
        sub.Subscribe("");
        return sub;
    }

    protected override NngSocket OpenPeer() => new PubSocket();

    [Fact]
    public void Topics_are_bytes_or_text_and_leave_as_they_came()
    {
        var pub = Use(new PubSocket());
        var sub = Use(new SubSocket());
        Marry(pub, sub);
        sub.Subscribe("\u00fc");
        sub.Subscribe([0, 0xff]);
        pub.Send(Encoding.UTF8.GetBytes("\u00fcber"));
        pub.Send([0, 0xff, 1]);
        pub.Send("other"u8);
        Assert.Equal(6, sub.Receive().Length + 1);
        Assert.Equal(3, sub.Receive().Length);
        Assert.Null(Got(sub));
        sub.Unsubscribe("\u00fc");
        NngException failure = Assert.Throws<NngException>(() => sub.Unsubscribe("\u00fc"));
        Assert.Equal(NngError.NotFound, failure.Error);
        Assert.Contains("'\u00fc'", failure.Message);
        sub.Unsubscribe([0, 0xff]);
        Assert.True(sub.Inner.Protocol.IsDeaf);
    }

    [Fact]
    public void Its_preference_is_an_option_of_its_creation()
    {
        var pub = Use(new PubSocket());
        var sub = Use(new SubSocket(new SubSocketOptions { PreferNew = false, ReceiveBuffer = 1 }));
        sub.Subscribe("");
        Marry(pub, sub);
        pub.Send("old"u8);
        pub.Send("new"u8);
        Assert.Equal("old", Recv(sub));
        Assert.Null(Got(sub));
    }
}
