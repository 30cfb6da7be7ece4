using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>
/// The cipher of the TLS sessions by itself, on one core, in records of 16 KiB: no protocol, no connection. Nobody who
/// encrypts on one core can be faster.
/// </summary>
internal sealed class CipherEntrant(int size, TimeSpan length) : Entrant(Row, isOurs: false)
{
    public const string Row = "AES-256-GCM alone";

    private const string Program = "openssl";

    /// <summary>Why the row cannot take part; null when it can.</summary>
    public static string? Missing => Installed.Has(Program) ? null : $"{Row}: {Program} is not installed";

    /// <inheritdoc/>
    public override async Task<double> RunAsync()
    {
        string seconds = Math.Max(1, Math.Round(length.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        string output = await Figures.OutputAsync(
            length, [Program, "speed", "-mr", "-evp", "aes-256-gcm", "-bytes", "16384", "-seconds", seconds]).ConfigureAwait(false);
        // +F:number:name:bytes per second
        string line = output.Split('\n').LastOrDefault(line => line.StartsWith("+F:", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"openssl speed printed no figure: '{output}'.");
        return double.Parse(line.Split(':')[^1], CultureInfo.InvariantCulture) / size;
    }
}
