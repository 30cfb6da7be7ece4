using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Http;

/// <summary>The servers of the process by address, so that holds of one address share one (sheet, 6.3).</summary>
internal static class ServerRegistry
{
    private static readonly Lock s_lock = new();
    private static readonly List<SharedServer> s_servers = [];

    /// <summary>Finds the server of an address, or makes it, and adds a hold.</summary>
    public static NngError Hold(NngUrl url, out SharedServer? server)
    {
        lock (s_lock)
            server = Find(url);
        if (server is not null)
            return NngError.None;
        // Outside the lock: a host name is looked up, which takes its time.
        NngError error = HttpListeners.Create(url, out StreamListener? listener);
        if (error != NngError.None)
            return error;
        lock (s_lock)
        {
            // Somebody may have been faster; the listener that was not needed holds nothing.
            server = Find(url);
            if (server is null)
            {
                server = new SharedServer(url, listener!, Expirer.Default);
                server.TryHold();
                s_servers.Add(server);
            }
        }

        return NngError.None;
    }

    public static void Remove(SharedServer server)
    {
        lock (s_lock)
            s_servers.Remove(server);
    }

    /// <summary>The server of an address with one more hold; null for none. Under the lock.</summary>
    private static SharedServer? Find(NngUrl url)
    {
        foreach (SharedServer server in s_servers)
        {
            if (AreSame(url, server) && server.TryHold())
                return server;
        }

        return null;
    }

    /// <summary>The same kind of stream, host text and port; a port that the system chose stands in for 0.</summary>
    private static bool AreSame(NngUrl url, SharedServer server)
    {
        NngUrl other = server.Url;
        if (ClassOf(url) != ClassOf(other))
            return false;
        if (ClassOf(url) == "unix")
            return PathOf(url) == PathOf(other);
        if (url.HostName != other.HostName)
            return false;
        string port = server.LocalAddress.Port is var bound and > 0
            ? bound.ToString(CultureInfo.InvariantCulture) : other.Port;
        return url.Port == port;
    }

    private static string ClassOf(NngUrl url)
    {
        if (url.IsOpaque || url.Scheme == "http+unix")
            return "unix";
        string family = url.Scheme is [.., '4' or '6'] ? url.Scheme[^1..] : string.Empty;
        return (HttpListeners.IsSecure(url) ? "tls" : "tcp") + family;
    }

    private static string PathOf(NngUrl url) => url.Scheme == "http+unix" && HttpListeners.TryUnixPath(url, out string path)
        ? path : url.Scheme == "abstract" ? '\0' + url.Path : url.Path;
}
