using System;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Sdk;

namespace Nng.Tests.Kit;

/// <summary>The scripted peer against itself: what it says is what the other one hears.</summary>
public sealed class RawPeerTests
{
    public static TheoryData<string> Schemes
    {
        get
        {
            var schemes = new TheoryData<string> { "tcp", "ipc" };
            if (OperatingSystem.IsLinux())
            {
                schemes.Add("abstract");
            }

            return schemes;
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Two_peers_shake_hands_and_exchange_frames(string scheme)
    {
        using RawPeerListener listener = RawPeerListener.For(scheme);
        Task<RawPeer> accepting = Task.Run(() => listener.AcceptAs(0x51));
        using RawPeer dialed = RawPeer.DialAs(listener.Url, 0x50);
        using RawPeer accepted = await accepting;

        Assert.Equal(0x51, dialed.RemoteProtocol);
        Assert.Equal(0x50, accepted.RemoteProtocol);
        dialed.SendFrame("00000009 'q'");
        accepted.ExpectFrame("00 00 00 09 71");
        accepted.SendFrame([]);
        Assert.Empty(dialed.ReadFrame());
        accepted.ExpectNothing(20);
        dialed.Dispose();
        accepted.ExpectClosed();
    }

    [Fact]
    public async Task A_large_frame_comes_whole()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        using RawPeer dialed = RawPeer.Dial(listener.Url);
        using RawPeer accepted = listener.Accept();
        byte[] payload = new byte[300_000];
        new Random(1).NextBytes(payload);
        Task sending = Task.Run(() => dialed.SendFrame(payload));
        Assert.Equal(payload, accepted.ReadFrame());
        await Eventually.Completes(sending);
    }

    [Fact]
    public void Ipc_frames_carry_their_type_byte()
    {
        using RawPeerListener listener = RawPeerListener.Ipc();
        using RawPeer dialed = RawPeer.Dial(listener.Url);
        using RawPeer accepted = listener.Accept();
        dialed.SendFrame("'ab'");
        accepted.ExpectHex("01 00000000 00000002 'ab'");
    }

    [Fact]
    public void A_reset_counts_as_closed()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        RawPeer dialed = RawPeer.Dial(listener.Url);
        using RawPeer accepted = listener.Accept();
        dialed.Reset();
        accepted.ExpectClosed();
    }

    [Fact]
    public void Expectations_fail_when_the_bytes_differ()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        using RawPeer dialed = RawPeer.Dial(listener.Url);
        using RawPeer accepted = listener.Accept();
        dialed.SendHex("00 53 51 00");
        Assert.ThrowsAny<XunitException>(() => accepted.ExpectHex("00 53 50 00"));
        dialed.SendHex("01");
        Assert.ThrowsAny<XunitException>(() => accepted.ExpectNothing(5_000));
        Assert.ThrowsAny<XunitException>(() => accepted.Read(1, timeoutMs: 1));
        Assert.ThrowsAny<XunitException>(() => accepted.ExpectClosed(timeoutMs: 1));
        Assert.ThrowsAny<XunitException>(() => SpHandshake.ReadProtocol([0, 0x53, 0x50, 0, 0, 0x10, 0, 1]));
    }
}
