using System;
using System.Collections.Generic;
using System.Text;

namespace Nng.Http;

/// <summary>All handlers of a server by path: an immutable snapshot, replaced as a whole when one comes or goes.</summary>
/// <remarks>
/// The deepest path wins. A handler that lacks the method leaves the request to those above it, and only when none of
/// them has it the answer is 405 (sheet, 6.5).
/// </remarks>
internal sealed class RouteTable
{
    private readonly HttpHandler[] _handlers;
    private readonly Dictionary<byte[], RouteNode> _nodes = new(PathComparer.Instance);
    private readonly Dictionary<byte[], RouteNode>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly HashSet<string> _methods = new(StringComparer.Ordinal);

    /// <summary>Segments of the deepest path registered.</summary>
    private readonly int _depth;

    private RouteTable(HttpHandler[] handlers)
    {
        _handlers = handlers;
        _lookup = _nodes.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (HttpHandler handler in handlers)
        {
            byte[] path = Encoding.UTF8.GetBytes(handler.TrimmedPath);
            if (!_nodes.TryGetValue(path, out RouteNode? node))
                _nodes.Add(path, node = new RouteNode());
            node.Add(handler);
            _depth = Math.Max(_depth, path.AsSpan().Count((byte)'/'));
            if (handler.Method is not null)
                _methods.Add(handler.Method);
        }
    }

    public static RouteTable Empty { get; } = new([]);

    public ReadOnlySpan<HttpHandler> Handlers => _handlers;

    /// <summary>The table with one more handler.</summary>
    /// <returns>Null when it conflicts with one that is there.</returns>
    public RouteTable? With(HttpHandler handler)
    {
        foreach (HttpHandler other in _handlers)
        {
            if (Conflict(handler, other))
                return null;
        }

        return new RouteTable([.. _handlers, handler]);
    }

    /// <summary>The table without a handler; null when it is not there.</summary>
    public RouteTable? Without(HttpHandler handler)
    {
        int index = Array.IndexOf(_handlers, handler);
        return index < 0 ? null : new RouteTable([.. _handlers[..index], .. _handlers[(index + 1)..]]);
    }

    /// <summary>Finds who serves a request.</summary>
    /// <param name="path">The canonical path.</param>
    /// <param name="host">Host as sent; empty for none.</param>
    /// <param name="method">The method.</param>
    /// <param name="handler">Who serves it.</param>
    public RouteOutcome Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host, string method, out HttpHandler? handler)
    {
        bool hasPath = false;
        bool slash = TrimSlash(ref path);
        for (ReadOnlySpan<byte> prefix = path; ;)
        {
            if (_lookup.TryGetValue(prefix, out RouteNode? node))
            {
                handler = node.Find(host, method, prefix.Length < path.Length, slash, ref hasPath);
                if (handler is not null)
                    return RouteOutcome.Found;
            }

            if (prefix.IsEmpty)
                break;
            prefix = Parent(path, prefix);
        }

        handler = null;
        if (!HttpMethods.IsKnown(method) && !_methods.Contains(method))
            return RouteOutcome.MethodUnknown;
        return hasPath ? RouteOutcome.MethodNotAllowed : RouteOutcome.NotFound;
    }

    /// <summary>The value of Allow for a path (RFC 9110 section 10.2.1).</summary>
    public string AllowedMethods(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host)
    {
        var methods = new List<string>();
        TrimSlash(ref path);
        for (ReadOnlySpan<byte> prefix = path; ; prefix = Parent(path, prefix))
        {
            if (_lookup.TryGetValue(prefix, out RouteNode? node))
                node.CollectMethods(host, prefix.Length < path.Length, methods);
            if (prefix.IsEmpty)
                return string.Join(", ", methods);
        }
    }

    /// <summary>The value of Allow for the server as a whole.</summary>
    public string AllowedMethods()
    {
        var methods = new List<string>();
        foreach (string method in _methods)
            AddMethod(methods, method);
        AddMethod(methods, HttpMethods.Options);
        return string.Join(", ", methods);
    }

    /// <summary>Adds a method once, and HEAD with GET.</summary>
    public static void AddMethod(List<string> methods, string method)
    {
        if (!methods.Contains(method))
            methods.Add(method);
        if (method == HttpMethods.Get && !methods.Contains(HttpMethods.Head))
            methods.Add(HttpMethods.Head);
    }

    /// <summary>Whether two handlers cannot be registered together (sheet, 6.5).</summary>
    private static bool Conflict(HttpHandler a, HttpHandler b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.Method != b.Method || !HostRule.AreEqual(a.HostRule, b.HostRule))
            return false;
        if (a.Tree != HttpTreeMode.Exclusive && b.Tree != HttpTreeMode.Exclusive)
            return a.TrimmedPath == b.TrimmedPath && a.IsDirectoryPath == b.IsDirectoryPath;
        (HttpHandler upper, HttpHandler lower) = a.TrimmedPath.Length <= b.TrimmedPath.Length ? (a, b) : (b, a);
        if (upper.TrimmedPath.Length == lower.TrimmedPath.Length)
            return upper.TrimmedPath == lower.TrimmedPath;
        return upper.Tree != HttpTreeMode.None
            && lower.TrimmedPath[upper.TrimmedPath.Length] == '/'
            && lower.TrimmedPath.StartsWith(upper.TrimmedPath, StringComparison.Ordinal);
    }

    /// <summary>The root is the empty path; true when a slash was dropped.</summary>
    private static bool TrimSlash(ref ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path[^1] != '/')
            return false;
        path = path[..^1];
        return true;
    }

    /// <summary>The path above, at most as deep as anything registered: a path of many slashes costs no more.</summary>
    private ReadOnlySpan<byte> Parent(ReadOnlySpan<byte> path, ReadOnlySpan<byte> prefix)
    {
        if (prefix.Length == path.Length && path.Count((byte)'/') > _depth)
        {
            int end = 0;
            for (int i = 0; i <= _depth; i++)
                end += path[end..].IndexOf((byte)'/') + 1;
            return path[..(end - 1)];
        }

        return prefix[..prefix.LastIndexOf((byte)'/')];
    }

    /// <summary>Compares paths by their bytes.</summary>
    private sealed class PathComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static PathComparer Instance { get; } = new();

        public bool Equals(byte[]? a, byte[]? b) => a.AsSpan().SequenceEqual(b);

        public bool Equals(ReadOnlySpan<byte> a, byte[] b) => a.SequenceEqual(b);

        public int GetHashCode(byte[] path) => GetHashCode((ReadOnlySpan<byte>)path);

        public int GetHashCode(ReadOnlySpan<byte> path)
        {
            // The keys are the application's: a peer cannot make them collide.
            uint hash = (uint)path.Length;
            foreach (byte b in path)
                hash = (hash * 31) + b;
            return (int)hash;
        }

        public byte[] Create(ReadOnlySpan<byte> path) => path.ToArray();
    }
}
