using System;

namespace Nng.Http;

/// <summary>Parses a section of header or trailer lines up to and with its empty line (RFC 9112 section 5).</summary>
internal static class HeaderParser
{
    /// <summary>Parses from <see cref="HeadScan.Position"/> on; the phase is a line's start, name or value.</summary>
    /// <param name="bytes">The message from its first byte on.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="scan">Where the parser stands.</param>
    /// <param name="table">Takes the lines' positions.</param>
    public static Parsed Parse(ReadOnlySpan<byte> bytes, in HeadLimits limits, ref HeadScan scan, HeaderTable table)
    {
        while (true)
        {
            HttpRefusal refusal;
            switch (scan.Phase)
            {
                case HeadPhase.Line:
                    if (scan.Position >= bytes.Length)
                        return Parsed.More;
                    if (bytes[scan.Position] is (byte)'\r' or (byte)'\n')
                        return ParseEnd(bytes, limits, scan);
                    refusal = StartLine(bytes, limits, ref scan, table.Count);
                    break;
                case HeadPhase.Name:
                    if (!ParseName(bytes, limits, ref scan, out refusal))
                        return refusal == HttpRefusal.None ? Parsed.More : Parsed.Refused(refusal);
                    break;
                default:
                    if (!ParseValue(bytes, limits, ref scan, table, out refusal))
                        return refusal == HttpRefusal.None ? Parsed.More : Parsed.Refused(refusal);
                    break;
            }

            if (refusal != HttpRefusal.None)
                return Parsed.Refused(refusal);
        }
    }

    /// <summary>
    /// The end of a line at <paramref name="at"/>, which is a CR or LF: its length, 0 when the next byte is still to
    /// come.
    /// </summary>
    public static int LineEnd(ReadOnlySpan<byte> bytes, int at, bool allowBareLf, out HttpRefusal refusal)
    {
        refusal = HttpRefusal.None;
        if (bytes[at] == '\n')
        {
            if (!allowBareLf)
                refusal = HttpRefusal.BareLineFeed;
            return 1;
        }

        if (at + 1 >= bytes.Length)
            return 0;
        if (bytes[at + 1] != '\n')
            refusal = HttpRefusal.BareCarriageReturn;
        return 2;
    }

    private static HttpRefusal StartLine(ReadOnlySpan<byte> bytes, in HeadLimits limits, ref HeadScan scan, int count)
    {
        byte first = bytes[scan.Position];
        if (HttpSyntax.IsSpace(first))
            return HttpRefusal.LineFolding;
        if (count >= limits.MaxCount)
            return HttpRefusal.TooManyHeaders;
        scan.Line = scan.Position;
        scan.Phase = HeadPhase.Name;
        return HttpRefusal.None;
    }

    private static Parsed ParseEnd(ReadOnlySpan<byte> bytes, in HeadLimits limits, in HeadScan scan)
    {
        int length = LineEnd(bytes, scan.Position, limits.AllowBareLf, out HttpRefusal refusal);
        if (refusal != HttpRefusal.None)
            return Parsed.Refused(refusal);
        return length == 0 ? Parsed.More : Parsed.Done(scan.Position + length);
    }

    /// <summary>False: the bytes ended, or are refused.</summary>
    private static bool ParseName(
        ReadOnlySpan<byte> bytes, in HeadLimits limits, ref HeadScan scan, out HttpRefusal refusal)
    {
        int stop = bytes[scan.Position..].IndexOfAnyExcept(HttpSyntax.Token);
        int at = stop < 0 ? bytes.Length : scan.Position + stop;
        refusal = CheckLength(limits, scan, at);
        scan.Position = at;
        if (refusal != HttpRefusal.None || stop < 0)
            return false;
        if (bytes[at] != ':')
        {
            refusal = bytes[at] switch
            {
                (byte)' ' or (byte)'\t' => HttpRefusal.HeaderNameSpace,
                (byte)'\r' or (byte)'\n' => HttpRefusal.HeaderWithoutColon,
                _ => HttpRefusal.HeaderNameCharacter,
            };
            return false;
        }

        if (at == scan.Line)
        {
            refusal = HttpRefusal.HeaderNameEmpty;
            return false;
        }

        scan.NameEnd = at;
        scan.Position = at + 1;
        scan.Phase = HeadPhase.Value;
        return true;
    }

    /// <summary>False: the bytes ended, or are refused.</summary>
    private static bool ParseValue(
        ReadOnlySpan<byte> bytes, in HeadLimits limits, ref HeadScan scan, HeaderTable table, out HttpRefusal refusal)
    {
        int stop = bytes[scan.Position..].IndexOfAny(HttpSyntax.ValueStop);
        int at = stop < 0 ? bytes.Length : scan.Position + stop;
        refusal = CheckLength(limits, scan, at);
        scan.Position = at;
        if (refusal != HttpRefusal.None || stop < 0)
            return false;
        if (bytes[at] is not ((byte)'\r' or (byte)'\n'))
        {
            refusal = HttpRefusal.HeaderValueCharacter;
            return false;
        }

        int length = LineEnd(bytes, at, limits.AllowBareLf, out refusal);
        if (length == 0 || refusal != HttpRefusal.None)
            return false;
        Note(bytes, scan, at, table);
        scan.Position = at + length;
        scan.Phase = HeadPhase.Line;
        return true;
    }

    private static void Note(ReadOnlySpan<byte> bytes, in HeadScan scan, int end, HeaderTable table)
    {
        int start = scan.NameEnd + 1;
        while (start < end && HttpSyntax.IsSpace(bytes[start]))
            start++;
        while (end > start && HttpSyntax.IsSpace(bytes[end - 1]))
            end--;
        var name = HeadRange.Between(scan.Line, scan.NameEnd);
        table.Note(name, HeadRange.Between(start, end), HeaderNames.Identify(name.Of(bytes)));
    }

    /// <summary>
    /// Whether the line with its end at <paramref name="at"/>, or its part up to there, is beyond a limit: whichever
    /// is reached first, so that the answer does not depend on how the bytes were cut.
    /// </summary>
    private static HttpRefusal CheckLength(in HeadLimits limits, in HeadScan scan, int at)
    {
        long line = (long)scan.Line + limits.MaxLine;
        long section = (long)scan.Section + limits.MaxSection;
        if (at <= line && at <= section)
            return HttpRefusal.None;
        return line <= section ? HttpRefusal.HeaderLineTooLong : HttpRefusal.HeadersTooLarge;
    }
}
