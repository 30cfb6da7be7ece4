using System;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Unix sockets: what every transport over a byte stream does, and their typed frames (transports sheet, 21.3).</summary>
public abstract class IpcConformance : StreamTransportConformance
{
    [Fact]
    public void CS_60_61_Only_frames_have_the_type_byte()
    {
        var rep = Use(new RepSocket());
        RawPeer peer = RawDial(Listen(rep).Url);
        peer.SendHex("00 'SP' 00 0030 0000 01 0000000000000008 80000001 'ping'");
        Assert.Equal("ping", Recv(rep));
        Send(rep, "'pong'");
        peer.ExpectHex("00 'SP' 00 0031 0000 01 0000000000000008 80000001 'pong'");
    }

    [Theory]
    [InlineData("02 0000000000000002 'hi'")] // CS-62
    [InlineData("00 0000000000000002 'hi' 0000")] // CS-63
    [InlineData("FF FFFFFFFFFFFFFFFF")]
    public void CS_62_63_Frames_of_another_type_close_the_pipe(string frame)
    {
        RawPeer bad = Pushing(0, out PullSocket pull, out string url);
        RawPeer good = RawDialAs(url, 0x50);
        bad.SendHex(frame);
        bad.DrainUntilClosed();
        good.SendFrame("'still'");
        Assert.Equal("still", Recv(pull));
        Eventually.Equal(1, () => pull.Inner.AttachedCount);
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    [Fact]
    public void F_12_The_type_is_judged_with_the_whole_head_and_before_the_length()
    {
        RawPeer peer = Pushing(0, out PullSocket pull, out _);
        peer.SendHex("02 00000000000000");
        peer.ExpectNothing();
        peer.SendHex("02");
        peer.ExpectClosed();
        Eventually.Equal(0, () => pull.Inner.PipeCount);
    }

    [Fact]
    public void I_14_15_No_option_of_other_transports_is_known()
    {
        Listener listener = CreateListener(Use(new PullSocket()), NewUrl());
        Dialer dialer = CreateDialer(Use(new PushSocket()), NewUrl());
        Assert.Equal(NngError.NotSupported, ErrorOf(() => listener.GetOption<int>(OptionNames.TcpBoundPort)));
        Assert.Equal(NngError.NotSupported, ErrorOf(() => dialer.GetOption<NngAddress>(OptionNames.LocalAddress)));
        Assert.Equal(
            NngError.NotSupported,
            ErrorOf(() => dialer.SetOption(OptionNames.LocalAddress, NngAddress.Unspecified)));
        Assert.Equal(
            NngError.ReadOnly,
            ErrorOf(() => listener.SetOption(OptionNames.LocalAddress, NngAddress.Unspecified)));
    }

    /// <summary>The error of listening and of dialling.</summary>
    protected void AssertUnusable(string url)
    {
        Assert.Equal(NngError.AddressInvalid, ErrorOf(() => Use(new PullSocket()).Listen(url)));
        Assert.Equal(NngError.AddressInvalid, ErrorOf(() => Use(new PushSocket()).Dial(url)));
    }
}

/// <summary>Unix sockets by path.</summary>
public sealed class IpcTransportTests : IpcConformance
{
    protected override string Scheme => "ipc";

    protected override AddressKind Kind => AddressKind.Ipc;

    [Theory]
    [InlineData(200)]
    [InlineData(128)]
    [InlineData(0)]
    public void CS_70_Paths_that_are_empty_or_too_long_are_no_addresses(int length)
    {
        AssertUnusable("ipc://" + new string('x', length));
    }

    [Fact]
    public void I_1_The_two_schemes_are_one_transport()
    {
        string url = NewUrl();
        var pull = Use(new PullSocket());
        pull.Listen(url);
        var push = Use(new PushSocket());
        push.Dial(url.Replace("ipc:", "unix:", StringComparison.Ordinal));
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }
}

/// <summary>Unix sockets by abstract name.</summary>
public sealed class AbstractTransportTests : IpcConformance
{
    protected override string Scheme => "abstract";

    protected override AddressKind Kind => AddressKind.Abstract;

    [Fact]
    public void CS_75_Names_with_a_broken_escape_or_too_long_are_no_addresses()
    {
        AssertUnusable("abstract://%zz");
        AssertUnusable("abstract://a%4");
        AssertUnusable("abstract://" + new string('x', 108));
    }

    [Fact]
    public void I_22_An_empty_name_is_chosen_by_the_kernel_and_cannot_be_dialled()
    {
        var pull = Use(new PullSocket());
        Listener listener = pull.Listen("abstract://");
        Assert.Equal("abstract://", listener.GetOption<string>(OptionNames.Url));
        NngAddress address = listener.GetOption<NngAddress>(OptionNames.LocalAddress);
        Assert.Equal((AddressKind.Abstract, 5), (address.Kind, address.Name.Length));
        Assert.Equal(NngError.AddressInvalid, ErrorOf(() => Use(new PushSocket()).Dial("abstract://")));
    }
}
