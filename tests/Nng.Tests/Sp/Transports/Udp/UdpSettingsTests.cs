using System;
using Nng.Core;
using Nng.Sp;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>The options and URLs of UDP endpoints (transports sheet, 5.2 and 16.4).</summary>
public sealed class UdpSettingsTests : UdpScenario
{
    [Fact]
    public void Defaults_are_as_written()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        foreach (SpEndpoint endpoint in Both(end))
        {
            Assert.Equal(65_000, Get(endpoint, OptionNames.ReceiveMaxSize).Number);
            Assert.Equal(1024, Get(endpoint, "udp:copy-max").Number);
            Assert.Equal(200, Get(endpoint, "udp:conn-retry").Int);
            Assert.Equal(5000, Get(endpoint, "udp:conn-expire").Int);
            Assert.Equal(1024, Get(endpoint, "udp:max-peers").Number);
            Assert.Equal(NngError.IncorrectState, endpoint.GetOption("bound-port", out _));
            Assert.Equal(NngError.NotSupported, endpoint.GetOption(OptionNames.TcpBoundPort, out _));
        }
    }

    [Theory]
    [InlineData("recv-size-max", 0, 65_000)]
    [InlineData("recv-size-max", 1, 1)]
    [InlineData("recv-size-max", 65_000, 65_000)]
    [InlineData("recv-size-max", 65_001, 65_000)]
    [InlineData("recv-size-max", uint.MaxValue, 65_000)]
    [InlineData("udp:copy-max", 0, 0)]
    [InlineData("udp:copy-max", 65_000, 65_000)]
    [InlineData("udp:max-peers", 0, 0)]
    [InlineData("udp:max-peers", uint.MaxValue, uint.MaxValue)]
    public void D_13_Sizes_in_range_are_taken(string name, long value, long effective)
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        foreach (SpEndpoint endpoint in Both(end))
        {
            Set(endpoint, name, OptionValue.Size(value));
            Assert.Equal(effective, Get(endpoint, name).Number);
        }
    }

    [Theory]
    [InlineData("recv-size-max", -1)]
    [InlineData("recv-size-max", 1L << 32)]
    [InlineData("udp:copy-max", 65_001)]
    [InlineData("udp:copy-max", -1)]
    [InlineData("udp:max-peers", 1L << 32)]
    [InlineData("udp:max-peers", -1)]
    public void Sizes_out_of_range_are_refused(string name, long value)
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        foreach (SpEndpoint endpoint in Both(end))
        {
            Assert.Equal(NngError.InvalidArgument, endpoint.SetOption(name, OptionValue.Size(value)));
            Assert.Equal(NngError.BadType, endpoint.SetOption(name, OptionValue.Boolean(true)));
        }
    }

    [Theory]
    [InlineData("udp:conn-retry")]
    [InlineData("udp:conn-expire")]
    public void Durations_are_at_least_a_millisecond(string name)
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        foreach (SpEndpoint endpoint in Both(end))
        {
            Assert.Equal(NngError.InvalidArgument, endpoint.SetOption(name, OptionValue.Duration(0)));
            Assert.Equal(NngError.InvalidArgument, endpoint.SetOption(name, OptionValue.Duration(-1)));
            Set(endpoint, name, OptionValue.Duration(1));
            Assert.Equal(1, Get(endpoint, name).Int);
        }
    }

    [Fact]
    public void Nothing_is_set_after_the_start()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        SpListener listener = end.Listen();
        (SpDialer dialer, Aio attempt) = end.Dial(Target().Url);
        foreach (SpEndpoint endpoint in (SpEndpoint[])[listener, dialer])
        {
            foreach (string name in (string[])["recv-size-max", "udp:copy-max", "udp:max-peers"])
                Assert.Equal(NngError.Busy, endpoint.SetOption(name, OptionValue.Size(1)));
            foreach (string name in (string[])["udp:conn-retry", "udp:conn-expire"])
                Assert.Equal(NngError.Busy, endpoint.SetOption(name, OptionValue.Duration(1)));
        }

        // A limit set on the socket is for endpoints to come.
        Assert.Equal(NngError.None, end.Socket.SetOption(OptionNames.ReceiveMaxSize, OptionValue.Size(77)));
        Assert.Equal(65_000, Get(listener, OptionNames.ReceiveMaxSize).Number);
        Assert.Equal(77, Get(Both(end)[0], OptionNames.ReceiveMaxSize).Number);

        attempt.Abort(NngError.Canceled);
        Assert.Equal(NngError.Canceled, Outcome(attempt));
        Set(dialer, "udp:max-peers", OptionValue.Size(1));
    }

    [Theory]
    [InlineData("udp://*:5555")]
    [InlineData("udp://*")]
    [InlineData("udp://:5555")]
    [InlineData("udp://127.0.0.1")]
    [InlineData("udp://127.0.0.1:0")]
    [InlineData("udp://127.0.0.1:65536")]
    [InlineData("udp://127.0.0.1:nonsense")]
    [InlineData("udp://127.0.0.1:5555/path")]
    [InlineData("udp://u@127.0.0.1:5555")]
    [InlineData("udp://127.0.0.1:5555?x")]
    [InlineData("udp://127.0.0.1:5555#x")]
    [InlineData("udp4://[::1]:5555")]
    [InlineData("udp6://127.0.0.1:5555")]
    public void A_dialer_needs_host_and_port_and_nothing_more(string url) =>
        Assert.Equal(NngError.AddressInvalid, Assert.Throws<NngException>(() => Use(new PushSocket()).CreateDialer(url)).Error);

    [Theory]
    [InlineData("udp://*:0")]
    [InlineData("udp://*")]
    [InlineData("udp://127.0.0.1:99999")]
    [InlineData("udp://8.8.8.8:0")]
    [InlineData("udp://127.0.0.1:0/path")]
    [InlineData("udp://u@127.0.0.1:0")]
    [InlineData("udp://127.0.0.1:0?x")]
    [InlineData("udp4://[::1]:0")]
    [InlineData("udp6://127.0.0.1:0")]
    [InlineData("udp://no-such-host.invalid:0")]
    public void A_listener_needs_an_address_of_this_machine(string url)
    {
        NngError error = Assert.Throws<NngException>(() => Use(new PullSocket()).Listen(url)).Error;
        Assert.True(
            error == NngError.AddressInvalid || (error == NngError.TryAgain && url.Contains("invalid")), error.ToString());
    }

    [Theory]
    [InlineData("udp://127.0.0.1:0")]
    [InlineData("udp://127.0.0.1:0/")]
    [InlineData("UDP://localhost")]
    [InlineData("udp4://:0")]
    [InlineData("udp6://:0")]
    public void A_listener_may_leave_the_port_to_the_system(string url) =>
        Assert.InRange(Use(new PullSocket()).Listen(url).GetOption<int>(OptionNames.BoundPort), 1, 65_535);

    private static OptionValue Get(SpEndpoint endpoint, string name)
    {
        Assert.Equal(NngError.None, endpoint.GetOption(name, out OptionValue value));
        return value;
    }

    /// <summary>A listener and a dialer that were not started.</summary>
    private static SpEndpoint[] Both(UdpEnd end)
    {
        Assert.Equal(NngError.None, end.Socket.CreateListener(NngUrl.Parse("udp://127.0.0.1:0"), out SpListener? listener));
        Assert.Equal(NngError.None, end.Socket.CreateDialer(NngUrl.Parse("udp://127.0.0.1:9"), out SpDialer? dialer));
        return [listener!, dialer!];
    }
}
