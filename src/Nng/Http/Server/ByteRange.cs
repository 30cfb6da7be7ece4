using System;
using System.Collections.Generic;
using System.Globalization;

namespace Nng.Http;

/// <summary>A range of bytes, and the Range header of a request (RFC 9110 section 14).</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">How many; at least 1.</param>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>Who asks for more wants the whole, or trouble.</summary>
    private const int MaxRanges = 16;

    /// <summary>What a Range header comes to.</summary>
    public enum Verdict
    {
        /// <summary>None, another unit, malformed, or unreasonably many: the whole is sent.</summary>
        Whole,

        /// <summary>One range or several: 206.</summary>
        Part,

        /// <summary>Beyond the end: 416.</summary>
        Unsatisfiable,
    }

    /// <summary>The value of Content-Range.</summary>
    public string ContentRange(long total) =>
        string.Create(CultureInfo.InvariantCulture, $"bytes {Start}-{Start + Length - 1}/{total}");

    /// <summary>Reads a Range header.</summary>
    /// <param name="value">Null for none.</param>
    /// <param name="total">Length of what is served.</param>
    /// <param name="ranges">With <see cref="Verdict.Part"/>, those that can be served, in the order asked for.</param>
    public static Verdict Parse(string? value, long total, out List<ByteRange> ranges)
    {
        ranges = [];
        const string unit = "bytes=";
        if (value is null || !value.StartsWith(unit, StringComparison.OrdinalIgnoreCase))
            return Verdict.Whole;
        ReadOnlySpan<char> list = value.AsSpan(unit.Length);
        int count = 0;
        long length = 0;
        foreach (Range element in list.Split(','))
        {
            ReadOnlySpan<char> spec = list[element].Trim(" \t");
            if (spec.IsEmpty)
                continue;
            Verdict verdict = ParseOne(spec, total, out ByteRange range);
            if (verdict == Verdict.Whole || ++count > MaxRanges)
                return Verdict.Whole;
            if (verdict == Verdict.Part)
                ranges.Add(range);
            length += range.Length;
        }

        // Overlaps would make an answer that is larger than the whole: nobody needs that (RFC 9110 section 14.2).
        if (count == 0 || (ranges.Count > 1 && length > total))
            return Verdict.Whole;
        return ranges.Count == 0 ? Verdict.Unsatisfiable : Verdict.Part;
    }

    private static Verdict ParseOne(ReadOnlySpan<char> spec, long total, out ByteRange range)
    {
        range = default;
        int dash = spec.IndexOf('-');
        if (dash < 0)
            return Verdict.Whole;
        ReadOnlySpan<char> first = spec[..dash].Trim(" \t");
        ReadOnlySpan<char> last = spec[(dash + 1)..].Trim(" \t");
        if (first.IsEmpty)
            return OfSuffix(last, total, out range);
        long given = long.MaxValue;
        if (!TryParse(first, out long start) || (!last.IsEmpty && !TryParse(last, out given)) || given < start)
            return Verdict.Whole;
        if (start >= total)
            return Verdict.Unsatisfiable;
        range = new ByteRange(start, Math.Min(given, total - 1) - start + 1);
        return Verdict.Part;
    }

    private static Verdict OfSuffix(ReadOnlySpan<char> text, long total, out ByteRange range)
    {
        range = default;
        if (!TryParse(text, out long count))
            return Verdict.Whole;
        if (count == 0 || total == 0)
            return Verdict.Unsatisfiable;
        count = Math.Min(count, total);
        range = new ByteRange(total - count, count);
        return Verdict.Part;
    }

    /// <summary>Digits only; what is too large for a file is the largest number.</summary>
    private static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
            return false;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
            value = long.MaxValue;
        return true;
    }
}
