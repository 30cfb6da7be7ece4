using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;

namespace Nng.Http;

/// <summary>Several ranges of a file in one response: <c>multipart/byteranges</c> (RFC 9110 section 14.6).</summary>
internal static class RangeParts
{
    /// <summary>Answers with the ranges, in the order asked for.</summary>
    /// <param name="context">The request, whose response has the headers of the whole.</param>
    /// <param name="file">What is served.</param>
    /// <param name="ranges">Two or more.</param>
    /// <param name="total">Length of the file.</param>
    public static async ValueTask SendAsync(
        HttpContext context, SafeFileHandle file, IReadOnlyList<ByteRange> ranges, long total)
    {
        HttpHeaders headers = context.Response.Headers;
        string boundary = Guid.NewGuid().ToString("N");
        byte[] end = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        var heads = new byte[ranges.Count][];
        long length = end.Length;
        for (int i = 0; i < heads.Length; i++)
        {
            heads[i] = Encoding.Latin1.GetBytes(
                $"{(i == 0 ? "" : "\r\n")}--{boundary}\r\nContent-Type: {headers["Content-Type"]}\r\n"
                + $"Content-Range: {ranges[i].ContentRange(total)}\r\n\r\n");
            length += heads[i].Length + ranges[i].Length;
        }

        context.Response.Status = HttpStatus.PartialContent;
        headers.Set("Content-Type", $"multipart/byteranges; boundary={boundary}");
        headers.Set("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        Stream body = context.ResponseBody;
        for (int i = 0; i < heads.Length; i++)
        {
            await body.WriteAsync(heads[i]).ConfigureAwait(false);
            await FileAnswer.CopyAsync(context, file, ranges[i]).ConfigureAwait(false);
        }

        await body.WriteAsync(end).ConfigureAwait(false);
    }
}
