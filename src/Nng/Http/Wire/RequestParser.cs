using System;
using System.Buffers.Binary;

namespace Nng.Http;

/// <summary>Parses the head of a request: request line, header lines, empty line (RFC 9112 sections 2 and 3).</summary>
internal static class RequestParser
{
    /// <summary>Empty lines that a sender may put before a request; more are refused.</summary>
    public const int MaxBlankLines = 2;

    private static readonly uint s_get = BinaryPrimitives.ReadUInt32LittleEndian("GET "u8);

    /// <summary>Parses as far as the bytes go.</summary>
    /// <param name="bytes">All bytes of the message so far, from its first on.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="scan">Zero at first; the same from call to call.</param>
    /// <param name="line">The request line's parts.</param>
    /// <param name="table">The header lines' positions; empty at first.</param>
    public static Parsed Parse(
        ReadOnlySpan<byte> bytes, HttpLimits limits, ref HeadScan scan, ref RequestLine line, HeaderTable table)
    {
        while (scan.Phase < HeadPhase.Line)
        {
            HttpRefusal refusal;
            bool more = scan.Phase switch
            {
                HeadPhase.Start => ParseStart(bytes, limits, ref scan, out refusal),
                HeadPhase.Method => ParseMethod(bytes, limits, ref scan, ref line, out refusal),
                HeadPhase.Target => ParseTarget(bytes, limits, ref scan, ref line, out refusal),
                _ => ParseVersion(bytes, limits, ref scan, ref line, out refusal),
            };
            if (!more)
                return refusal == HttpRefusal.None ? Parsed.More : Parsed.Refused(refusal);
        }

        return HeaderParser.Parse(bytes, HeadLimits.Headers(limits), ref scan, table);
    }

    private static bool ParseStart(
        ReadOnlySpan<byte> bytes, HttpLimits limits, ref HeadScan scan, out HttpRefusal refusal)
    {
        refusal = HttpRefusal.None;
        if (scan.Position >= bytes.Length)
            return false;
        if (bytes[scan.Position] is not ((byte)'\r' or (byte)'\n'))
        {
            scan.Line = scan.Position;
            scan.Phase = HeadPhase.Method;
            return true;
        }

        if (scan.BlankLines == MaxBlankLines)
        {
            refusal = HttpRefusal.BlankLines;
            return false;
        }

        int length = HeaderParser.LineEnd(bytes, scan.Position, limits.AllowBareLf, out refusal);
        if (length == 0 || refusal != HttpRefusal.None)
            return false;
        scan.BlankLines++;
        scan.Position += length;
        return true;
    }

    private static bool ParseMethod(
        ReadOnlySpan<byte> bytes, HttpLimits limits, ref HeadScan scan, ref RequestLine line, out HttpRefusal refusal)
    {
        refusal = HttpRefusal.None;
        int at;
        if (bytes.Length - scan.Line >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes[scan.Line..]) == s_get)
        {
            at = scan.Line + 3;
        }
        else
        {
            int stop = bytes[scan.Position..].IndexOfAnyExcept(HttpSyntax.Token);
            at = stop < 0 ? bytes.Length : scan.Position + stop;
            scan.Position = at;
            if (at - scan.Line > limits.MaxRequestLine)
            {
                refusal = HttpRefusal.RequestLineTooLong;
                return false;
            }

            if (stop < 0)
                return false;
            if (bytes[at] != ' ' || at == scan.Line)
            {
                refusal = bytes[at] is (byte)' ' or (byte)'\r' or (byte)'\n'
                    ? HttpRefusal.RequestLineMalformed : HttpRefusal.MethodCharacter;
                return false;
            }
        }

        line.Method = HeadRange.Between(scan.Line, at);
        scan.Position = at + 1;
        scan.Part = at + 1;
        scan.Phase = HeadPhase.Target;
        return true;
    }

    /// <remarks>
    /// An empty target, right before the version, is let through: libnng sends that for the root (transports sheet,
    /// WS-11).
    /// </remarks>
    private static bool ParseTarget(
        ReadOnlySpan<byte> bytes, HttpLimits limits, ref HeadScan scan, ref RequestLine line, out HttpRefusal refusal)
    {
        refusal = HttpRefusal.None;
        int stop = bytes[scan.Position..].IndexOfAnyExcept(HttpSyntax.Target);
        int at = stop < 0 ? bytes.Length : scan.Position + stop;
        scan.Position = at;
        if (at - scan.Line > limits.MaxRequestLine)
            refusal = HttpRefusal.RequestLineTooLong;
        else if (stop >= 0 && bytes[at] == ' ' && at == scan.Part && at + 1 == bytes.Length)
            stop = -1;
        else if (stop >= 0 && (bytes[at] != ' ' || (at == scan.Part && bytes[at + 1] != 'H')))
            refusal = OfTargetStop(bytes[at]);
        if (stop < 0 || refusal != HttpRefusal.None)
            return false;
        line.Target = HeadRange.Between(scan.Part, at);
        scan.Position = at + 1;
        scan.Part = at + 1;
        scan.Phase = HeadPhase.RequestVersion;
        return true;
    }

    private static HttpRefusal OfTargetStop(byte stop) => stop switch
    {
        (byte)' ' or (byte)'\r' or (byte)'\n' => HttpRefusal.RequestLineMalformed,
        (byte)'#' => HttpRefusal.TargetFragment,
        _ => HttpRefusal.TargetCharacter,
    };

    private static bool ParseVersion(
        ReadOnlySpan<byte> bytes, HttpLimits limits, ref HeadScan scan, ref RequestLine line, out HttpRefusal refusal)
    {
        if (!VersionParser.TryParse(bytes[scan.Part..], out int minor, out refusal))
        {
            return false;
        }

        int at = scan.Part + VersionParser.Length;
        if (at - scan.Line > limits.MaxRequestLine)
        {
            refusal = HttpRefusal.RequestLineTooLong;
            return false;
        }

        if (at >= bytes.Length)
            return false;
        if (bytes[at] is not ((byte)'\r' or (byte)'\n'))
        {
            refusal = bytes[at] == ' ' ? HttpRefusal.RequestLineMalformed : HttpRefusal.VersionMalformed;
            return false;
        }

        int length = HeaderParser.LineEnd(bytes, at, limits.AllowBareLf, out refusal);
        if (length == 0 || refusal != HttpRefusal.None)
            return false;
        if (minor < 0)
        {
            refusal = HttpRefusal.VersionUnsupported;
            return false;
        }

        line.MinorVersion = minor;
        scan.Position = at + length;
        scan.Section = scan.Position;
        scan.Phase = HeadPhase.Line;
        return true;
    }
}
