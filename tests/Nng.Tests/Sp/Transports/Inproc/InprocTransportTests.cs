using System;
using System.Linq;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>In process: what every transport does, and what only this one does (transports sheet, section 12).</summary>
public sealed class InprocTransportTests : TransportConformance
{
    protected override string Scheme => "inproc";

    protected override AddressKind Kind => AddressKind.Inproc;

    /// <summary>The limit is kept but not enforced (N-9).</summary>
    protected override bool LimitsSize => false;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CS_80_A_received_request_is_all_body_and_independent_of_what_was_sent(bool shared)
    {
        var pull = Use(new RawSocket(RawProtocol.Pull));
        var push = Use(new RawSocket(RawProtocol.Push));
        Join(pull, push);
        Message sent = Msg("80000001", "'ping'");
        using Message? kept = shared ? sent.Clone() : null;
        push.Send(sent);
        using Message received = pull.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(0, received.Header.Length);
        Assert.Equal([0x80, 0, 0, 1, .. "ping"u8], received.Body.ToArray());
        received.GetWritableBody().Fill(0xff);
        received.Append("more"u8);
        Assert.Equal([.. Enumerable.Repeat((byte)0xff, 8), .. "more"u8], received.Body.ToArray());
        if (kept is null)
            return;
        Assert.Equal("ping"u8.ToArray(), kept.Body.ToArray());
        Assert.Equal([0x80, 0, 0, 1], kept.Header.ToArray());
    }

    [Fact]
    public void CS_81_Names_meet_by_their_exact_text_whatever_the_case_of_the_scheme()
    {
        string url = ScratchUrl.Inproc();
        var pull = Use(new PullSocket());
        pull.Listen(url);
        var push = Use(new PushSocket());
        Assert.Equal(NngError.ConnectionRefused, ErrorOf(() => push.Dial(url + "/")));
        Assert.Equal(NngError.ConnectionRefused, ErrorOf(() => push.Dial(url.Replace("scratch", "Scratch"))));
        push.Dial(url.Replace("inproc", "INPROC"));
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void N_1_An_empty_name_is_a_name()
    {
        var pull = Use(new PullSocket());
        pull.Listen("inproc://");
        var push = Use(new PushSocket());
        push.Dial("inproc://");
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void N_12_A_long_name_is_cut_in_the_address_only()
    {
        string url = ScratchUrl.Inproc() + new string('x', 300);
        var pull = Use(new PullSocket());
        var other = Use(new PullSocket());
        pull.Listen(url);
        other.Listen(url + "y");
        var push = Use(new PushSocket());
        push.Dial(url);
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
        Assert.Equal(127, push.Pipes[0].RemoteAddress.Name.Length);
    }
}
