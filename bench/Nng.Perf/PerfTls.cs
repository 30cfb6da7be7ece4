using System;
using Nng.Streams;

namespace Nng.Perf;

/// <summary>TLS for addresses that want it: the listener's certificate and key come from a file, the dialler takes any.</summary>
internal static class PerfTls
{
    /// <summary>The environment's variable with the path of a PEM file; the C peers read it too.</summary>
    private const string File = "NNG_PERF_PEM";

    /// <summary>Where certificate and key are.</summary>
    public static string PemPath => Environment.GetEnvironmentVariable(File)
        ?? throw new NngException(NngError.NotFound, $"TLS wants a PEM file with certificate and key in {File}.");

    public static void Listen(NngSocket socket, string url)
    {
        Listener listener = socket.CreateListener(url);
        if (IsTls(url))
            listener.SetOption(OptionNames.TlsCertKeyFile, PemPath);
        listener.Start();
    }

    public static void Dial(NngSocket socket, string url)
    {
        Dialer dialer = socket.CreateDialer(url);
        if (IsTls(url))
            dialer.SetOption(OptionNames.TlsAuthMode, (int)TlsAuthMode.None);
        dialer.Start();
    }

    private static bool IsTls(string url) => url.StartsWith("tls+", StringComparison.Ordinal)
        || url.StartsWith("wss", StringComparison.Ordinal);
}
