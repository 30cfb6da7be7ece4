using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Nng.TestKit;

namespace Nng.Stress.Tests.Hostile;

/// <summary>Records what one side of a good session sends, below TLS, to be spoiled and sent again.</summary>
internal static class TlsFlights
{
    /// <summary>What a client sends in a whole session: hello, finish, the SP block or the upgrade, and a message.</summary>
    public static async Task<byte[]> OfClientAsync(string scheme)
    {
        using var pull = new PullSocket();
        string url = Doors.Listen(pull, scheme);
        using RawPeer peer = Doors.ConnectBelow(url);
        await using var recording = new RecordingStream(new NetworkStream(peer.Socket));
        await using var session = new SslStream(recording, leaveInnerStreamOpen: true, (_, _, _, _) => true);
        await session.AuthenticateAsClientAsync("localhost");
        if (Doors.IsWebSocket(scheme))
        {
            await session.WriteAsync(Encoding.ASCII.GetBytes(
                WsConversation.Request(url, "pull.sp.nanomsg.org", deflates: false)));
            await session.WriteAsync((byte[])[0x82, 0x82, 0, 0, 0, 0, .. "hi"u8]);
        }
        else
        {
            await session.WriteAsync(SpHandshake.Block(0x50));
            await session.WriteAsync((byte[])[.. RawPeer.FrameHead(RawFraming.Tcp, 2), .. "hi"u8]);
        }

        using Message message = await Eventually.Completes(pull.ReceiveAsync().AsTask(), "the message of a recorded client");
        return recording.Written();
    }

    /// <summary>What a server sends until it awaits the client's finish, and the SP block or the upgrade's answer.</summary>
    public static async Task<byte[]> OfServerAsync(string scheme)
    {
        using RawPeerListener listener = Doors.HostileListener(scheme, out string url);
        using var push = new PushSocket();
        Doors.CreateDialer(push, url).StartInBackground();
        while (true)
        {
            using RawPeer peer = listener.Accept((int)GoodTraffic.Patience.TotalMilliseconds);
            try
            {
                return await ServeAsync(peer, scheme, push);
            }
            catch (IOException)
            {
                // On a busy machine a dialer may have lost its patience: it comes again.
            }
        }
    }

    private static async Task<byte[]> ServeAsync(RawPeer peer, string scheme, PushSocket push)
    {
        await using var recording = new RecordingStream(new NetworkStream(peer.Socket));
        await using var session = new SslStream(recording);
        await session.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Nng.Streams.TlsConfig.LoadCertificate(
                TestAuthority.Server.CertificatePem, TestAuthority.Server.KeyPem),
        });
        if (Doors.IsWebSocket(scheme))
        {
            string key = WsConversation.KeyOf(await ReadHeadAsync(session));
            await session.WriteAsync(Encoding.ASCII.GetBytes(
                WsConversation.Response(key, "pull.sp.nanomsg.org", deflates: false)));
        }
        else
        {
            await session.ReadExactlyAsync(new byte[SpHandshake.Length]);
            await session.WriteAsync(SpHandshake.Block(0x51));
        }

        // A peer that stays says nothing more.
        Task<int> gone = session.ReadAsync(new byte[1]).AsTask();
        Task attached = push.WaitForPeersAsync(1);
        return await Task.WhenAny(attached, gone) == attached
            ? recording.Written() : throw new IOException("The dialer has gone.");
    }

    private static async Task<string> ReadHeadAsync(Stream stream)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
