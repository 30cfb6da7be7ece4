using System;
using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Nng.Http;

/// <summary>The character classes of RFC 9110 and 9112, and the checks of text that the application sets.</summary>
internal static class HttpSyntax
{
    private const string TokenChars =
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Bytes of a token (RFC 9110 section 5.6.2).</summary>
    public static readonly SearchValues<byte> Token = SearchValues.Create(Bytes(TokenChars));

    /// <summary>Bytes of a target: visible ASCII without the fragment mark.</summary>
    public static readonly SearchValues<byte> Target = SearchValues.Create(Range(0x21, 0x7e, except: '#'));

    /// <summary>Where a field value, reason phrase or chunk extension cannot go on: controls but TAB, and DEL.</summary>
    public static readonly SearchValues<byte> ValueStop = SearchValues.Create([.. Range(0, 0x1f, except: '\t'), 0x7f]);

    /// <summary>Bytes of a registered name and its port (RFC 3986 section 3.2.2).</summary>
    public static readonly SearchValues<byte> RegisteredName = SearchValues.Create(Bytes(
        "!$%&'()*+,-.0123456789;=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"));

    private static readonly SearchValues<char> s_tokenChars = SearchValues.Create(TokenChars);

    /// <summary>Optional white space of RFC 9110 section 5.6.3.</summary>
    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t';

    /// <summary>Removes optional white space at both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsSpace(text[start]))
            start++;
        while (end > start && IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    /// <summary>Checks a header name set by the application.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: not a token.</exception>
    public static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsToken(name))
            ThrowInvalid("header name", name);
    }

    /// <summary>Checks a header value set by the application: Latin-1 without control characters.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>.</exception>
    public static void CheckValue(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsText(value))
            ThrowInvalid($"value of header {name}", value);
    }

    /// <summary>Checks a reason phrase set by the application.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>.</exception>
    public static void CheckReason(string reason)
    {
        if (!IsText(reason))
            ThrowInvalid("reason phrase", reason);
    }

    /// <summary>Checks a method set by the application.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: not a token.</exception>
    public static void CheckMethod(string method)
    {
        if (!IsToken(method))
            ThrowInvalid("method", method);
    }

    /// <summary>Checks a target set by the application: visible ASCII without a fragment.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>.</exception>
    public static void CheckTarget(string target)
    {
        foreach (char c in target)
        {
            if (c is < '\x21' or > '\x7e' or '#')
                ThrowInvalid("request target", target);
        }
    }

    /// <summary>Checks a version set by the application: <c>HTTP/</c>, a digit, perhaps a dot and a digit.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>.</exception>
    public static void CheckVersion(string version)
    {
        bool valid = version.StartsWith("HTTP/", StringComparison.Ordinal)
            && (version.Length is 6 or 8)
            && char.IsAsciiDigit(version[5])
            && (version.Length == 6 || (version[6] == '.' && char.IsAsciiDigit(version[7])));
        if (!valid)
            ThrowInvalid("HTTP version", version);
    }

    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(s_tokenChars);

    /// <summary>Latin-1 without controls but TAB: nothing that could end a line (RFC 9110 section 5.5).</summary>
    private static bool IsText(string text)
    {
        foreach (char c in text)
        {
            if (c is (< ' ' and not '\t') or '\x7f' or > '\xff')
                return false;
        }

        return true;
    }

    [DoesNotReturn]
    private static void ThrowInvalid(string what, string value) => throw new NngException(
        NngError.InvalidArgument, $"Not a valid {what}: '{Visible(value)}'.");

    /// <summary>The value as it may stand in a log line.</summary>
    private static string Visible(string value)
    {
        char[] visible = value.Length <= 80 ? value.ToCharArray() : (value[..80] + "...").ToCharArray();
        for (int i = 0; i < visible.Length; i++)
        {
            if (visible[i] is < ' ' or '\x7f')
                visible[i] = '\ufffd';
        }

        return new string(visible);
    }

    private static byte[] Bytes(string ascii)
    {
        var bytes = new byte[ascii.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)ascii[i];
        return bytes;
    }

    private static byte[] Range(int first, int last, char except)
    {
        var bytes = new byte[last - first];
        int n = 0;
        for (int b = first; b <= last; b++)
        {
            if (b != except)
                bytes[n++] = (byte)b;
        }

        return bytes;
    }
}
