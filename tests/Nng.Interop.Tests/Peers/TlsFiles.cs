using System;
using System.IO;
using Nng.TestKit;

namespace Nng.Interop.Tests.Peers;

/// <summary>Certificates in files, as the options of the C library want them; the server is <c>localhost</c>.</summary>
internal static class TlsFiles
{
    private static readonly Lazy<string> s_authority = new(() => Write(TestAuthority.Shared.Pem));
    private static readonly Lazy<string> s_identity =
        new(() => Write(TestAuthority.Server.CertificatePem + TestAuthority.Server.KeyPem));

    /// <summary>Whom dialers trust.</summary>
    public static string Authority => s_authority.Value;

    /// <summary>A listener's certificate and key.</summary>
    public static string Identity => s_identity.Value;

    /// <summary>The name dialers check.</summary>
    public static string ServerName => "localhost";

    public static bool AreNeededFor(string url) => 
        url.StartsWith("tls", StringComparison.Ordinal) || url.StartsWith("wss", StringComparison.Ordinal);

    private static string Write(string pem)
    {
        string path = Path.ChangeExtension(ScratchUrl.IpcPath(), "pem");
        File.WriteAllText(path, pem);
        return path;
    }
}
