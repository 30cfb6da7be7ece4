using System;

namespace Nng.Http;

/// <summary>
/// Where a received message ends, and what is refused because two readers could disagree about it: the one decision
/// that server, client and raw connections share (RFC 9112 section 6).
/// </summary>
internal static class MessageFraming
{
    /// <summary>Digits of the longest length: 63 bits.</summary>
    private const int MaxLengthDigits = 19;

    /// <summary>The body of a request.</summary>
    /// <param name="headers">Its header lines.</param>
    /// <param name="minorVersion">Of its HTTP version.</param>
    /// <param name="framing">The body.</param>
    public static HttpRefusal OfRequest(HeaderTable headers, int minorVersion, out BodyFraming framing)
    {
        framing = BodyFraming.None;
        int coding = headers.Find(HeaderId.TransferEncoding);
        int length = headers.Find(HeaderId.ContentLength);
        if (coding >= 0)
            return OfCoding(headers, coding, length, minorVersion, request: true, out framing);
        if (length < 0)
            return HttpRefusal.None;
        if (headers.Find(HeaderId.ContentLength, length + 1) >= 0)
            return HttpRefusal.ContentLengthRepeated;
        if (!TryParseLength(headers.ValueBytes(length), out long value))
            return HttpRefusal.ContentLengthMalformed;
        framing = BodyFraming.OfLength(value);
        return HttpRefusal.None;
    }

    /// <summary>The body of a response.</summary>
    /// <param name="headers">Its header lines.</param>
    /// <param name="minorVersion">Of its HTTP version.</param>
    /// <param name="status">Its status code.</param>
    /// <param name="method">Of the request that it answers.</param>
    /// <param name="framing">The body.</param>
    public static HttpRefusal OfResponse(
        HeaderTable headers, int minorVersion, int status, string method, out BodyFraming framing)
    {
        framing = BodyFraming.None;
        if (!ResponseHasBody(status, method))
            return HttpRefusal.None;
        int coding = headers.Find(HeaderId.TransferEncoding);
        int length = headers.Find(HeaderId.ContentLength);
        if (coding >= 0)
            return OfCoding(headers, coding, length, minorVersion, request: false, out framing);
        if (length < 0)
        {
            framing = BodyFraming.UntilClose;
            return HttpRefusal.None;
        }

        HttpRefusal refusal = OfEqualLengths(headers, length, out long value);
        framing = BodyFraming.OfLength(value);
        return refusal;
    }

    /// <summary>Whether a response with that status to that method has a body at all (RFC 9112 section 6.3).</summary>
    public static bool ResponseHasBody(int status, string method) =>
        method != HttpMethods.Head
        && StatusHasBody(status)
        && !(method == HttpMethods.Connect && status is >= 200 and < 300);

    /// <summary>Whether a response with that status can have a body.</summary>
    public static bool StatusHasBody(int status) =>
        status >= 200 && status is not (HttpStatus.NoContent or HttpStatus.NotModified);

    /// <summary>A Content-Length: digits only, at most 63 bits.</summary>
    public static bool TryParseLength(ReadOnlySpan<byte> text, out long length)
    {
        length = 0;
        if (text.Length is 0 or > MaxLengthDigits)
            return false;
        ulong value = 0;
        foreach (byte b in text)
        {
            uint digit = (uint)b - '0';
            if (digit > 9)
                return false;
            value = (10 * value) + digit;
        }

        // 19 digits stay below 2^64, so only the sign bit is left to check.
        length = (long)value;
        return length >= 0;
    }

    /// <summary>A body with Transfer-Encoding: <c>chunked</c> alone, in HTTP/1.1, without Content-Length.</summary>
    private static HttpRefusal OfCoding(
        HeaderTable headers, int coding, int length, int minorVersion, bool request, out BodyFraming framing)
    {
        framing = BodyFraming.None;
        if (length >= 0)
            return HttpRefusal.ContentLengthWithTransferEncoding;
        if (minorVersion == 0)
            return HttpRefusal.TransferEncodingInHttp10;
        int codings = 0;
        bool lastIsChunked = false;
        for (; coding >= 0; coding = headers.Find(HeaderId.TransferEncoding, coding + 1))
        {
            var list = new HeaderList(headers.ValueBytes(coding));
            int elements = 0;
            while (list.MoveNext())
            {
                if (!IsCoding(list.Current))
                    return HttpRefusal.TransferEncodingMalformed;
                elements++;
                lastIsChunked = list.Is("chunked"u8);
            }

            if (elements == 0)
                return HttpRefusal.TransferEncodingMalformed;
            codings += elements;
        }

        if (lastIsChunked && codings == 1)
        {
            framing = BodyFraming.Chunked;
            return HttpRefusal.None;
        }

        return request && !lastIsChunked && codings > 1
            ? HttpRefusal.TransferEncodingNotChunked : HttpRefusal.TransferEncodingUnsupported;
    }

    /// <summary>A token, perhaps with parameters.</summary>
    private static bool IsCoding(ReadOnlySpan<byte> element)
    {
        int end = element.IndexOfAnyExcept(HttpSyntax.Token);
        return end < 0 || (end > 0 && element[end] is (byte)';' or (byte)' ' or (byte)'\t');
    }

    /// <summary>A response may repeat its length, by lines or in one list, as long as it says the same each time.</summary>
    private static HttpRefusal OfEqualLengths(HeaderTable headers, int line, out long length)
    {
        length = -1;
        for (; line >= 0; line = headers.Find(HeaderId.ContentLength, line + 1))
        {
            ReadOnlySpan<byte> rest = headers.ValueBytes(line);
            while (true)
            {
                int comma = rest.IndexOf((byte)',');
                ReadOnlySpan<byte> text = HttpSyntax.Trim(comma < 0 ? rest : rest[..comma]);
                if (!TryParseLength(text, out long value))
                    return Refuse(HttpRefusal.ContentLengthMalformed, out length);
                if (length >= 0 && value != length)
                    return Refuse(HttpRefusal.ContentLengthRepeated, out length);
                length = value;
                if (comma < 0)
                    break;
                rest = rest[(comma + 1)..];
            }
        }

        return HttpRefusal.None;
    }

    private static HttpRefusal Refuse(HttpRefusal refusal, out long length)
    {
        length = 0;
        return refusal;
    }
}
