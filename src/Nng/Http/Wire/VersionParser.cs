using System;
using System.Buffers.Binary;

namespace Nng.Http;

/// <summary>Parses <c>HTTP/</c>, digit, dot, digit (RFC 9112 section 2.3).</summary>
internal static class VersionParser
{
    public const int Length = 8;

    private static readonly ulong s_http11 = BinaryPrimitives.ReadUInt64LittleEndian("HTTP/1.1"u8);

    /// <summary>Checks as much of the version as is there; true when all of it is and it is well formed.</summary>
    /// <param name="bytes">From the version's first byte on.</param>
    /// <param name="minor">The second digit; -1 for a major version other than 1.</param>
    /// <param name="refusal"><see cref="HttpRefusal.None"/> with false: more bytes are needed.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out int minor, out HttpRefusal refusal)
    {
        refusal = HttpRefusal.None;
        if (bytes.Length >= Length && BinaryPrimitives.ReadUInt64LittleEndian(bytes) == s_http11)
        {
            minor = 1;
            return true;
        }

        return TryParseSlow(bytes, out minor, out refusal);
    }

    private static bool TryParseSlow(ReadOnlySpan<byte> bytes, out int minor, out HttpRefusal refusal)
    {
        minor = 0;
        refusal = HttpRefusal.None;
        ReadOnlySpan<byte> pattern = "HTTP/0.0"u8;
        for (int i = 0; i < Math.Min(bytes.Length, Length); i++)
        {
            bool fits = pattern[i] == '0' ? char.IsAsciiDigit((char)bytes[i]) : bytes[i] == pattern[i];
            if (!fits)
            {
                refusal = HttpRefusal.VersionMalformed;
                return false;
            }
        }

        if (bytes.Length < Length)
            return false;
        minor = bytes[5] == '1' ? bytes[7] - '0' : -1;
        return true;
    }
}
