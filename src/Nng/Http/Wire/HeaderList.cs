using System;
using System.Text;

namespace Nng.Http;

/// <summary>Walks the elements of a comma-separated header value (RFC 9110 section 5.6.1); empty ones are skipped.</summary>
/// <remarks>Commas in quoted strings do not separate.</remarks>
internal ref struct HeaderList
{
    private ReadOnlySpan<byte> _rest;

    public HeaderList(ReadOnlySpan<byte> value)
    {
        _rest = value;
    }

    /// <summary>The element, without white space around it.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            int end = EndOfElement(_rest);
            Current = HttpSyntax.Trim(_rest[..end]);
            _rest = end == _rest.Length ? default : _rest[(end + 1)..];
            if (!Current.IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary>Whether the element is that word, ignoring case.</summary>
    public readonly bool Is(ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(Current, word);

    /// <summary>Whether a list in any line of that name has that word, ignoring case.</summary>
    public static bool Contains(HeaderTable headers, HeaderId id, ReadOnlySpan<byte> word)
    {
        for (int i = headers.Find(id); i >= 0; i = headers.Find(id, i + 1))
        {
            var list = new HeaderList(headers.ValueBytes(i));
            while (list.MoveNext())
            {
                if (list.Is(word))
                    return true;
            }
        }

        return false;
    }

    private static int EndOfElement(ReadOnlySpan<byte> rest)
    {
        int at = 0;
        while (true)
        {
            int stop = rest[at..].IndexOfAny((byte)',', (byte)'"');
            if (stop < 0)
                return rest.Length;
            at += stop;
            if (rest[at] == ',')
                return at;
            at = EndOfQuoted(rest, at + 1);
        }
    }

    /// <summary>The position after the closing quote, or the end.</summary>
    private static int EndOfQuoted(ReadOnlySpan<byte> rest, int at)
    {
        while (at < rest.Length && rest[at] != '"')
            at += rest[at] == '\\' ? 2 : 1;
        return Math.Min(rest.Length, at + 1);
    }
}
