using System;

namespace Nng.Http;

/// <summary>Parses the head of a response: status line, header lines, empty line (RFC 9112 sections 2 and 4).</summary>
internal static class ResponseParser
{
    /// <summary>Version, space and code.</summary>
    private const int CodeEnd = VersionParser.Length + 4;

    /// <summary>Parses as far as the bytes go.</summary>
    /// <param name="bytes">All bytes of the message so far, from its first on.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="scan">Zero at first; the same from call to call.</param>
    /// <param name="line">The status line's parts.</param>
    /// <param name="table">The header lines' positions; empty at first.</param>
    public static Parsed Parse(
        ReadOnlySpan<byte> bytes, HttpLimits limits, ref HeadScan scan, ref StatusLine line, HeaderTable table)
    {
        if (scan.Phase == HeadPhase.Start)
        {
            if (bytes.IsEmpty)
                return Parsed.More;
            if (bytes[0] is (byte)'\r' or (byte)'\n')
                return Parsed.Refused(HttpRefusal.BlankLines);
            scan.Phase = HeadPhase.StatusCode;
        }

        while (scan.Phase < HeadPhase.Line)
        {
            HttpRefusal refusal;
            bool more = scan.Phase == HeadPhase.StatusCode
                ? ParseCode(bytes, ref scan, ref line, out refusal)
                : ParseReason(bytes, limits, ref scan, ref line, out refusal);
            if (!more)
                return refusal == HttpRefusal.None ? Parsed.More : Parsed.Refused(refusal);
        }

        return HeaderParser.Parse(bytes, HeadLimits.Headers(limits), ref scan, table);
    }

    private static bool ParseCode(
        ReadOnlySpan<byte> bytes, ref HeadScan scan, ref StatusLine line, out HttpRefusal refusal)
    {
        if (!VersionParser.TryParse(bytes, out int minor, out refusal))
            return false;
        if (bytes.Length > VersionParser.Length && bytes[VersionParser.Length] != ' ')
        {
            refusal = HttpRefusal.VersionMalformed;
            return false;
        }

        int status = 0;
        for (int i = VersionParser.Length + 1; i < Math.Min(bytes.Length, CodeEnd); i++)
        {
            int digit = bytes[i] - '0';
            if (digit is < 0 or > 9 || (status == 0 && digit == 0))
            {
                refusal = HttpRefusal.StatusMalformed;
                return false;
            }

            status = (10 * status) + digit;
        }

        // The byte after the code: a space before the reason, or the line's end.
        if (bytes.Length <= CodeEnd)
            return false;
        if (bytes[CodeEnd] is not ((byte)' ' or (byte)'\r' or (byte)'\n'))
        {
            refusal = HttpRefusal.StatusMalformed;
            return false;
        }

        line.Status = status;
        line.MinorVersion = minor;
        scan.Position = CodeEnd;
        scan.Phase = HeadPhase.Reason;
        return true;
    }

    private static bool ParseReason(
        ReadOnlySpan<byte> bytes, HttpLimits limits, ref HeadScan scan, ref StatusLine line, out HttpRefusal refusal)
    {
        refusal = HttpRefusal.None;
        int stop = bytes[scan.Position..].IndexOfAny(HttpSyntax.ValueStop);
        int at = stop < 0 ? bytes.Length : scan.Position + stop;
        scan.Position = at;
        if (at > limits.MaxHeaderLine)
        {
            refusal = HttpRefusal.StatusLineTooLong;
            return false;
        }

        if (stop < 0)
            return false;
        if (bytes[at] is not ((byte)'\r' or (byte)'\n'))
        {
            refusal = HttpRefusal.ReasonCharacter;
            return false;
        }

        int length = HeaderParser.LineEnd(bytes, at, limits.AllowBareLf, out refusal);
        if (length == 0 || refusal != HttpRefusal.None)
            return false;
        if (line.MinorVersion < 0)
        {
            refusal = HttpRefusal.VersionUnsupported;
            return false;
        }

        line.Reason = HeadRange.Between(Math.Min(CodeEnd + 1, at), at);
        scan.Position = at + length;
        scan.Section = scan.Position;
        scan.Phase = HeadPhase.Line;
        return true;
    }
}
