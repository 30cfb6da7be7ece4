using System.Net;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Dialling TCP: URL rules, options, local address (transports sheet, 4.4, 4.5 and 8).</summary>
public sealed class TcpDialerTests
{
    [Theory]
    [InlineData("tcp://*:5555")]
    [InlineData("tcp://:5555")]
    [InlineData("tcp://127.0.0.1")]
    [InlineData("tcp://[::1]")]
    [InlineData("tcp://::1")]
    [InlineData("tcp://::1:5055")]
    [InlineData("tcp://127.0.0.1:99999")]
    [InlineData("tcp://127.0.0.1:no-such-service")]
    [InlineData("tcp://127.0.0.1:5555/path")]
    [InlineData("tcp://u@127.0.0.1:5555")]
    [InlineData("tcp://127.0.0.1:5555?x")]
    [InlineData("tcp://127.0.0.1:5555#x")]
    [InlineData("tcp://bogus;127.0.0.1:5555")]
    [InlineData("tcp6://127.0.0.1;[::1]:5555")]
    [InlineData("tcp://127.0.0.1;:5555")]
    [InlineData("tcp://;127.0.0.1:5555")]
    [InlineData("tcp://no-such-host.invalid;127.0.0.1:5555")]
    public void CS_41_CS_46_Unusable_urls_are_refused_at_creation(string url)
    {
        Assert.Equal(NngError.AddressInvalid, TcpDialer.Create(NngUrl.Parse(url), out TcpDialer? dialer));
        Assert.Null(dialer);
    }

    [Theory]
    [InlineData("tcp4://[::1]:5555")]
    [InlineData("tcp6://127.0.0.1:5555")]
    public void U_15_Literals_of_the_other_family_are_refused_by_the_dial(string url)
    {
        Assert.Equal(NngError.AddressInvalid, StreamWait.DialError(Create(url)));
    }

    [Fact]
    public void A_slash_is_an_empty_path()
    {
        Assert.Equal(NngError.None, TcpDialer.Create(NngUrl.Parse("tcp://127.0.0.1:5555/"), out _));
    }

    [Fact]
    public void Options_have_their_defaults_and_types()
    {
        TcpDialer dialer = Create("tcp://127.0.0.1:1");
        Assert.True(Get(dialer, "tcp-nodelay").Flag);
        Assert.False(Get(dialer, "tcp-keepalive").Flag);
        Assert.Equal(NngAddress.Unspecified, Get(dialer, "local-address").Reference);
        Assert.Equal(NngError.BadType, dialer.SetOption("tcp-nodelay", OptionValue.Int32(1)));
        Assert.Equal(NngError.NotSupported, dialer.SetOption("remote-address", OptionValue.Int32(1)));
        Assert.Equal(NngError.NotSupported, dialer.GetOption("tcp-bound-port", out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void T_2_Connections_get_the_options_of_their_dialer(bool on)
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        TcpDialer dialer = Create(listener.Url);
        Assert.Equal(NngError.None, dialer.SetOption("tcp-nodelay", OptionValue.Boolean(on)));
        Assert.Equal(NngError.None, dialer.SetOption("tcp-keepalive", OptionValue.Boolean(on)));
        NngStream stream = StreamWait.Dial(dialer);
        Assert.Equal(on, stream.Socket.NoDelay);
        Assert.Equal(NngError.None, stream.GetOption("tcp-nodelay", out OptionValue noDelay));
        Assert.Equal(on, noDelay.Flag);
        Assert.Equal(NngError.None, stream.GetOption("tcp-keepalive", out OptionValue keepAlive));
        Assert.Equal(on, keepAlive.Flag);
        stream.Channel.Close();
        Assert.Equal(NngError.Closed, stream.GetOption("tcp-nodelay", out _));
    }

    [Fact]
    public void T_7_Both_ends_know_their_addresses()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        NngStream stream = StreamWait.Dial(Create(listener.Url));
        using RawPeer peer = listener.Accept();
        Assert.Equal(peer.Socket.RemoteEndPoint, stream.LocalAddress.EndPoint);
        Assert.Equal(peer.Socket.LocalEndPoint, stream.RemoteAddress.EndPoint);
        stream.Channel.Close();
    }

    [Fact]
    public void CS_49_A_source_in_the_url_is_where_the_connection_comes_from()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        NngStream stream = StreamWait.Dial(Create(listener.Url.Replace("tcp://", "tcp://127.0.0.2;")));
        using RawPeer peer = listener.Accept();
        Assert.Equal(IPAddress.Parse("127.0.0.2"), ((IPEndPoint)peer.Socket.RemoteEndPoint!).Address);
        stream.Channel.Close();
    }

