using System.Globalization;
using System.Text;

namespace Nng.Http;

/// <summary>The built-in page for a status: small, and everything inserted is escaped.</summary>
internal static class HttpErrorPage
{
    /// <summary>The media type of error pages.</summary>
    public const string MediaType = "text/html; charset=UTF-8";

    /// <summary>Makes a page.</summary>
    /// <param name="status">Its number is the heading.</param>
    /// <param name="reason">The phrase below.</param>
    /// <param name="detail">A sentence as text; null for none.</param>
    public static byte[] Create(int status, string reason, string? detail = null) =>
        CreateWithHtml(status, reason, detail is null ? string.Empty : $"<p>{Escape(detail)}</p>\n");

    /// <summary>Makes the page of a redirect.</summary>
    /// <param name="status">Its number is the heading.</param>
    /// <param name="reason">The phrase below.</param>
    /// <param name="location">Where to.</param>
    public static byte[] CreateWithLink(int status, string reason, string location) => CreateWithHtml(
        status, reason, $"<p>The document is at <a href=\"{Escape(location)}\">{Escape(location)}</a>.</p>\n");

    /// <summary>Text for HTML, in content and in quoted attributes.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static byte[] CreateWithHtml(int status, string reason, string html)
    {
        string number = status.ToString(CultureInfo.InvariantCulture);
        string phrase = Escape(reason);
        return Encoding.UTF8.GetBytes(
            $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{number} {phrase}</title>\n"
            + "<style>body{font-family:sans-serif;margin:10% auto;max-width:36em;padding:0 1em;color:#333}"
            + "h1{font-size:4em;margin:0;color:#888}h2{margin:0}</style>\n"
            + $"</head>\n<body>\n<h1>{number}</h1>\n<h2>{phrase}</h2>\n{html}</body>\n</html>\n");
    }
}
