using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>Sends server-sent events (the event stream of the HTML standard, section 9.2), each at once.</summary>
/// <remarks>Threading: one send at a time.</remarks>
public sealed class HttpEventStream
{
    private readonly Stream _body;

    internal HttpEventStream(Stream body)
    {
        _body = body;
    }

    /// <summary>Sends an event; each line of the data becomes a line of its own.</summary>
    /// <param name="data">Any text.</param>
    /// <param name="type">The event's type; null for the default, <c>message</c>. One line.</param>
    /// <param name="id">What a client sends as <c>Last-Event-ID</c> when it comes again; null for none. One line.</param>
    /// <param name="retry">How long a client waits before it comes again; null to leave that as it is.</param>
    /// <param name="cancellationToken">Gives up before it is sent.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.InvalidArgument"/>: type or id has a line end or NUL; else: the peer is gone.
    /// </exception>
    public async ValueTask SendAsync(
        string data,
        string? type = null,
        string? id = null,
        TimeSpan? retry = null,
        CancellationToken cancellationToken = default)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Format(data, type, id, retry));
        await _body.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await _body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a comment, which clients ignore: it keeps the connection from looking idle.</summary>
    /// <param name="text">One line.</param>
    /// <param name="cancellationToken">Gives up before it is sent.</param>
    /// <exception cref="NngException">As for events.</exception>
    public async ValueTask CommentAsync(string text = "", CancellationToken cancellationToken = default)
    {
        CheckLine("comment", text);
        await _body.WriteAsync(Encoding.UTF8.GetBytes($":{text}\n\n"), cancellationToken).ConfigureAwait(false);
        await _body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The text of an event.</summary>
    internal static string Format(string data, string? type, string? id, TimeSpan? retry)
    {
        ArgumentNullException.ThrowIfNull(data);
        var text = new StringBuilder(data.Length + 32);
        AppendLine(text, "event", type);
        AppendLine(text, "id", id);
        if (retry is { } span)
            AppendLine(text, "retry", ((long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        ReadOnlySpan<char> rest = data;
        while (true)
        {
            int end = rest.IndexOfAny('\r', '\n');
            text.Append("data: ").Append(end < 0 ? rest : rest[..end]).Append('\n');
            if (end < 0)
                return text.Append('\n').ToString();
            bool pair = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
            rest = rest[(end + (pair ? 2 : 1))..];
        }
    }

    private static void AppendLine(StringBuilder text, string field, string? value)
    {
        if (value is null)
            return;
        CheckLine(field, value);
        text.Append(field).Append(": ").Append(value).Append('\n');
    }

    private static void CheckLine(string field, string value)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw new NngException(NngError.InvalidArgument, $"The {field} of an event is one line, not '{value}'.");
    }
}
