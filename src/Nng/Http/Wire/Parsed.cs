namespace Nng.Http;

/// <summary>The answer of a parser.</summary>
/// <param name="Status">How far it came.</param>
/// <param name="Count">Bytes consumed when done; the rest belongs to what follows.</param>
/// <param name="Refusal">Why the bytes were refused.</param>
internal readonly record struct Parsed(ParseStatus Status, int Count, HttpRefusal Refusal)
{
    public static Parsed More => default;

    public static Parsed Done(int count) => new(ParseStatus.Done, count, HttpRefusal.None);

    public static Parsed Refused(HttpRefusal refusal) => new(ParseStatus.Refused, 0, refusal);
}