    [Fact]
    public void U_20_A_source_may_be_a_name()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        NngStream stream = StreamWait.Dial(Create(listener.Url.Replace("tcp://", "tcp4://localhost;")));
        listener.Accept().Dispose();
        stream.Channel.Close();
    }

    [Fact]
    public void U_20_A_source_reaches_only_addresses_of_its_family()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        int port = IPEndPoint.Parse(listener.Url["tcp://".Length..]).Port;
        // The name may stand for an address of the other family as well, and first.
        NngStream stream = StreamWait.Dial(Create($"tcp://127.0.0.1;localhost:{port}"));
        listener.Accept().Dispose();
        stream.Channel.Close();
        TcpDialer dialer = Create("tcp://[::1]:1");
        var local = NngAddress.Ip(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(NngError.None, dialer.SetOption("local-address", OptionValue.Address(local)));
        Assert.Equal(NngError.AddressInvalid, StreamWait.DialError(dialer));
    }

    [Fact]
    public void CS_50_A_source_that_is_not_ours_fails_the_dial()
    {
        Assert.Equal(NngError.AddressInvalid, StreamWait.DialError(Create("tcp://8.8.8.8;127.0.0.1:5555")));
    }

    [Fact]
    public void CS_51_The_local_address_must_leave_the_port_open()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        TcpDialer dialer = Create(listener.Url);
        var fixedPort = NngAddress.Ip(new IPEndPoint(IPAddress.Loopback, 1));
        Assert.Equal(NngError.AddressInvalid, dialer.SetOption("local-address", OptionValue.Address(fixedPort)));
        Assert.Equal(
            NngError.AddressInvalid, dialer.SetOption("local-address", OptionValue.Address(NngAddress.Ipc("/x"))));
        var open = NngAddress.Ip(new IPEndPoint(IPAddress.Parse("127.0.0.3"), 0));
        Assert.Equal(NngError.None, dialer.SetOption("local-address", OptionValue.Address(open)));
        Assert.Equal(open, Get(dialer, "local-address").Reference);
        NngStream stream = StreamWait.Dial(dialer);
        Assert.Equal("127.0.0.3", stream.LocalAddress.EndPoint!.Address.ToString());
        stream.Channel.Close();
    }

    [Fact]
    public void CS_52_Unknown_names_are_invalid_addresses()
    {
        NngError error = StreamWait.DialError(Create("tcp://nonexistent.invalid:80"));
        Assert.Contains(error, (NngError[])[NngError.AddressInvalid, NngError.TryAgain]);
    }

    [Fact]
    public void Names_are_resolved()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        NngStream stream = StreamWait.Dial(Create(listener.Url.Replace("127.0.0.1", "localhost")));
        stream.Channel.Close();
    }

    [Fact]
    public void Nobody_listening_is_refused()
    {
        Assert.Equal(NngError.ConnectionRefused, StreamWait.DialError(Create(ScratchUrl.Tcp())));
    }

    private static TcpDialer Create(string url)
    {
        Assert.Equal(NngError.None, TcpDialer.Create(NngUrl.Parse(url), out TcpDialer? dialer));
        return dialer!;
    }

    private static OptionValue Get(TcpDialer dialer, string name)
    {
        Assert.Equal(NngError.None, dialer.GetOption(name, out OptionValue value));
        return value;
    }
}
