using System;
using System.Collections.Generic;

namespace Nng.Http;

/// <summary>All handlers of one path, those with a host first, in the order of their registration.</summary>
internal sealed class RouteNode
{
    private readonly List<HttpHandler> _handlers = [];

    public void Add(HttpHandler handler)
    {
        int at = _handlers.Count;
        if (handler.HostRule is not null)
        {
            at = 0;
            while (at < _handlers.Count && _handlers[at].HostRule is not null)
                at++;
        }

        _handlers.Insert(at, handler);
    }

    /// <summary>
    /// The best handler for a request: of a host before any host, then with the very method, then GET for HEAD, then
    /// for any method; null for none.
    /// </summary>
    /// <param name="host">Host as sent; empty for none.</param>
    /// <param name="method">The method.</param>
    /// <param name="below">The request's path lies below this node's.</param>
    /// <param name="slash">The request's path ends in a slash.</param>
    /// <param name="hasPath">Set when a handler would serve it but for its method.</param>
    public HttpHandler? Find(ReadOnlySpan<byte> host, string method, bool below, bool slash, ref bool hasPath)
    {
        HttpHandler? best = null;
        int bestRank = 0;
        foreach (HttpHandler handler in _handlers)
        {
            if (below && handler.Tree == HttpTreeMode.None)
                continue;
            if (handler.HostRule is not null && !handler.HostRule.Matches(host))
                continue;
            hasPath = true;
            int rank = Rank(handler, method, slash);
            if (rank > bestRank)
            {
                best = handler;
                bestRank = rank;
            }
        }

        return best;
    }

    /// <summary>Adds the methods of the handlers that would serve a path.</summary>
    public void CollectMethods(ReadOnlySpan<byte> host, bool below, List<string> methods)
    {
        foreach (HttpHandler handler in _handlers)
        {
            if (handler.Method is not { } method || (below && handler.Tree == HttpTreeMode.None))
                continue;
            if (handler.HostRule is null || handler.HostRule.Matches(host))
                RouteTable.AddMethod(methods, method);
        }
    }

    /// <summary>0: it does not serve the method.</summary>
    private static int Rank(HttpHandler handler, string method, bool slash)
    {
        int rank = handler.Method is null ? 1
            : handler.Method == method ? 3
            : handler.Method == HttpMethods.Get && method == HttpMethods.Head ? 2 : 0;
        if (rank == 0)
            return 0;
        return (handler.HostRule is null ? 0 : 8) + (2 * rank) + (handler.IsDirectoryPath == slash ? 1 : 0);
    }
}
