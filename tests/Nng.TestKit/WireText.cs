using System;
using System.Collections.Generic;
using System.Globalization;

namespace Nng.TestKit;

/// <summary>
/// Bytes written the way the protocol tables write them: hex digits with free blanks, ASCII text in quotes, as in
/// <c>00000009 'q'</c>.
/// </summary>
public static class WireText
{
    /// <summary>Reads the notation.</summary>
    public static byte[] Bytes(string notation)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < notation.Length;)
        {
            char c = notation[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c is '\'' or '"')
            {
                int end = notation.IndexOf(c, i + 1);
                if (end < 0)
                {
                    throw new FormatException($"Open quote in '{notation}'.");
                }

                foreach (char letter in notation.AsSpan(i + 1, end - i - 1))
                {
                    bytes.Add(checked((byte)letter));
                }

                i = end + 1;
            }
            else
            {
                if (i + 2 > notation.Length)
                {
                    throw new FormatException($"Half a byte at the end of '{notation}'.");
                }

                bytes.Add(byte.Parse(notation.AsSpan(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Writes bytes as spaced hex, for messages of failing tests and for comparing.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        return bytes.Length <= 256
            ? string.Join(' ', Convert.ToHexString(bytes).Chunk2())
            : $"{Hex(bytes[..64])} ... ({bytes.Length} bytes)";
    }

    private static IEnumerable<string> Chunk2(this string digits)
    {
        for (int i = 0; i < digits.Length; i += 2)
        {
            yield return digits.Substring(i, 2);
        }
    }
}
