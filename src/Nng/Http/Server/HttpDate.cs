using System;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Nng.Http;

/// <summary>Dates of HTTP (RFC 9110 section 5.6.7), and the Date line of now.</summary>
/// <remarks>Threading: safe from any thread; the line of a second is made once and never changed.</remarks>
internal static class HttpDate
{
    private static readonly string[] s_formats =
        ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"];

    private static DateLine s_line = new(DateTime.UtcNow);

    /// <summary><c>Date: </c>, the date and a line end: 37 bytes.</summary>
    public static ReadOnlySpan<byte> CurrentLine
    {
        get
        {
            DateTime now = DateTime.UtcNow;
            DateLine line = s_line;
            return line.Second == now.Ticks / TimeSpan.TicksPerSecond ? line.Bytes : Renew(now);
        }
    }

    /// <summary>The usual form.</summary>
    public static string Format(DateTimeOffset date) => date.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>Reads the usual form and the two obsolete ones.</summary>
    public static bool TryParse(string text, out DateTimeOffset date) => DateTimeOffset.TryParseExact(
        text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);

    private static byte[] Renew(DateTime now)
    {
        var line = new DateLine(now);
        s_line = line;
        return line.Bytes;
    }

    private sealed class DateLine
    {
        public readonly long Second;
        public readonly byte[] Bytes = Encoding.ASCII.GetBytes("Date: xxx, xx xxx xxxx xx:xx:xx GMT\r\n");

        public DateLine(DateTime now)
        {
            Second = now.Ticks / TimeSpan.TicksPerSecond;
            Utf8Formatter.TryFormat(now, Bytes.AsSpan(6), out _, 'R');
        }
    }
}
