using System;
using System.Text;

namespace Nng.Http;

/// <summary>Takes a request target apart (RFC 9112 section 3.2).</summary>
internal static class TargetParser
{
    /// <summary>Finds form and parts.</summary>
    /// <param name="target">Bytes that a request parser let through.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="parts">Where the parts stand.</param>
    public static HttpRefusal Parse(ReadOnlySpan<byte> target, string method, out TargetParts parts)
    {
        parts = default;
        if (method == HttpMethods.Connect)
            return ParseAuthority(target, ref parts);
        if (target.Length > 0 && target[0] == '/')
        {
            parts.Form = TargetForm.Origin;
            SplitQuery(target, 0, ref parts);
            return HttpRefusal.None;
        }

        if (target.SequenceEqual("*"u8))
        {
            if (method != HttpMethods.Options)
                return HttpRefusal.TargetForm;
            parts.Form = TargetForm.Asterisk;
            return HttpRefusal.None;
        }

        return ParseAbsolute(target, ref parts);
    }

    private static HttpRefusal ParseAuthority(ReadOnlySpan<byte> target, ref TargetParts parts)
    {
        // CONNECT names its port (RFC 9110 section 9.3.6).
        if (!HostField.TrySplit(target, out _, out ReadOnlySpan<byte> port) || port.IsEmpty)
            return HttpRefusal.TargetForm;
        parts.Form = TargetForm.Authority;
        parts.Authority = new HeadRange(0, target.Length);
        return HttpRefusal.None;
    }

    private static HttpRefusal ParseAbsolute(ReadOnlySpan<byte> target, ref TargetParts parts)
    {
        int start = StartsWith(target, "http://"u8) ? 7 : StartsWith(target, "https://"u8) ? 8 : 0;
        if (start == 0)
            return HttpRefusal.TargetForm;
        int length = target[start..].IndexOfAny((byte)'/', (byte)'?');
        parts.Authority = new HeadRange(start, length < 0 ? target.Length - start : length);
        if (!HostField.IsValid(parts.Authority.Of(target)))
            return HttpRefusal.HostMalformed;
        parts.Form = TargetForm.Absolute;
        SplitQuery(target, parts.Authority.End, ref parts);
        return HttpRefusal.None;
    }

    private static void SplitQuery(ReadOnlySpan<byte> target, int start, ref TargetParts parts)
    {
        int mark = target[start..].IndexOf((byte)'?');
        parts.HasQuery = mark >= 0;
        int end = mark < 0 ? target.Length : start + mark;
        parts.Path = HeadRange.Between(start, end);
        if (mark >= 0)
            parts.Query = HeadRange.Between(end + 1, target.Length);
    }

    private static bool StartsWith(ReadOnlySpan<byte> target, ReadOnlySpan<byte> scheme) =>
        target.Length >= scheme.Length && Ascii.EqualsIgnoreCase(target[..scheme.Length], scheme);
}
