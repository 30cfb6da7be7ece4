using System;
using System.Collections.Generic;

namespace Nng.Tools.Nngcat;

/// <summary>
/// Scans a command line as the original does: unambiguous prefixes of long names, <c>=</c> or <c>:</c> or the next
/// word for the value, no clusters of short ones. A word without a dash, or a lone one, ends the scan.
/// </summary>
internal static class OptionScanner
{
    /// <summary>The options in order, each with its value or an empty text.</summary>
    /// <exception cref="FatalException">An option is unknown, ambiguous or lacks its value.</exception>
    public static IEnumerable<(OptionId Id, string Value)> Scan(IReadOnlyList<string> words, OptionSpec[] specs)
    {
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (word.Length < 2 || word[0] != '-')
                yield break;
            OptionSpec spec = word.StartsWith("--", StringComparison.Ordinal)
                ? FindLong(word, specs, out string? attached)
                : FindShort(word, specs, out attached);
            if (!spec.TakesValue && attached is not null)
                throw new FatalException($"Option {ByteText.ToText(word)} is invalid.");
            if (spec.TakesValue && attached is null)
            {
                if (++i == words.Count)
                    throw new FatalException($"Option {ByteText.ToText(word)} requires argument.");
                attached = words[i];
            }

            yield return (spec.Id, attached ?? string.Empty);
        }
    }

    private static OptionSpec FindLong(string word, OptionSpec[] specs, out string? attached)
    {
        int end = word.AsSpan(2).IndexOfAny('=', ':');
        string name = end < 0 ? word[2..] : word.Substring(2, end);
        attached = end < 0 ? null : word[(end + 3)..];
        OptionSpec? found = null;
        int matches = 0;
        foreach (OptionSpec spec in specs)
        {
            if (spec.Long == name)
                return spec;
            if (!spec.Long.StartsWith(name, StringComparison.Ordinal))
                continue;
            found = spec;
            matches++;
        }

        return matches switch
        {
            0 => throw new FatalException($"Option {ByteText.ToText(word)} is invalid."),
            1 => found!,
            _ => throw new FatalException($"Option {ByteText.ToText(word)} is ambiguous (specify in full)."),
        };
    }

    private static OptionSpec FindShort(string word, OptionSpec[] specs, out string? attached)
    {
        attached = word.Length > 2 ? word[2..] : null;
        foreach (OptionSpec spec in specs)
        {
            if (spec.Short == word[1])
                return spec;
        }

        throw new FatalException($"Option {ByteText.ToText(word)} is invalid.");
    }
}
