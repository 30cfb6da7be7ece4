using System;
using System.Threading.Tasks;
using Nng.Core;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Dialers that meet bad listeners, none, or late ones (transports sheet, 21.1: CS-33 to CS-40; 21.3: CS-69).</summary>
public sealed class DialScenarioTests : Scenario
{
    public static TheoryData<string> Schemes() => new("tcp", "ipc", "abstract");

    [Theory]
    [InlineData("tcp", "FFFFFFFFFFFFFFFF")] // CS-33
    [InlineData("tcp", "8000000000000000")]
    [InlineData("ipc", "01 FFFFFFFFFFFFFFFF")]
    [InlineData("ipc", "02 0000000000000000")]
    public async Task CS_33_A_bad_frame_after_the_handshake_costs_the_pipe_and_is_redialled(string scheme, string frame)
    {
        using var listener = RawPeerListener.For(scheme);
        var push = Use(Quick(new PushSocket()));
        Task<Dialer> dialing = Task.Run(() => push.Dial(listener.Url));
        using RawPeer peer = listener.Accept();
        peer.SendHex("00 'SP' 00 0051 0000" + frame);
        await Eventually.Completes(dialing);
        Assert.Equal(SpHandshake.Length, peer.DrainUntilClosed());
        using RawPeer again = listener.AcceptAs(0x51);
        push.Send("hi"u8);
        Assert.Equal("hi", again.ReadText());
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task CS_34_A_synchronous_dial_of_another_language_is_a_protocol_error(string scheme)
    {
        using var listener = RawPeerListener.For(scheme);
        var push = Use(new PushSocket());
        Task<NngError> dialing = Task.Run(() => DialError(push, listener.Url));
        using RawPeer peer = listener.Accept();
        peer.SendHex("'HTTP/1.1'");
        Assert.Equal(NngError.Protocol, await Eventually.Completes(dialing));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task CS_35_A_synchronous_dial_to_a_peer_that_closes_is_a_connection_shut_down(string scheme)
    {
        using var listener = RawPeerListener.For(scheme);
        var push = Use(new PushSocket());
        Task<NngError> dialing = Task.Run(() => DialError(push, listener.Url));
        listener.Accept().Dispose();
        Assert.Equal(NngError.ConnectionShutdown, await Eventually.Completes(dialing));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task CS_36_A_dial_to_the_wrong_protocol_succeeds_and_is_repeated(string scheme)
    {
        using var listener = RawPeerListener.For(scheme);
        var push = Use(Quick(new PushSocket()));
        Task<Dialer> dialing = Task.Run(() => push.Dial(listener.Url));
        for (int i = 0; i < 3; i++)
        {
            using RawPeer pub = listener.Accept();
            pub.SendHex("00 'SP' 00 0020 0000");
            Assert.Equal(SpHandshake.Length, pub.DrainUntilClosed());
        }

        await Eventually.Completes(dialing);
        Assert.Equal(0, push.Inner.AttachedCount);
        Eventually.Equal(3, () => push.Inner.Rejects);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_37_69_Nobody_there_is_refused_and_the_dialer_may_start_again(string scheme)
    {
        string url = ScratchUrl.For(scheme);
        var push = Use(new PushSocket());
        Dialer dialer = push.CreateDialer(url);
        Assert.Equal(NngError.ConnectionRefused, Assert.Throws<NngException>(dialer.Start).Error);
        var pull = Use(new PullSocket());
        pull.Listen(url);
        dialer.Start();
        push.Send("hi"u8);
        Assert.Equal("hi", Recv(pull));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_38_A_dial_in_the_background_finds_the_late_listener(string scheme)
    {
        string url = ScratchUrl.For(scheme);
        var push = Use(Quick(new PushSocket()));
        Dialer dialer = push.DialInBackground(url);
        Eventually.True(() => dialer.Inner.Counters.Refused > 1, "attempts are refused");
        var pull = Use(new PullSocket());
        pull.Listen(url);
        push.Send("hi"u8);
        Assert.Equal("hi", Recv(pull));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_39_A_second_start_is_out_of_order(string scheme)
    {
        var pull = Use(new PullSocket());
        Listener listener = pull.CreateListener(ScratchUrl.For(scheme));
        listener.Start();
        Assert.Equal(NngError.IncorrectState, Assert.Throws<NngException>(listener.Start).Error);
        Dialer dialer = Use(new PushSocket()).CreateDialer(listener.Url);
        dialer.Start();
        Assert.Equal(NngError.IncorrectState, Assert.Throws<NngException>(dialer.Start).Error);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_40_68_A_second_listener_finds_the_address_in_use(string scheme)
    {
        string url = ScratchUrl.For(scheme);
        var pull = Use(new PullSocket());
        pull.Listen(url);
        var other = Use(new PullSocket());
        Assert.Equal(NngError.AddressInUse, Assert.Throws<NngException>(() => other.Listen(url)).Error);
        RawPeer peer = Use(RawPeer.DialAs(url, 0x50));
        peer.SendFrame("'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    private static T Quick<T>(T socket)
        where T : NngSocket
    {
        socket.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(5));
        return socket;
    }

    private static NngError DialError(NngSocket socket, string url)
    {
        try
        {
            socket.Dial(url);
            return NngError.None;
        }
        catch (NngException failure)
        {
            return failure.Error;
        }
    }
}
