using System;
using System.Globalization;
using System.Text;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>Answers with another place; pure but for the answer itself.</summary>
internal sealed class RedirectHandler
{
    private readonly string _location;
    private readonly int _status;

    public RedirectHandler(string location, int status)
    {
        HttpSyntax.CheckValue("Location", location);
        _location = Escape(location);
        _status = status;
    }

    public ValueTask HandleAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        string rest = Rest(context.Handler.TrimmedPath, context.Request.Path);
        string location = Locate(_location, rest, context.Request.Query);
        response.Status = _status;
        response.Headers.Set("Connection", "close");
        response.Headers.Set("Content-Type", HttpErrorPage.MediaType);
        response.Headers.Set("Location", location);
        response.SetBody(HttpErrorPage.CreateWithLink(_status, response.Reason, location));
        return default;
    }

    /// <summary>What follows a handler's path in a canonical path: empty, or from its slash on.</summary>
    public static string Rest(string handlerPath, string path) =>
        handlerPath.Length == 0 && path == "/" || !path.StartsWith(handlerPath, StringComparison.Ordinal)
            ? string.Empty : path[handlerPath.Length..];

    /// <summary>
    /// Appends the rest of a path and a query to a location with exactly one slash between; the rest cannot get into
    /// the authority, because it starts behind a slash.
    /// </summary>
    public static string Locate(string location, string rest, string? query)
    {
        var text = new StringBuilder(location);
        if (rest.Length > 0)
            text.Append(EscapePath(location[^1] == '/' ? rest[1..] : rest));
        if (query is not null)
            text.Append(location.Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(Escape(query));
        return text.ToString();
    }

    /// <summary>A decoded path as it stands in a URL; a canonical path has only two escapes left.</summary>
    public static string EscapePath(string path)
    {
        var escaped = new StringBuilder(path.Length);
        for (int i = 0; i < path.Length; i++)
        {
            bool isEscape = path[i] == '%'
                && (string.CompareOrdinal(path, i, "%2F", 0, 3) == 0 || string.CompareOrdinal(path, i, "%5C", 0, 3) == 0);
            _ = path[i] switch
            {
                '%' when !isEscape => escaped.Append("%25"),
                '?' => escaped.Append("%3F"),
                '#' => escaped.Append("%23"),
                char c => escaped.Append(c),
            };
        }

        return Escape(escaped.ToString());
    }

    /// <summary>Percent-encodes what no URL has; escapes that are there stay.</summary>
    private static string Escape(string text)
    {
        const string kept = "-._~:/?#[]@!$&'()*+,;=%";
        var escaped = new StringBuilder(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || kept.Contains((char)b))
                escaped.Append((char)b);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return escaped.ToString();
    }
}
