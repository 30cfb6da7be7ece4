using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Perf;

/// <summary>
/// What the platform's TLS carries by itself: messages written to an <see cref="SslStream"/>, bytes read from it, with
/// nothing of ours between. Timed at the receiver, as the stream of PUSH to PULL is.
/// </summary>
internal sealed class SslStreamMode(PerfOptions options) : PerfMode(options)
{
    private const int ReadBytes = 64 * 1024;

    public override async Task ListenAsync()
    {
        string pem = await File.ReadAllTextAsync(PerfTls.PemPath).ConfigureAwait(false);
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(pem, pem);
        using var listener = new TcpListener(Address);
        listener.Start();
        IsListening();
        using TcpClient client = await listener.AcceptTcpClientAsync().ConfigureAwait(false);
        client.NoDelay = true;
        await using var session = new SslStream(client.GetStream());
        await session.AuthenticateAsServerAsync(certificate).ConfigureAwait(false);
        byte[] buffer = new byte[ReadBytes];
        long left = (long)Options.Count * Options.Size;
        left -= session.Read(buffer);
        long start = Stopwatch.GetTimestamp();
        for (int count; left > 0; left -= count)
        {
            count = session.Read(buffer);
            if (count == 0)
                throw new EndOfStreamException($"The stream ended {left} bytes too early.");
        }

        double rate = Options.Count / Seconds(start);
        Report($"msg_per_s {rate:F0} MB_per_s {rate * Options.Size / 1e6:F1}");
    }

    public override async Task DialAsync()
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(Address).ConfigureAwait(false);
        await using var session = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        await session.AuthenticateAsClientAsync("localhost").ConfigureAwait(false);
        Thread.Sleep(Settle);
        byte[] message = new byte[Math.Max(Options.Size, 1)];
        for (int i = 0; i < Options.Count; i++)
            session.Write(message, 0, Options.Size);
        // A close before the peer has read all would be a reset: it had tickets for us that nobody read.
        while (session.Read(message) > 0)
        {
        }
    }

    private IPEndPoint Address => IPEndPoint.Parse(Options.Url[(Options.Url.IndexOf("://", StringComparison.Ordinal) + 3)..]);
}
