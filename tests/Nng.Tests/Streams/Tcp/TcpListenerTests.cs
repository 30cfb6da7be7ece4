using System.Net;
using System.Net.Sockets;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Xunit;
using TcpListener = Nng.Streams.TcpListener;

namespace Nng.Tests.Streams;

/// <summary>Listening on TCP: wildcards, families, ports (transports sheet, 4.4 and 8).</summary>
public sealed class TcpListenerTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1:99999")]
    [InlineData("tcp://127.0.0.1:5555/path")]
    [InlineData("tcp://u@127.0.0.1:5555")]
    [InlineData("tcp://127.0.0.1;127.0.0.1:5555")]
    [InlineData("tcp4://[::1]:0")]
    [InlineData("tcp6://127.0.0.1:0")]
    public void Unusable_urls_are_refused_at_creation(string url)
    {
        Assert.Equal(NngError.AddressInvalid, TcpListener.Create(NngUrl.Parse(url), out TcpListener? listener));
        Assert.Null(listener);
    }

    [Fact]
    public void U_16_Names_are_resolved_at_creation()
    {
        NngError error = TcpListener.Create(NngUrl.Parse("tcp://nonexistent.invalid:0"), out _);
        Assert.Contains(error, (NngError[])[NngError.AddressInvalid, NngError.TryAgain]);
        Assert.Equal(NngError.None, TcpListener.Create(NngUrl.Parse("tcp4://localhost:0"), out TcpListener? listener));
        Assert.Equal(NngError.None, listener!.Listen());
        Assert.Equal(IPAddress.Loopback, listener.LocalAddress.EndPoint!.Address);
        listener.Close();
    }

    [Theory]
    [InlineData("tcp://*:0")]
    [InlineData("tcp://:0")]
    [InlineData("tcp://*")]
    public void U_18_The_wildcard_takes_both_families(string url)
    {
        TcpListener listener = Listen(url);
        int port = listener.LocalAddress.Port;
        Assert.InRange(port, 1, 65535);
        AssertServes(listener, new IPEndPoint(IPAddress.Loopback, port), "::ffff:127.0.0.1");
        AssertServes(listener, new IPEndPoint(IPAddress.IPv6Loopback, port), "::1");
        listener.Close();
    }

    [Fact]
    public void U_18_The_wildcard_of_tcp4_takes_ipv4_alone()
    {
        TcpListener listener = Listen("tcp4://*:0");
        int port = listener.LocalAddress.Port;
        AssertServes(listener, new IPEndPoint(IPAddress.Loopback, port), "127.0.0.1");
        AssertRefuses(new IPEndPoint(IPAddress.IPv6Loopback, port));
        listener.Close();
    }

    [Fact]
    public void U_18_The_wildcard_of_tcp6_takes_ipv6_alone()
    {
        TcpListener listener = Listen("tcp6://*:0");
        int port = listener.LocalAddress.Port;
        AssertServes(listener, new IPEndPoint(IPAddress.IPv6Loopback, port), "::1");
        AssertRefuses(new IPEndPoint(IPAddress.Loopback, port));
        listener.Close();
    }

    [Fact]
    public void CS_45_Port_and_address_are_known_after_the_listen()
    {
        TcpListener listener = Create("tcp://127.0.0.1:0");
        Assert.Equal(NngError.IncorrectState, listener.GetOption("tcp-bound-port", out _));
        Assert.Equal(NngAddress.Unspecified, Get(listener, "local-address").Reference);
        Assert.Equal(NngError.None, listener.Listen());
        int port = Get(listener, "tcp-bound-port").Int;
        Assert.InRange(port, 1, 65535);
        Assert.Equal(NngAddress.Ip(new IPEndPoint(IPAddress.Loopback, port)), Get(listener, "local-address").Reference);
        Assert.Equal(NngError.ReadOnly, listener.SetOption("tcp-bound-port", OptionValue.Int32(1)));
        listener.Close();
    }

    [Fact]
    public void CS_44_An_address_that_is_not_ours_is_invalid()
    {
        Assert.Equal(NngError.AddressInvalid, Create("tcp://8.8.8.8:0").Listen());
    }

    [Fact]
    public void CS_40_A_second_listener_at_an_address_is_refused()
    {
        TcpListener first = Listen("tcp://127.0.0.1:0");
        TcpListener second = Create($"tcp://{first.LocalAddress}");
        Assert.Equal(NngError.AddressInUse, second.Listen());
        first.Close();
        Assert.Equal(NngError.None, second.Listen());
        second.Close();
    }

    [Fact]
    public void T_1_A_port_whose_connections_linger_can_be_bound_again()
    {
        TcpListener first = Listen("tcp://127.0.0.1:0");
        string url = $"tcp://{first.LocalAddress}";
        using RawPeer peer = RawPeer.Dial(url);
        // The side that closes first keeps the address in TIME_WAIT: here the listener's.
        StreamWait.Accept(first).Channel.Close();
        peer.ExpectClosed();
        first.Close();
        TcpListener second = Listen(url);
        second.Close();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void T_2_Connections_get_the_options_of_their_listener(bool on)
    {
        TcpListener listener = Create("tcp://127.0.0.1:0");
        Assert.True(Get(listener, "tcp-nodelay").Flag);
        listener.SetOption("tcp-nodelay", OptionValue.Boolean(on));
        listener.SetOption("tcp-keepalive", OptionValue.Boolean(on));
        listener.Listen();
        using RawPeer peer = RawPeer.Dial($"tcp://{listener.LocalAddress}");
        NngStream stream = StreamWait.Accept(listener);
        Assert.Equal(on, stream.Socket.NoDelay);
        Assert.Equal(on, (int)stream.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)! != 0);
        stream.Channel.Close();
        listener.Close();
    }

    [Fact]
    public void Service_names_are_ports()
    {
        Assert.Equal(NngError.None, TcpListener.Create(NngUrl.Parse("tcp://127.0.0.1:http-alt"), out _));
        Assert.Equal(NngError.AddressInvalid, TcpListener.Create(NngUrl.Parse("tcp://127.0.0.1:no-such"), out _));
    }

    private static void AssertServes(TcpListener listener, IPEndPoint at, string seenAs)
    {
        using var peer = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(at);
        NngStream stream = StreamWait.Accept(listener);
        Assert.Equal(seenAs, stream.RemoteAddress.EndPoint!.Address.ToString());
        stream.Channel.Close();
    }

    private static void AssertRefuses(IPEndPoint at)
    {
        using var peer = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => peer.Connect(at)).SocketErrorCode);
    }

    private static TcpListener Create(string url)
    {
        Assert.Equal(NngError.None, TcpListener.Create(NngUrl.Parse(url), out TcpListener? listener));
        return listener!;
    }

    private static TcpListener Listen(string url)
    {
        TcpListener listener = Create(url);
        Assert.Equal(NngError.None, listener.Listen());
        return listener;
    }

    private static OptionValue Get(TcpListener listener, string name)
    {
        Assert.Equal(NngError.None, listener.GetOption(name, out OptionValue value));
        return value;
    }
}
