using System;
using System.Collections.Generic;

namespace Nng.Http;

/// <summary>Media types of files by the end of their names, ignoring case.</summary>
/// <remarks>
/// The longest entry that starts at a dot wins, so <c>.tar.gz</c> can be told apart from <c>.gz</c>; then come entries
/// without a dot, as <c>README</c>. No charset is added. Threading: reading is safe from any thread once the last
/// <see cref="Set"/> has returned.
/// </remarks>
public sealed class HttpMediaTypes
{
    /// <summary>The type of what has none: <c>application/octet-stream</c>.</summary>
    public const string Unknown = "application/octet-stream";

    private static readonly (string Suffix, string Type)[] s_table =
    [
        (".ai", "application/postscript"),
        (".aif", "audio/aiff"),
        (".aiff", "audio/aiff"),
        (".avi", "video/avi"),
        (".au", "audio/basic"),
        (".bin", "application/octet-stream"),
        (".bmp", "image/bmp"),
        (".css", "text/css"),
        (".eps", "application/postscript"),
        (".gif", "image/gif"),
        (".htm", "text/html"),
        (".html", "text/html"),
        (".ico", "image/x-icon"),
        (".jpeg", "image/jpeg"),
        (".jpg", "image/jpeg"),
        (".js", "application/javascript"),
        (".json", "application/json"),
        (".md", "text/markdown"),
        (".mp2", "video/mpeg"),
        (".mp3", "audio/mpeg3"),
        (".mp4", "video/mp4"),
        (".mpeg", "video/mpeg"),
        (".mpg", "video/mpeg"),
        (".pdf", "application/pdf"),
        (".png", "image/png"),
        (".ps", "application/postscript"),
        (".rtf", "text/rtf"),
        (".svg", "image/svg+xml"),
        (".text", "text/plain"),
        (".tif", "image/tiff"),
        (".tiff", "image/tiff"),
        (".txt", "text/plain"),
        (".wasm", "application/wasm"),
        (".wav", "audio/wav"),
        (".webp", "image/webp"),
        (".woff", "font/woff"),
        (".woff2", "font/woff2"),
        ("README", "text/plain"),
    ];

    private readonly Dictionary<string, string> _types = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Entries without a leading dot: suffixes of the whole name.</summary>
    private readonly List<string> _plain = [];

    private HttpMediaTypes()
    {
    }

    /// <summary>The C library's table. Shared: take a <see cref="Create"/> of your own to change it.</summary>
    public static HttpMediaTypes Default { get; } = Create();

    /// <summary>A new table with the entries of the C library.</summary>
    public static HttpMediaTypes Create()
    {
        var types = new HttpMediaTypes();
        foreach ((string suffix, string type) in s_table)
            types.Set(suffix, type);
        return types;
    }

    /// <summary>Adds an entry or replaces it.</summary>
    /// <param name="suffix">For example <c>.html</c>; not empty.</param>
    /// <param name="type">For example <c>text/html</c>; a header value.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: the type cannot be a header value.</exception>
    public void Set(string suffix, string type)
    {
        ArgumentException.ThrowIfNullOrEmpty(suffix);
        HttpSyntax.CheckValue("Content-Type", type);
        if (suffix[0] != '.' && !_types.ContainsKey(suffix))
            _plain.Add(suffix);
        _types[suffix] = type;
    }

    /// <summary>The type of a file; <see cref="Unknown"/> when no entry fits.</summary>
    /// <param name="fileName">A name or path.</param>
    public string For(ReadOnlySpan<char> fileName)
    {
        fileName = fileName[(fileName.LastIndexOfAny('/', '\\') + 1)..];
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup =
            _types.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int dot = fileName.IndexOf('.'); dot >= 0;)
        {
            if (lookup.TryGetValue(fileName[dot..], out string? type))
                return type;
            int next = fileName[(dot + 1)..].IndexOf('.');
            dot = next < 0 ? -1 : dot + 1 + next;
        }

        foreach (string suffix in _plain)
        {
            if (fileName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return _types[suffix];
        }

        return Unknown;
    }
}
