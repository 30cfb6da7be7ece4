using System;
using System.Text;
using Nng.Http;

namespace Nng.WebSockets;

/// <summary>What the upgrade of a connection said, for its options.</summary>
/// <param name="RequestUri">The target, as sent.</param>
/// <param name="RequestHeaders">Lines of <c>Name: value</c>, each ended by CR LF.</param>
/// <param name="ResponseHeaders">The same for the response.</param>
/// <param name="Protocol">The subprotocol agreed on; null for none.</param>
internal sealed record WebSocketFacts(
    string RequestUri, string RequestHeaders, string ResponseHeaders, string? Protocol)
{
    /// <summary>All lines of a message's headers.</summary>
    public static string LinesOf(HttpHeaders headers)
    {
        var lines = new StringBuilder();
        foreach ((string name, string value) in headers)
            lines.Append(name).Append(": ").Append(value).Append("\r\n");
        return lines.ToString();
    }

    /// <summary>The value of a header, that of repeated ones joined; null for none.</summary>
    public static string? Find(string lines, string name)
    {
        string? found = null;
        foreach (ReadOnlySpan<char> line in lines.AsSpan().EnumerateLines())
        {
            int colon = line.IndexOf(':');
            if (colon < 0 || !line[..colon].Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            string value = line[(colon + 1)..].Trim().ToString();
            found = found is null ? value : found + ", " + value;
        }

        return found;
    }
}
