namespace Nng.Http;

/// <summary>The framing of a message's body.</summary>
/// <param name="Kind">How its end is known.</param>
/// <param name="Length">Its length for <see cref="BodyKind.Length"/>, else 0.</param>
internal readonly record struct BodyFraming(BodyKind Kind, long Length)
{
    public static BodyFraming None => default;

    public static BodyFraming Chunked => new(BodyKind.Chunked, 0);

    public static BodyFraming UntilClose => new(BodyKind.UntilClose, 0);

    public static BodyFraming OfLength(long length) => length == 0 ? None : new(BodyKind.Length, length);
}
