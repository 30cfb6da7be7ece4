using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;

namespace Nng.TestKit;

/// <summary>
/// Lets scripted peers speak over TLS by the platform's own client and server: what the script sends and reads in the
/// clear goes through a session to the side under test; ends and resets go through too.
/// </summary>
public static class TlsBridge
{
    private static int s_live;

    /// <summary>Bridges that have not ended: they outlive their scripts, and keep three descriptors each.</summary>
    public static int Live => Volatile.Read(ref s_live);

    /// <summary>Connects a script to a listener under test, whoever it is.</summary>
    public static RawPeer Dial(string url)
    {
        RawEndPoint target = RawEndPoint.Parse(url["tls+".Length..]);
        Socket outer = target.CreateSocket();
        outer.Connect(target.Address);
        return Join(outer, session => session.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        }));
    }

    /// <summary>The script's end of the next connection, as the shared test server.</summary>
    public static RawPeer Accept(RawPeerListener listener, int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        Socket outer = listener.Accept(timeoutMs).Socket;
        return Join(outer, session => session.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext =
                TlsConfig.LoadCertificate(TestAuthority.Server.CertificatePem, TestAuthority.Server.KeyPem),
        }));
    }

    private static RawPeer Join(Socket outer, Func<SslStream, Task> authenticate)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var script = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        script.Connect(listener.LocalEndPoint!);
        Socket inner = listener.Accept();
        inner.NoDelay = true;
        outer.NoDelay = true;
        Interlocked.Increment(ref s_live);
        _ = CountAsync(RunAsync(inner, outer, authenticate));
        return new RawPeer(script, RawFraming.Tcp);
    }

    private static async Task CountAsync(Task bridge)
    {
        try
        {
            await bridge;
        }
        finally
        {
            Interlocked.Decrement(ref s_live);
        }
    }

    private static async Task RunAsync(Socket inner, Socket outer, Func<SslStream, Task> authenticate)
    {
        using var gate = new SemaphoreSlim(1);
        using var session = new SslStream(new GatedStream(outer, gate));
        using var clear = new NetworkStream(inner, ownsSocket: true);
        try
        {
            await gate.WaitAsync();
            await authenticate(session);
        }
        catch (Exception failure) when (failure is IOException or AuthenticationException)
        {
            return;
        }
        finally
        {
            gate.Release();
        }

        await Task.WhenAll(OutAsync(clear, session, outer, gate), InAsync(session, clear, inner, gate));
    }

    private static async Task OutAsync(NetworkStream clear, SslStream session, Socket outer, SemaphoreSlim gate)
    {
        try
        {
            await clear.CopyToAsync(session);
            await gate.WaitAsync();
            try
            {
                await session.ShutdownAsync();
            }
            finally
            {
                gate.Release();
            }

            outer.Shutdown(SocketShutdown.Send);
        }
        catch (Exception failure) when (failure is IOException or SocketException or ObjectDisposedException)
        {
            // The script has gone with a reset, or the other side has.
            outer.LingerState = new LingerOption(true, 0);
            outer.Close();
        }
    }

    private static async Task InAsync(SslStream session, NetworkStream clear, Socket inner, SemaphoreSlim gate)
    {
        byte[] bytes = new byte[64 * 1024];
        try
        {
            int count;
            do
            {
                await gate.WaitAsync();
                try
                {
                    count = await session.ReadAsync(bytes);
                }
                finally
                {
                    gate.Release();
                }

                await clear.WriteAsync(bytes.AsMemory(0, count));
            }
            while (count > 0);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // An end of any kind is told as the end.
        }

        try
        {
            inner.Shutdown(SocketShutdown.Send);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The script is gone already.
        }
    }

    /// <summary>
    /// The connection below a session, whose reader holds the gate except while it waits here: the end of the session
    /// must not be announced while the session decrypts, which the library below answers with corrupt memory.
    /// </summary>
    private sealed class GatedStream(Socket socket, SemaphoreSlim gate) : NetworkStream(socket, ownsSocket: true)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            gate.Release();
            try
            {
                return await base.ReadAsync(buffer, cancellationToken);
            }
            finally
            {
                await gate.WaitAsync(CancellationToken.None);
            }
        }
    }
}
