using System;
using Nng.Streams;

namespace Nng.Tools.Nngcat;

/// <summary>Puts the TLS options of the command line on an endpoint; one without TLS has no use for them.</summary>
internal static class TlsSetup
{
    /// <param name="settings">What the command line asks for.</param>
    /// <param name="getOption">Reads an option of the endpoint.</param>
    /// <exception cref="FatalException">The files do not hold what they should.</exception>
    public static void Apply(Settings settings, Func<string, TlsConfig> getOption)
    {
        TlsConfig config;
        try
        {
            config = getOption(OptionNames.TlsConfig);
        }
        catch (NngException failure)
        {
            if (failure.Error == NngError.NotSupported)
                return;
            throw new FatalException($"Unable to get TLS config: {failure.Error.Text()}");
        }

        try
        {
            if (settings.Insecure)
                config.AuthMode = TlsAuthMode.None;
            if (settings.CertificatePem is { } certificate)
                config.SetCertificate(certificate, settings.KeyPem ?? certificate);
            if (settings.AuthoritiesPem is { } authorities)
                config.AddAuthorities(authorities);
        }
        catch (NngException failure)
        {
            throw new FatalException($"Unable to configure TLS: {failure.Error.Text()}");
        }
    }
}
