namespace Nng.Http;

/// <summary>How the framing headers of a message are written: they never contradict its body.</summary>
/// <param name="Kind">What is written.</param>
/// <param name="Length">For <see cref="OutgoingKind.Length"/>.</param>
internal readonly record struct OutgoingFraming(OutgoingKind Kind, long Length)
{
    public static OutgoingFraming AsSet => default;

    public static OutgoingFraming Bodiless => new(OutgoingKind.Bodiless, 0);

    public static OutgoingFraming Chunked => new(OutgoingKind.Chunked, 0);

    public static OutgoingFraming OfLength(long length) => new(OutgoingKind.Length, length);

    /// <summary>The framing of a request sent as it is, with the body attached to it.</summary>
    public static OutgoingFraming OfRequest(HttpRequest request) =>
        request.Body.IsEmpty ? AsSet : OfLength(request.Body.Length);

    /// <summary>
    /// The framing of a response sent as it is, with the body attached to it. Without one, the headers stand as they
    /// are: the body may follow by other means, or the response may answer HEAD.
    /// </summary>
    public static OutgoingFraming OfResponse(HttpResponse response)
    {
        if (response.Status is < 200 or HttpStatus.NoContent)
            return Bodiless;
        return response.Body.IsEmpty || response.Status == HttpStatus.NotModified
            ? AsSet : OfLength(response.Body.Length);
    }
}
