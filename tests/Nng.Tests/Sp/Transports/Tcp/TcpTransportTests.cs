using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>TCP: what every transport over a byte stream does, and its URLs (transports sheet, 21.2).</summary>
public sealed class TcpTransportTests : StreamTransportConformance
{
    protected override string Scheme => "tcp";

    protected override AddressKind Kind => AddressKind.Inet;

    [Theory]
    [InlineData("tcp://*:5555")]
    [InlineData("tcp://127.0.0.1")]
    [InlineData("tcp://[::1]")]
    [InlineData("tcp://::1")]
    [InlineData("tcp://::1:5055")]
    [InlineData("tcp://127.0.0.1:5555/path")]
    [InlineData("tcp://u@127.0.0.1:5555")]
    [InlineData("tcp://127.0.0.1:5555?x")]
    public void CS_41_46_A_dialer_needs_host_and_port_and_nothing_more(string url)
    {
        AssertRefused(NngError.AddressInvalid, url, () => Use(new PushSocket()).Dial(url));
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:", NngError.InvalidArgument)] // CS-42
    [InlineData("tcp:/127.0.0.1:5555", NngError.InvalidArgument)] // CS-48
    [InlineData("bogus://x", NngError.NotSupported)] // CS-47
    public void CS_42_47_48_Text_that_is_no_url_or_of_an_unknown_scheme_is_refused(string url, NngError error)
    {
        AssertRefused(error, url, () => Use(new PushSocket()).Dial(url));
        AssertRefused(error, url, () => Use(new PullSocket()).Listen(url));
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:99999")] // CS-43
    [InlineData("tcp://8.8.8.8:0")] // CS-44
    public void CS_43_44_A_listener_needs_a_port_and_an_address_of_this_machine(string url)
    {
        AssertRefused(NngError.AddressInvalid, url, () => Use(new PullSocket()).Listen(url));
    }

    [Fact]
    public void CS_45_A_port_that_the_system_chose_is_told()
    {
        Listener listener = CreateListener(Use(new PullSocket()), ScratchUrl.TcpPortZero());
        Assert.Equal(NngError.IncorrectState, ErrorOf(() => listener.GetOption<int>(OptionNames.TcpBoundPort)));
        listener.Start();
        int port = listener.GetOption<int>(OptionNames.TcpBoundPort);
        Assert.InRange(port, 1, 65535);
        Assert.Equal(port, listener.GetOption<NngAddress>(OptionNames.LocalAddress).Port);
        Assert.Equal($"tcp://127.0.0.1:{port}", listener.Url);
    }

    [Fact]
    public void CS_49_50_A_source_address_is_where_the_connection_comes_from()
    {
        var pull = Use(new PullSocket());
        string url = Listen(pull).Url;
        var push = Use(new PushSocket());
        push.Dial(url.Replace("127.0.0.1", "127.0.0.1;127.0.0.1"));
        Eventually.Equal(1, () => pull.Inner.AttachedCount);
        Assert.Equal("127.0.0.1", pull.Pipes[0].RemoteAddress.EndPoint!.Address.ToString());
        string foreign = url.Replace("127.0.0.1", "8.8.8.8;127.0.0.1");
        AssertRefused(NngError.AddressInvalid, foreign, () => push.Dial(foreign));
    }

    [Fact]
    public void CS_53_The_scheme_may_be_in_capitals()
    {
        var pull = Use(new PullSocket());
        string url = Listen(pull, NewUrl().Replace("tcp", "TCP")).Url;
        var push = Use(new PushSocket());
        push.Dial(url.Replace("tcp", "Tcp"));
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void CS_54_A_family_that_nobody_listens_on_is_refused()
    {
        string url = Listen(Use(new PullSocket()), ScratchUrl.For("tcp6")).Url;
        string other = url.Replace("tcp6://[::1]", "tcp4://localhost");
        AssertRefused(NngError.ConnectionRefused, other, () => Use(new PushSocket()).Dial(other));
    }

    /// <summary>The error, in words that name the URL.</summary>
    private static void AssertRefused(NngError error, string url, System.Action call)
    {
        NngException failure = Assert.Throws<NngException>(call);
        Assert.Equal(error, failure.Error);
        Assert.Contains(url, failure.Message, System.StringComparison.Ordinal);
    }
}

/// <summary>TCP over IPv6.</summary>
public sealed class Tcp6TransportTests : TransportConformance
{
    protected override string Scheme => "tcp6";

    protected override AddressKind Kind => AddressKind.Inet6;
}
