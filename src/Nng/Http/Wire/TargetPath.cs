using System;
using System.Text.Unicode;

namespace Nng.Http;

/// <summary>The canonical form of a path: decoded once, without dot segments and repeated slashes (sheet, 4.9).</summary>
internal static class TargetPath
{
    /// <summary>Whether the path, which starts with a slash, is canonical as it stands.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> path) =>
        !path.Contains((byte)'%') && path.IndexOf("//"u8) < 0 && path.IndexOf("/."u8) < 0;

    /// <summary>
    /// Decodes the percent escapes but those of <c>/</c> and <c>\</c>, which stay so that they never separate
    /// segments; resolves dot segments; then collapses slashes.
    /// </summary>
    /// <param name="path">Starts with a slash.</param>
    /// <param name="output">At least as long.</param>
    /// <param name="length">Length of the result.</param>
    public static HttpRefusal Canonicalize(ReadOnlySpan<byte> path, Span<byte> output, out int length)
    {
        HttpRefusal refusal = Decode(path, output, out length);
        if (refusal != HttpRefusal.None)
            return refusal;
        if (!Utf8.IsValid(output[..length]))
            return HttpRefusal.TargetNotUtf8;
        refusal = ResolveDots(output, ref length);
        CollapseSlashes(output, ref length);
        return refusal;
    }

    private static HttpRefusal Decode(ReadOnlySpan<byte> path, Span<byte> output, out int length)
    {
        length = 0;
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] != '%')
            {
                output[length++] = path[i];
                continue;
            }

            if (i + 2 >= path.Length || !TryHex(path[i + 1], out int high) || !TryHex(path[i + 2], out int low))
                return HttpRefusal.TargetEscape;
            int value = (high << 4) | low;
            i += 2;
            switch (value)
            {
                case 0:
                    return HttpRefusal.TargetNul;
                case '/':
                    "%2F"u8.CopyTo(output[length..]);
                    length += 3;
                    break;
                case '\\':
                    "%5C"u8.CopyTo(output[length..]);
                    length += 3;
                    break;
                default:
                    output[length++] = (byte)value;
                    break;
            }
        }

        return HttpRefusal.None;
    }

    private static HttpRefusal ResolveDots(Span<byte> path, ref int length)
    {
        int written = 0;
        for (int start = 0, end; start < length; start = end)
        {
            int next = path[(start + 1)..length].IndexOf((byte)'/');
            end = next < 0 ? length : start + 1 + next;
            Span<byte> segment = path[start..end];
            bool up = segment.SequenceEqual("/.."u8);
            if (up && written == 0)
                return HttpRefusal.TargetAboveRoot;
            if (up)
                written = path[..written].LastIndexOf((byte)'/');
            if (!up && !segment.SequenceEqual("/."u8))
            {
                segment.CopyTo(path[written..]);
                written += segment.Length;
            }
            else if (end == length)
            {
                // A dot segment at the end names a directory.
                path[written++] = (byte)'/';
            }
        }

        length = written;
        return HttpRefusal.None;
    }

    private static void CollapseSlashes(Span<byte> path, ref int length)
    {
        int written = 0;
        for (int i = 0; i < length; i++)
        {
            if (path[i] != '/' || written == 0 || path[written - 1] != '/')
                path[written++] = path[i];
        }

        length = written;
    }

    private static bool TryHex(byte b, out int value)
    {
        int letter = b | 0x20;
        value = b is >= (byte)'0' and <= (byte)'9' ? b - '0'
            : letter is >= 'a' and <= 'f' ? letter - 'a' + 10 : -1;
        return value >= 0;
    }
}
