using System;
using System.Runtime.InteropServices;
using Nng.TestKit;

namespace Nng.Interop.Tests.Peers;

/// <summary>The C library's TLS endpoints: mbedTLS, in Debian's build.</summary>
internal static class LibnngTls
{
    private const string Library = "libnng.so.1";
    private const int Client = 0;
    private const int Server = 1;
    private const int Required = 2;

    [StructLayout(LayoutKind.Sequential)]
    private struct Endpoint
    {
        public uint Id;
    }

    /// <summary>Listens as the shared test server.</summary>
    /// <param name="socket">Whose.</param>
    /// <param name="url">Where.</param>
    /// <param name="clients">Whose clients alone get in; null for everybody.</param>
    public static void Listen(Libnng.Socket socket, string url, TestAuthority? clients = null)
    {
        IntPtr config = Config(Server, TestAuthority.Server, clients);
        if (clients is not null)
            Check(nng_tls_config_auth_mode(config, Required));
        Check(nng_listener_create(out Endpoint listener, socket, url));
        Check(nng_listener_set_ptr(listener, "tls-config", config));
        nng_tls_config_free(config);
        Check(nng_listener_start(listener, 0));
    }

    /// <summary>Dials, trusting an authority; returns how that went.</summary>
    public static NngError Dial(Libnng.Socket socket, string url, TestAuthority trusted, TestIdentity? own = null) =>
        Dial(socket, url, trusted, own, flags: 0);

    /// <summary>
    /// Lets it dial again and again: libnng 1.5.2 that waits for a dial which the server refuses after the handshake
    /// sometimes waits for ever.
    /// </summary>
    public static void KeepDialing(Libnng.Socket socket, string url, TestAuthority trusted)
    {
        const int nonBlocking = 2;
        NngError error = Dial(socket, url, trusted, own: null, nonBlocking);
        if (error != NngError.None)
            throw new InvalidOperationException($"libnng: {error.Text()}");
    }

    private static NngError Dial(
        Libnng.Socket socket, string url, TestAuthority trusted, TestIdentity? own, int flags)
    {
        IntPtr config = Config(Client, own, trusted);
        Check(nng_tls_config_server_name(config, "localhost"));
        Check(nng_dialer_create(out Endpoint dialer, socket, url));
        Check(nng_dialer_set_ptr(dialer, "tls-config", config));
        nng_tls_config_free(config);
        return (NngError)nng_dialer_start(dialer, flags);
    }

    private static IntPtr Config(int mode, TestIdentity? own, TestAuthority? trusted)
    {
        Check(nng_tls_config_alloc(out IntPtr config, mode));
        if (own is not null)
            Check(nng_tls_config_own_cert(config, own.CertificatePem, own.KeyPem, null));
        if (trusted is not null)
            Check(nng_tls_config_ca_chain(config, trusted.Pem, null));
        return config;
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"libnng: {((NngError)error).Text()}");
    }

    [DllImport(Library)]
    private static extern int nng_tls_config_alloc(out IntPtr config, int mode);

    [DllImport(Library)]
    private static extern void nng_tls_config_free(IntPtr config);

    [DllImport(Library)]
    private static extern int nng_tls_config_auth_mode(IntPtr config, int mode);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_tls_config_server_name(IntPtr config, string name);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_tls_config_ca_chain(IntPtr config, string chain, string? revocations);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_tls_config_own_cert(IntPtr config, string certificate, string key, string? password);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_dialer_create(out Endpoint dialer, Libnng.Socket socket, string url);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_dialer_set_ptr(Endpoint dialer, string name, IntPtr value);

    [DllImport(Library)]
    private static extern int nng_dialer_start(Endpoint dialer, int flags);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_listener_create(out Endpoint listener, Libnng.Socket socket, string url);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_listener_set_ptr(Endpoint listener, string name, IntPtr value);

    [DllImport(Library)]
    private static extern int nng_listener_start(Endpoint listener, int flags);
}
