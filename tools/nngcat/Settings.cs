using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Nng.Tools.Nngcat;

/// <summary>What the command line asks for, checked.</summary>
internal sealed class Settings
{
    private const int MaxSeconds = 86400;

    public bool ShowHelp { get; private set; }

    public bool ShowVersion { get; private set; }

    public bool Verbose { get; private set; }

    public bool Stats { get; private set; }

    /// <summary>The protocol; null until one was given.</summary>
    public OptionId? Protocol { get; private set; }

    /// <summary>Addresses in order; listening ones marked.</summary>
    public List<(bool Listen, string Url)> Addresses { get; } = [];

    public List<byte[]> Topics { get; } = [];

    public byte[]? Data { get; private set; }

    public OutputFormat? Format { get; private set; }

    /// <summary>Iterations; 0 = no limit.</summary>
    public int Count { get; private set; }

    public int DelaySeconds { get; private set; }

    /// <summary>Seconds between sends; -1 = unset.</summary>
    public int IntervalSeconds { get; private set; } = -1;

    /// <summary>0 = no timeout.</summary>
    public int ReceiveTimeoutSeconds { get; private set; }

    /// <summary>0 = no timeout.</summary>
    public int SendTimeoutSeconds { get; private set; }

    /// <summary>-1 = unset, which is unlimited.</summary>
    public int ReceiveMaxSize { get; private set; } = -1;

    public bool Compat { get; private set; }

    public bool Async { get; private set; }

    /// <summary>TLS peers are not verified.</summary>
    public bool Insecure { get; private set; }

    /// <summary>Whom to trust, PEM; null for nobody.</summary>
    public string? AuthoritiesPem { get; private set; }

    /// <summary>The own certificate, PEM; null for none.</summary>
    public string? CertificatePem { get; private set; }

    /// <summary>Its key, PEM; null when it stands beside the certificate.</summary>
    public string? KeyPem { get; private set; }

    /// <summary>Reads the options from left to right; stops at help and version.</summary>
    /// <param name="words">The command line as bytes (<see cref="ByteText"/>).</param>
    /// <exception cref="FatalException">An option or its value is wrong.</exception>
    public void Read(IReadOnlyList<string> words)
    {
        foreach ((OptionId id, string value) in OptionScanner.Scan(words, OptionTable.All))
        {
            Take(id, value);
            if (ShowHelp || ShowVersion)
                return;
        }
    }

    private void Take(OptionId id, string value)
    {
        switch (id)
        {
            case OptionId.Help:
                ShowHelp = true;
                break;
            case OptionId.Version:
                ShowVersion = true;
                break;
            case OptionId.Verbose or OptionId.Silent:
                Verbose = id == OptionId.Verbose;
                break;
            case OptionId.Stats:
                Stats = true;
                break;
            case >= OptionId.Req and <= OptionId.Pair:
                Protocol = Protocol is null ? id : throw new FatalException("Only one protocol may be specified.");
                break;
            case >= OptionId.Dial and <= OptionId.ListenIpc:
                TakeAddress(id, value);
                break;
            case OptionId.Data:
                RefuseSecondData();
                Data = ByteText.ToBytes(value);
                break;
            case OptionId.File:
                RefuseSecondData();
                Data = InputFile.Read(ByteText.ToText(value));
                break;
            case OptionId.Subscribe:
                Topics.Add(ByteText.ToBytes(value));
                break;
            case >= OptionId.Format and <= OptionId.RawFormat:
                TakeFormat(id, value);
                break;
            default:
                TakeNumberOrFlag(id, value);
                break;
        }
    }

    private void TakeNumberOrFlag(OptionId id, string value)
    {
        switch (id)
        {
            case OptionId.Count:
                Count = Number(value, int.MaxValue);
                break;
            case OptionId.Delay:
                DelaySeconds = Number(value, MaxSeconds);
                break;
            case OptionId.Interval:
                IntervalSeconds = Number(value, MaxSeconds);
                break;
            case OptionId.ReceiveTimeout:
                ReceiveTimeoutSeconds = Number(value, MaxSeconds);
                break;
            case OptionId.SendTimeout:
                SendTimeoutSeconds = Number(value, MaxSeconds);
                break;
            case OptionId.ReceiveMaxSize:
                ReceiveMaxSize = Number(value, int.MaxValue);
                break;
            case OptionId.Compat:
                Compat = true;
                break;
            case OptionId.Async:
                Async = true;
                break;
            case OptionId.Insecure:
                Insecure = true;
                break;
            case OptionId.CaCert:
                AuthoritiesPem = ReadTlsFile(AuthoritiesPem, "CA Certificate (--cacert)", value);
                break;
            case OptionId.Cert:
                CertificatePem = ReadTlsFile(CertificatePem, "Cert (--cert)", value);
                break;
            case OptionId.Key:
                KeyPem = ReadTlsFile(KeyPem, "Key (--key)", value);
                break;
        }
    }

    private void TakeAddress(OptionId id, string value)
    {
        bool listen = id is OptionId.Listen or OptionId.ListenLocal or OptionId.ListenIpc;
        string url = id switch
        {
            OptionId.DialLocal or OptionId.ListenLocal =>
                string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{Number(value, 65536)}"),
            OptionId.DialIpc or OptionId.ListenIpc => "ipc:///" + ByteText.ToText(value),
            _ => ByteText.ToText(value),
        };
        Addresses.Add((listen, url));
    }

    private void RefuseSecondData()
    {
        if (Data is not null)
            throw new FatalException("Data (--file, --data) may be specified only once.");
    }

    private static string ReadTlsFile(string? earlier, string name, string path) => earlier is null
        ? Encoding.UTF8.GetString(InputFile.Read(ByteText.ToText(path)))
        : throw new FatalException($"{name} may be specified only once.");

    private void TakeFormat(OptionId id, string value)
    {
        if (Format is not null)
            throw new FatalException("Format may be specified only once.");
        Format = id switch
        {
            OptionId.Ascii => OutputFormat.Ascii,
            OptionId.Quoted => OutputFormat.Quoted,
            OptionId.Hex => OutputFormat.Hex,
            OptionId.Msgpack => OutputFormat.Msgpack,
            OptionId.RawFormat => OutputFormat.Raw,
            _ => value switch
            {
                "no" => OutputFormat.None,
                "ascii" => OutputFormat.Ascii,
                "hex" => OutputFormat.Hex,
                "msgpack" => OutputFormat.Msgpack,
                "quoted" => OutputFormat.Quoted,
                "raw" => OutputFormat.Raw,
                _ => throw new FatalException("Invalid format specified."),
            },
        };
    }

    private static int Number(string text, int max)
    {
        if (text.Length == 0)
            throw new FatalException("Empty integer argument.");
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
                throw new FatalException("Integer argument expected.");
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= max)
            return value;
        throw new FatalException(max == int.MaxValue ? "Integer argument overflow." : "Integer argument too large.");
    }
}
