using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>Programs that print their figure: its name, a space, and the number.</summary>
internal static class Figures
{
    /// <summary>A run that takes this much longer than it should is hanging.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program to its end and gives its figure.</summary>
    public static async Task<double> RunAsync(string figure, TimeSpan length, string[] words) =>
        Of(figure, words[0], await OutputAsync(length, words).ConfigureAwait(false));

    /// <summary>The figure in what a program printed.</summary>
    public static double Of(string figure, string name, string output)
    {
        string[] words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int at = Array.IndexOf(words, figure);
        if (at < 0 || at + 1 >= words.Length)
            throw new InvalidOperationException($"{name} printed no {figure}: '{string.Join(' ', words)}'.");
        return double.Parse(words[at + 1], CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a program to its end and gives what it printed.</summary>
    public static async Task<string> OutputAsync(TimeSpan length, string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true })!;
        Task<string> reading = process.StandardOutput.ReadToEndAsync();
        await EndAsync(words[0], process, length).ConfigureAwait(false);
        return await reading.ConfigureAwait(false);
    }

    /// <summary>Waits for the good end of a program.</summary>
    public static async Task EndAsync(string name, Process process, TimeSpan length)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(length + s_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{name} did not end in {(length + s_patience).TotalSeconds} s.");
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{name} ended with exit code {process.ExitCode}.");
    }
}
