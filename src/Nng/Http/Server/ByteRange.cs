using System;
using System.Globalization;

namespace Nng.Http;

/// <summary>The Range header of a request for one range of bytes (RFC 9110 section 14).</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">How many; at least 1.</param>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>What a Range header comes to.</summary>
    public enum Verdict
    {
        /// <summary>None, another unit, malformed, or several ranges: the whole is sent.</summary>
        Whole,

        /// <summary>One range: 206.</summary>
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
    /// <param name="range">The range.</param>
    public static Verdict Parse(string? value, long total, out ByteRange range)
    {
        range = default;
        const string unit = "bytes=";
        if (value is null || !value.StartsWith(unit, StringComparison.OrdinalIgnoreCase))
            return Verdict.Whole;
        ReadOnlySpan<char> spec = value.AsSpan(unit.Length).Trim(" \t");
        int dash = spec.IndexOf('-');
        if (dash < 0 || spec.Contains(','))
            return Verdict.Whole;
        ReadOnlySpan<char> first = spec[..dash].Trim(" \t");
        ReadOnlySpan<char> last = spec[(dash + 1)..].Trim(" \t");
        if (first.IsEmpty)
            return OfSuffix(last, total, out range);
        if (!TryParse(first, out long start) || (!last.IsEmpty && !TryParse(last, out _)))
            return Verdict.Whole;
        long end = last.IsEmpty || !TryParse(last, out long given) ? total - 1 : Math.Min(given, total - 1);
        if (!last.IsEmpty && TryParse(last, out given) && given < start)
            return Verdict.Whole;
        if (start >= total)
            return Verdict.Unsatisfiable;
        range = new ByteRange(start, end - start + 1);
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
