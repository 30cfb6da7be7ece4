using Nng.Core;

namespace Nng.Streams;

/// <summary>What a TLS dialer or listener has beside TCP's: its configuration, and the options that act on it.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class TlsEndpoint(TlsConfig initial)
{
    private static readonly OptionTable<TlsEndpoint> s_options = new(
        new OptionRow<TlsEndpoint>
        {
            Name = OptionNames.TlsConfig,
            Type = OptionType.Object,
            Get = e => OptionValue.Object(e._config),
            Set = SetConfig,
        },
        new OptionRow<TlsEndpoint>
        {
            Name = OptionNames.TlsAuthMode,
            Type = OptionType.Int32,
            Min = (int)TlsAuthMode.None,
            Max = (int)TlsAuthMode.Required,
            Set = (e, value) => Try(e._config, value, static (c, v) => c.AuthMode = (TlsAuthMode)v.Int),
        },
        new OptionRow<TlsEndpoint>
        {
            Name = OptionNames.TlsCaFile,
            Type = OptionType.Text,
            Set = (e, value) => Try(e._config, value, static (c, v) => c.AddAuthoritiesFile(v.TextValue)),
        },
        new OptionRow<TlsEndpoint>
        {
            Name = OptionNames.TlsCertKeyFile,
            Type = OptionType.Text,
            Set = (e, value) => Try(e._config, value, static (c, v) => c.SetCertificateFile(v.TextValue)),
        },
        new OptionRow<TlsEndpoint>
        {
            Name = OptionNames.TlsServerName,
            Type = OptionType.Text,
            Set = (e, value) => Try(e._config, value, static (c, v) => c.ServerName = v.TextValue),
        });

    private volatile TlsConfig _config = initial;

    public NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    /// <summary>The configuration, frozen from now on (L-7).</summary>
    public TlsSetup Use() => _config.Use();

    /// <summary>A configuration of the other mode would only fail later (TW-45).</summary>
    private static NngError SetConfig(TlsEndpoint endpoint, OptionValue value)
    {
        if (value.Reference is not (null or Streams.TlsConfig))
            return NngError.BadType;
        if (value.Reference is not TlsConfig config || config.Mode != endpoint._config.Mode)
            return NngError.InvalidArgument;
        endpoint._config = config;
        return NngError.None;
    }

    private static NngError Try(TlsConfig config, OptionValue value, Setter set)
    {
        try
        {
            set(config, value);
            return NngError.None;
        }
        catch (NngException failure)
        {
            return failure.Error;
        }
    }

    private delegate void Setter(TlsConfig config, OptionValue value);
}
