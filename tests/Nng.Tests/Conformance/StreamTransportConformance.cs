using System;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <summary>
/// What every transport must do that carries SP over a byte stream: the bytes of handshakes and frames, good and bad,
/// at either end (transports sheet, section 6 and 21.1). The peers are scripts that speak bytes.
/// </summary>
public abstract partial class StreamTransportConformance : TransportConformance
{
    private const string HsPull = "00 'SP' 00 0051 0000";

    /// <summary>A listening script; its URL is what a dialer under test dials.</summary>
    protected virtual RawPeerListener RawListen() => Use(RawPeerListener.For(Scheme));

    /// <summary>A script connected to a listener under test, before any SP byte.</summary>
    protected virtual RawPeer RawDial(string url) => Use(RawPeer.Dial(url));

    /// <summary>The script's end of the next connection, before any SP byte.</summary>
    protected virtual RawPeer RawAccept(RawPeerListener listener) => Use(listener.Accept());

    /// <summary>A script that has shaken hands as a protocol.</summary>
    protected RawPeer RawDialAs(string url, int protocol)
    {
        RawPeer peer = RawDial(url);
        peer.Handshake(protocol);
        return peer;
    }

    /// <summary>A pull socket that listens.</summary>
    private string Listening(out PullSocket pull)
    {
        pull = Use(new PullSocket());
        return Listen(pull).Url;
    }

    /// <summary>A pull socket that listens, with a pushing script attached.</summary>
    protected RawPeer Pushing(long limit, out PullSocket pull, out string url)
    {
        PullSocket opened = pull = Use(new PullSocket(new SocketOptions { ReceiveMaxSize = limit }));
        url = Listen(pull).Url;
        RawPeer peer = RawDialAs(url, 0x50);
        Eventually.Equal(1, () => opened.Inner.AttachedCount);
        return peer;
    }

    /// <summary>A push socket that listens, with a pulling script attached.</summary>
    private RawPeer Pulling(out PushSocket push)
    {
        PushSocket opened = push = Use(new PushSocket());
        RawPeer peer = RawDialAs(Listen(push).Url, 0x51);
        Eventually.Equal(1, () => opened.Inner.AttachedCount);
        return peer;
    }

    private async Task<NngError> DialErrorAsync(RawPeerListener listener, Action<RawPeer> script)
    {
        Dialer dialer = CreateDialer(Use(new PushSocket()), listener.Url);
        Task<NngError> dialing = Task.Run(() => ErrorOf(dialer.Start));
        RawPeer peer = RawAccept(listener);
        script(peer);
        return await Eventually.Completes(dialing);
    }
}
