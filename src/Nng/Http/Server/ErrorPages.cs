using System.Collections.Concurrent;
using System.Text;

namespace Nng.Http;

/// <summary>A server's own pages for statuses, over the built-in ones.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class ErrorPages
{
    private readonly ConcurrentDictionary<int, byte[]> _pages = new();

    public void Set(int status, string html) => _pages[status] = Encoding.UTF8.GetBytes(html);

    public void Set(int status, byte[] html) => _pages[status] = html;

    /// <summary>Makes the body the page of the response's status.</summary>
    public void Apply(HttpResponse response, string? detail = null) => response.SetErrorPage(
        _pages.TryGetValue(response.Status, out byte[]? page)
            ? page : HttpErrorPage.Create(response.Status, response.Reason, detail));

    /// <summary>Puts the server's own page in the place of a built-in one.</summary>
    public void Replace(HttpResponse response)
    {
        if (response.IsErrorPage && _pages.TryGetValue(response.Status, out byte[]? page))
            response.SetErrorPage(page);
    }
}
