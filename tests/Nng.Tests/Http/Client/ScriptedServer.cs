using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;

namespace Nng.Tests.Http.Client;

/// <summary>
/// A server whose answers are literal bytes: for each request head a script writes what it likes. A script that
/// returns false closes the connection.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly NngStreamListener _listener;
    private readonly Func<HttpConnection, HttpRequest, Task<bool>> _script;
    private readonly ConcurrentBag<HttpConnection> _connections = [];
    private int _accepted;

    private ScriptedServer(string scheme, Func<HttpConnection, HttpRequest, Task<bool>> script)
    {
        _script = script;
        _listener = new NngStreamListener(ScratchUrl.For(scheme));
        if (scheme == "tls+tcp")
            _listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        _listener.Listen();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public NngUrl StreamUrl => NngUrl.Parse(_listener.Url);

    /// <summary>The URL a client is made with.</summary>
    public string Url => StreamUrl.Scheme switch
    {
        "ipc" => "http+unix://" + Uri.EscapeDataString(StreamUrl.Path),
        "tls+tcp" => $"https://127.0.0.1:{StreamUrl.Port}",
        _ => $"http://127.0.0.1:{StreamUrl.Port}",
    };

    /// <summary>Connections so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>The heads of all requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public static ScriptedServer Start(
        Func<HttpConnection, HttpRequest, Task<bool>> script, string scheme = "tcp") => new(scheme, script);

    /// <summary>Answers each request with the same bytes.</summary>
    public static ScriptedServer Answering(string answer, bool keep = true, string scheme = "tcp") => new(scheme, async (c, _) =>
    {
        await WriteAsync(c, answer);
        return keep;
    });

    public static async Task WriteAsync(HttpConnection connection, string latin1) =>
        await connection.WriteAllAsync(Encoding.Latin1.GetBytes(latin1));

    public static async Task<string> ReadAsync(HttpConnection connection, int count)
    {
        var bytes = new byte[count];
        await connection.ReadAllAsync(bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (HttpConnection connection in _connections)
            connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new HttpConnection(await _listener.AcceptAsync());
                Interlocked.Increment(ref _accepted);
                _connections.Add(connection);
                _ = ServeAsync(connection);
            }
        }
        catch (NngException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(HttpConnection connection)
    {
        try
        {
            bool goesOn = true;
            while (goesOn)
            {
                var request = new HttpRequest();
                await connection.ReadRequestAsync(request);
                Requests.Enqueue(Describe(request));
                goesOn = await _script(connection, request);
            }
        }
        catch (NngException)
        {
            // The client has gone.
        }

        connection.Close();
    }

    private static string Describe(HttpRequest request)
    {
        var text = new StringBuilder($"{request.Method} {request.Uri} {request.Version}\r\n");
        foreach (KeyValuePair<string, string> header in request.Headers)
            text.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        return text.ToString();
    }
}
