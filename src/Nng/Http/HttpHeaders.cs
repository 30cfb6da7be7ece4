using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nng.Http;

/// <summary>
/// The header (or trailer) lines of a message: in order, names compared without case, repeated lines kept apart.
/// </summary>
/// <remarks>
/// <para>
/// Values are bytes shown as Latin-1 text. Nothing that could end a line gets in: a name must be a token, a value must
/// have no control character but TAB (RFC 9110 section 5.5). <c>Content-Length</c> must be a decimal number, and it
/// and <c>Host</c> cannot be added twice.
/// </para>
/// <para>
/// Framing belongs to the library: when a message with a body is written, <c>Content-Length</c> is what the body has,
/// whatever stands here. Threading: not thread-safe.
/// </para>
/// </remarks>
public sealed class HttpHeaders : IReadOnlyCollection<KeyValuePair<string, string>>
{
    internal HttpHeaders(HeaderTable table)
    {
        Table = table;
    }

    /// <summary>Number of lines.</summary>
    public int Count => Table.Count;

    internal HeaderTable Table { get; }

    /// <summary>
    /// Reading: the value, or null; those of repeated lines joined by <c>", "</c>, except for <c>Set-Cookie</c>, whose
    /// first is given. Writing: as <see cref="Set"/>; null removes. C functions: <c>nng_http_req_get_header</c>,
    /// <c>nng_http_res_get_header</c>.
    /// </summary>
    /// <param name="name">Compared without case.</param>
    public string? this[string name]
    {
        get => Get(name);
        set
        {
            if (value is null)
                Remove(name);
            else
                Set(name, value);
        }
    }

    /// <summary>
    /// Gives a name one value: the first line keeps its place and spelling, further ones go; without one, a line is
    /// added at the end. C functions: <c>nng_http_req_set_header</c>, <c>nng_http_res_set_header</c>.
    /// </summary>
    /// <param name="name">A token.</param>
    /// <param name="value">Latin-1 without control characters; white space at its ends is dropped.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: name or value cannot be sent.</exception>
    public void Set(string name, string value)
    {
        value = Check(name, value);
        int first = Table.Find(name);
        if (first < 0)
        {
            Table.Append(name, value);
            return;
        }

        Table.Replace(first, value);
        RemoveFrom(name, first + 1);
    }

    /// <summary>
    /// Adds a line, also if the name is there already. C functions: <c>nng_http_req_add_header</c>,
    /// <c>nng_http_res_add_header</c>.
    /// </summary>
    /// <param name="name">A token.</param>
    /// <param name="value">Latin-1 without control characters; white space at its ends is dropped.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.InvalidArgument"/>: name or value cannot be sent, or a second <c>Content-Length</c> or
    /// <c>Host</c>.
    /// </exception>
    public void Add(string name, string value)
    {
        value = Check(name, value);
        if (HeaderNames.Identify(name) is HeaderId.ContentLength or HeaderId.Host && Table.Find(name) >= 0)
            ThrowInvalid($"A message has one {name}; it is '{Get(name)}' already, so '{value}' cannot be added.");
        int first = Table.Find(name);
        Table.Append(first < 0 ? name : Table.Name(first), value);
    }

    /// <summary>
    /// Removes all lines of a name. C functions: <c>nng_http_req_del_header</c>, <c>nng_http_res_del_header</c>.
    /// </summary>
    /// <param name="name">Compared without case.</param>
    /// <returns>False when there was none (C: <c>NNG_ENOENT</c>).</returns>
    public bool Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return RemoveFrom(name, 0);
    }

    /// <summary>Removes all lines.</summary>
    public void Clear()
    {
        while (Table.Count > 0)
            Table.RemoveAt(Table.Count - 1);
    }

    /// <summary>Whether there is a line of that name.</summary>
    /// <param name="name">Compared without case.</param>
    public bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Table.Find(name) >= 0;
    }

    /// <summary>The value as the indexer gives it; false for none.</summary>
    /// <param name="name">Compared without case.</param>
    /// <param name="value">The value.</param>
    public bool TryGet(string name, [NotNullWhen(true)] out string? value)
    {
        value = Get(name);
        return value is not null;
    }

    /// <summary>The values of all lines of a name, in order; empty for none.</summary>
    /// <param name="name">Compared without case.</param>
    public IReadOnlyList<string> GetValues(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var values = new List<string>();
        for (int i = Table.Find(name); i >= 0; i = Table.Find(name, i + 1))
            values.Add(Table.Value(i));
        return values;
    }

    /// <summary>Whether a comma-separated value of that name has a word, ignoring case: <c>Connection</c> has
    /// <c>close</c>.</summary>
    /// <param name="name">Compared without case.</param>
    /// <param name="word">A token.</param>
    public bool ContainsWord(string name, string word)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(word);
        for (int i = Table.Find(name); i >= 0; i = Table.Find(name, i + 1))
        {
            var list = new HeaderList(Table.ValueBytes(i));
            while (list.MoveNext())
            {
                if (Ascii.EqualsIgnoreCase(list.Current, word))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The lines in order; do not change them meanwhile. C: <c>nng_http_next_header</c> of version 2.</summary>
    public Enumerator GetEnumerator() => new(Table);

    /// <inheritdoc/>
    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() =>
        GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string? Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int first = Table.Find(name);
        if (first < 0)
            return null;
        int next = Table.Find(name, first + 1);
        if (next < 0 || Table.Id(first) == HeaderId.SetCookie)
            return Table.Value(first);
        var joined = new StringBuilder(Table.Value(first));
        for (; next >= 0; next = Table.Find(name, next + 1))
            joined.Append(", ").Append(Table.Value(next));
        return joined.ToString();
    }

    private bool RemoveFrom(string name, int start)
    {
        bool found = false;
        for (int i = Table.Find(name, start); i >= 0; i = Table.Find(name, i))
        {
            Table.RemoveAt(i);
            found = true;
        }

        return found;
    }

    private static string Check(string name, string value)
    {
        HttpSyntax.CheckName(name);
        HttpSyntax.CheckValue(name, value);
        ReadOnlySpan<char> trimmed = value.AsSpan().Trim(" \t");
        if (trimmed.Length != value.Length)
            value = trimmed.ToString();
        if (HeaderNames.Identify(name) != HeaderId.ContentLength)
            return value;
        Span<byte> digits = stackalloc byte[20];
        if (value.Length >= digits.Length
            || !MessageFraming.TryParseLength(digits[..Encoding.Latin1.GetBytes(value, digits)], out _))
            ThrowInvalid($"Content-Length is a decimal number, not '{value}'.");
        return value;
    }

    [DoesNotReturn]
    private static void ThrowInvalid(string message) => throw new NngException(NngError.InvalidArgument, message);

    /// <summary>Walks the lines.</summary>
    public struct Enumerator : IEnumerator<KeyValuePair<string, string>>
    {
        private readonly HeaderTable _table;
        private int _index;

        internal Enumerator(HeaderTable table)
        {
            _table = table;
            _index = -1;
        }

        /// <summary>Name as spelled, and value.</summary>
        public readonly KeyValuePair<string, string> Current => new(_table.Name(_index), _table.Value(_index));

        /// <inheritdoc/>
        readonly object IEnumerator.Current => Current;

        /// <summary>Goes to the next line.</summary>
        public bool MoveNext() => ++_index < _table.Count;

        /// <inheritdoc/>
        void IEnumerator.Reset() => _index = -1;

        /// <summary>Does nothing.</summary>
        public readonly void Dispose()
        {
        }
    }
}
