using System;
using System.Text;

namespace Nng.Http;

/// <summary>A request's target taken apart, its path canonical; made once per request and reused with it.</summary>
internal sealed class RequestTarget
{
    private byte[] _bytes = [];
    private TargetParts _parts;

    /// <summary>The canonical path within the bytes; behind the target when it differs from what was sent.</summary>
    private HeadRange _path;

    private string? _pathText;
    private string? _queryText;

    /// <summary>Texts of earlier requests, handed out again where the bytes are the same.</summary>
    private string? _lastPath;
    private string? _lastQuery;

    public bool IsResolved { get; private set; }

    /// <summary>Why the target is malformed; then all parts are empty.</summary>
    public HttpRefusal Refusal { get; private set; }

    public TargetForm Form => _parts.Form;

    /// <summary>Host and port in absolute and authority form, else empty.</summary>
    public ReadOnlySpan<byte> AuthorityBytes => _parts.Authority.Of(_bytes);

    /// <summary>The canonical path: UTF-8, starts with a slash; empty in asterisk and authority form.</summary>
    public ReadOnlySpan<byte> PathBytes => _path.Of(_bytes);

    public ReadOnlySpan<byte> QueryBytes => _parts.Query.Of(_bytes);

    public string Path => _pathText ??= TextOf(PathBytes, _lastPath);

    public string? Query => _parts.HasQuery ? _queryText ??= TextOf(QueryBytes, _lastQuery) : null;

    public void Forget()
    {
        IsResolved = false;
        _lastPath = _pathText ?? _lastPath;
        _lastQuery = _queryText ?? _lastQuery;
    }

    public void Resolve(string target, string method)
    {
        Prepare(target.Length);
        Encoding.ASCII.GetBytes(target, _bytes);
        Resolve(target.Length, method);
    }

    /// <summary>The same for a target that was received, which is the root when it is empty (transports sheet, WS-11).</summary>
    public void Resolve(ReadOnlySpan<byte> target, string method)
    {
        if (target.IsEmpty)
            target = "/"u8;
        Prepare(target.Length);
        target.CopyTo(_bytes);
        Resolve(target.Length, method);
    }

    private void Prepare(int length)
    {
        // Room for the path once more, or for the root's slash.
        int wanted = (2 * length) + 1;
        if (_bytes.Length < wanted)
            _bytes = new byte[Math.Max(128, wanted)];
    }

    private void Resolve(int length, string method)
    {
        IsResolved = true;
        _pathText = null;
        _queryText = null;
        _path = default;
        Refusal = TargetParser.Parse(_bytes.AsSpan(0, length), method, out _parts);
        if (Refusal == HttpRefusal.None && _parts.Form is TargetForm.Origin or TargetForm.Absolute)
            ResolvePath(length);
        if (Refusal != HttpRefusal.None)
        {
            _parts = default;
            _path = default;
        }
    }

    private void ResolvePath(int length)
    {
        ReadOnlySpan<byte> sent = _parts.Path.Of(_bytes);
        if (sent.IsEmpty)
        {
            _bytes[length] = (byte)'/';
            _path = new HeadRange(length, 1);
        }
        else if (TargetPath.IsCanonical(sent))
        {
            _path = _parts.Path;
        }
        else
        {
            Refusal = TargetPath.Canonicalize(sent, _bytes.AsSpan(length), out int pathLength);
            _path = new HeadRange(length, pathLength);
        }
    }

    private static string TextOf(ReadOnlySpan<byte> bytes, string? last)
    {
        if (bytes.IsEmpty)
            return string.Empty;
        return last is not null && Ascii.Equals(bytes, last) ? last : Encoding.UTF8.GetString(bytes);
    }
}
