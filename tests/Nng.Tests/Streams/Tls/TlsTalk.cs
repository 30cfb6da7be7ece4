using System;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>One listener and clients that come to it, each exchanging a byte, so that both handshakes are told.</summary>
internal sealed class TlsTalk : IDisposable
{
    private readonly NngStreamListener _listener = new(ScratchUrl.For("tls+tcp"));

    public TlsTalk(TlsConfig server)
    {
        _listener.SetOption(OptionNames.TlsConfig, server);
        _listener.Listen();
    }

    public string Url => _listener.Url;

    /// <summary>What the side that did not refuse may see (transports sheet, 14.4).</summary>
    public static void RefusedByPeer(NngError error) => Assert.Contains(error, (NngError[])
        [
            NngError.PeerAuthentication, NngError.Crypto, NngError.Closed, NngError.ConnectionShutdown,
            NngError.ConnectionReset,
        ]);

    public void Dispose() => _listener.Close();

    /// <summary>Two ends of a connection, whose handshake may still be under way.</summary>
    public async Task<(NngStream Client, NngStream Server)> ConnectAsync(TlsConfig client)
    {
        using var dialer = new NngStreamDialer(Url);
        dialer.SetOption(OptionNames.TlsConfig, client);
        Task<NngStream> accept = _listener.AcceptAsync().AsTask();
        NngStream dialed = await Eventually.Completes(dialer.DialAsync().AsTask());
        return (dialed, await Eventually.Completes(accept));
    }

    /// <summary>How an exchange ends for both: the client writes and reads, the server reads and writes.</summary>
    public async Task<(NngError Client, NngError Server)> TryAsync(TlsConfig client)
    {
        (NngStream a, NngStream b) = await ConnectAsync(client);
        using (a)
        using (b)
            return await TryAsync(a, b);
    }

    public static async Task<(NngError Client, NngError Server)> TryAsync(NngStream client, NngStream server)
    {
        Task<NngError> left = Task.Run(async () =>
        {
            TransferResult written = await client.TryWriteAsync("?"u8.ToArray());
            return written.Error != NngError.None
                ? written.Error : (await client.TryReadExactlyAsync(new byte[1])).Error;
        });
        TransferResult read = await Eventually.Completes(server.TryReadExactlyAsync(new byte[1]).AsTask());
        NngError right = read.Error != NngError.None
            ? read.Error : (await server.TryWriteAsync("!"u8.ToArray())).Error;
        if (right != NngError.None)
            server.Close();
        return (await Eventually.Completes(left), right);
    }
}
