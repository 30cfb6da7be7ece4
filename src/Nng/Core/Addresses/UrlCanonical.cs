using System;
using System.Globalization;
using System.Text;

namespace Nng.Core;

/// <summary>Canonical form of path, query and fragment (core sheet, 10.3).</summary>
internal static class UrlCanonical
{
    /// <summary>Throws on malformed bytes and on lone surrogates.</summary>
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// Decodes needless escapes, collapses slashes, removes dot segments, checks the text to be UTF-8. False when an
    /// escape or the text is malformed.
    /// </summary>
    public static bool TryCanonicalize(ReadOnlySpan<char> text, out string result)
    {
        result = string.Empty;
        try
        {
            byte[] bytes = s_strict.GetBytes(text.ToString());
            if (!TryDecode(bytes, out int length))
                return false;
            int pathEnd = bytes.AsSpan(0, length).IndexOfAny((byte)'?', (byte)'#');
            if (pathEnd < 0)
                pathEnd = length;
            string path = RemoveDots(CollapseSlashes(s_strict.GetString(bytes, 0, pathEnd)));
            result = path + s_strict.GetString(bytes, pathEnd, length - pathEnd);
            return true;
        }
        catch (Exception failure) when (failure is DecoderFallbackException or EncoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Splits the canonical text at its first <c>?</c> and <c>#</c>.</summary>
    public static (string Path, string? Query, string? Fragment) Split(string text)
    {
        string? fragment = null;
        string? query = null;
        int hash = text.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
        {
            fragment = text[(hash + 1)..];
            text = text[..hash];
        }

        int mark = text.IndexOf('?', StringComparison.Ordinal);
        if (mark >= 0)
        {
            query = text[(mark + 1)..];
            text = text[..mark];
        }

        return (text, query, fragment);
    }

    /// <summary>Decodes escapes of unreserved characters and of non-ASCII bytes in place; others get upper-case hex.</summary>
    private static bool TryDecode(byte[] bytes, out int length)
    {
        length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            if (b != '%')
            {
                bytes[length++] = b;
                continue;
            }

            if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1])
                || !char.IsAsciiHexDigit((char)bytes[i + 2]))
                return false;
            byte value = byte.Parse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
                || value >= 0x80)
            {
                bytes[length++] = value;
            }
            else
            {
                bytes[length++] = b;
                bytes[length++] = (byte)char.ToUpperInvariant((char)bytes[i + 1]);
                bytes[length++] = (byte)char.ToUpperInvariant((char)bytes[i + 2]);
            }

            i += 2;
        }

        return true;
    }

    private static string CollapseSlashes(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (char c in path)
        {
            if (c != '/' || text.Length == 0 || text[^1] != '/')
                text.Append(c);
        }

        return text.ToString();
    }

    /// <summary>Removes <c>.</c> and <c>..</c> segments; a trailing one leaves no slash behind.</summary>
    private static string RemoveDots(string path)
    {
        var text = new StringBuilder(path.Length);
        int start = 0;
        while (start < path.Length)
        {
            int end = path.IndexOf('/', start + 1);
            if (end < 0)
                end = path.Length;
            ReadOnlySpan<char> segment = path.AsSpan(start, end - start);
            if (segment.SequenceEqual("/.."))
                RemoveLastSegment(text);
            else if (!segment.SequenceEqual("/."))
                text.Append(segment);
            start = end;
        }

        return text.ToString();
    }

    private static void RemoveLastSegment(StringBuilder text)
    {
        int slash = text.Length - 1;
        while (slash > 0 && text[slash] != '/')
            slash--;
        text.Length = Math.Max(0, slash);
    }
}
