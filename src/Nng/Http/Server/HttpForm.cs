using System;
using System.Collections.Specialized;
using System.Text;
using System.Web;

namespace Nng.Http;

/// <summary>Queries and forms as names and values.</summary>
/// <remarks>For <c>multipart/form-data</c> see <see cref="MultipartReader"/>. Threading: safe from any thread.</remarks>
public static class HttpForm
{
    /// <summary>The media type of forms without files.</summary>
    public const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>The query of a request's target: decoded, repeated names joined by commas, empty for none.</summary>
    /// <param name="request">Its target.</param>
    public static NameValueCollection ReadQuery(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return HttpUtility.ParseQueryString(request.Query ?? string.Empty);
    }

    /// <summary>The collected body of a request that sends a form of the type <see cref="MediaType"/>.</summary>
    /// <param name="request">Its body and <c>Content-Type</c>.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: the body is of another type.</exception>
    public static NameValueCollection ReadBody(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? type = request.Headers["Content-Type"];
        ReadOnlySpan<char> name = type.AsSpan();
        int end = name.IndexOf(';');
        name = (end < 0 ? name : name[..end]).Trim(" \t");
        if (!name.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
            throw new NngException(NngError.InvalidArgument, $"A body of the type '{type}' is not a form ({MediaType}).");
        return HttpUtility.ParseQueryString(Encoding.UTF8.GetString(request.Body.Span), Encoding.UTF8);
    }
}
