using System;

namespace Nng.Http;

/// <summary>The conditional headers of a request against what a file is now (RFC 9110 section 13).</summary>
internal static class Preconditions
{
    /// <summary>200: go on. 304: the client has it. 412: it is not what the client thinks.</summary>
    /// <param name="headers">The request's.</param>
    /// <param name="tag">The entity tag, quoted, strong.</param>
    /// <param name="modified">The time of the last change, in whole seconds.</param>
    public static int Evaluate(HttpHeaders headers, string tag, DateTimeOffset modified)
    {
        if (headers["If-Match"] is { } match)
        {
            if (!Contains(match, tag, strong: true))
                return HttpStatus.PreconditionFailed;
        }
        else if (headers["If-Unmodified-Since"] is { } unmodified && HttpDate.TryParse(unmodified, out DateTimeOffset until)
            && modified > until)
        {
            return HttpStatus.PreconditionFailed;
        }

        if (headers["If-None-Match"] is { } noneMatch)
            return Contains(noneMatch, tag, strong: false) ? HttpStatus.NotModified : HttpStatus.Ok;
        return headers["If-Modified-Since"] is { } since && HttpDate.TryParse(since, out DateTimeOffset from)
            && modified <= from ? HttpStatus.NotModified : HttpStatus.Ok;
    }

    /// <summary>Whether a Range may be served: If-Range is missing, or names what the file is now.</summary>
    public static bool AllowRange(HttpHeaders headers, string tag, DateTimeOffset modified)
    {
        if (headers["If-Range"] is not { } condition)
            return true;
        if (condition.StartsWith('"') || condition.StartsWith("W/", StringComparison.Ordinal))
            return condition == tag;
        return HttpDate.TryParse(condition, out DateTimeOffset date) && date == modified;
    }

    /// <summary>Whether a list of entity tags has a tag, or is <c>*</c>.</summary>
    private static bool Contains(string list, string tag, bool strong)
    {
        ReadOnlySpan<char> rest = list.AsSpan().Trim(" \t");
        if (rest is "*")
            return true;
        while (!rest.IsEmpty)
        {
            bool weak = rest.StartsWith("W/");
            ReadOnlySpan<char> quoted = weak ? rest[2..] : rest;
            int end = quoted.Length > 1 && quoted[0] == '"' ? quoted[1..].IndexOf('"') : -1;
            if (end < 0)
                return false;
            if (quoted[..(end + 2)].SequenceEqual(tag) && !(weak && strong))
                return true;
            rest = quoted[(end + 2)..].TrimStart(" \t,");
        }

        return false;
    }
}
