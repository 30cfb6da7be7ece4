using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nng.Interop.Tests.Http;
using Nng.TestKit;
using Nng.WebSockets;
using Xunit;

namespace Nng.Interop.Tests.WebSockets;

/// <summary>Messages of an application's own between <see cref="NngWebSocket"/> and Node's package <c>ws</c>, both ways.</summary>
public sealed class NodeWebSocketTests
{
    /// <summary>Sends text, bytes, fragments and a ping, and tells what comes back and how it ends.</summary>
    private const string Client = """
        process.env.NODE_TLS_REJECT_UNAUTHORIZED = 0;
        const WebSocket = require('ws');
        const [url, deflate] = process.argv.slice(2);
        const said = [];
        const socket = new WebSocket(url, ['talk.v3', 'talk.v2'], {
            perMessageDeflate: deflate === 'true' && { threshold: 0 }, headers: { 'X-Client': 'node' } });
        socket.on('upgrade', response => said.push(response.headers['x-server']));
        socket.on('open', () => {
            said.push(socket.protocol, socket.extensions || 'plain');
            socket.send('gr\u00fc\u00df dich');
            socket.send(Buffer.alloc(70000, 7));
            socket.send('in ', { fin: false });
            socket.send('three ', { fin: false });
            socket.send('parts', { fin: true });
            socket.ping('hey');
        });
        let left = 4;
        const got = what => { said.push(what); if (--left === 0) socket.close(4001, 'enough'); };
        socket.on('pong', data => got('pong ' + data));
        socket.on('message', (data, binary) => got(binary ? data.length + ' bytes' : '' + data));
        socket.on('close', (code, reason) => console.log([...said, code + ' ' + reason].join('|')));
        socket.on('error', error => { console.log(error.message); process.exit(1); });
        """;

    /// <summary>Echoes, in fragments; closes when it is told to, and turns away who does not know the word.</summary>
    private const string Server = """
        const { WebSocketServer } = require('ws');
        const server = new WebSocketServer({ host: '127.0.0.1', port: 0,
            perMessageDeflate: process.argv[2] === 'true' && { threshold: 0 },
            verifyClient: (info, done) => done(info.req.headers['authorization'] === 'word', 401),
            handleProtocols: protocols => [...protocols].pop() },
            () => console.log('port ' + server.address().port));
        server.on('headers', headers => headers.push('X-Server: node'));
        server.on('connection', (socket, request) => {
            console.log('open ' + request.url + ' ' + (socket.extensions || 'plain'));
            socket.on('message', (data, binary) => {
                if ('' + data === 'go') return socket.close(4002, 'as you wish');
                const half = data.length >> 1;
                socket.send(data.subarray(0, half), { binary, fin: false });
                socket.send(data.subarray(half), { binary, fin: true });
            });
            socket.on('close', (code, reason) => console.log('closed ' + code + ' ' + reason));
        });
        """;

    [ToolTheory("npm")]
    [InlineData("ws", false)]
    [InlineData("ws", true)]
    [InlineData("wss", false)]
    public async Task Node_talks_to_a_listener_of_ours(string scheme, bool deflates)
    {
        using var listener = new NngWebSocketListener(ScratchUrl.For(scheme) + "/talk", new()
        {
            Subprotocols = ["talk.v1", "talk.v2"],
            Headers = [new("X-Server", "ours")],
            Compress = true,
            TlsConfig = scheme == "wss" ? TestAuthority.Server.ServerConfig() : null,
        });
        listener.Listen();
        Task<(int?, string?, string?)> echo = Task.Run(async () =>
        {
            await using NngWebSocket socket = await listener.AcceptAsync();
            await foreach (NngWebSocketMessage message in socket.ReceiveAllAsync())
            {
                if (message.IsText)
                {
                    await socket.SendAsync(message.GetText());
                    message.Dispose();
                }
                else
                {
                    await socket.SendAsync(message.Message);
                }
            }

            return (socket.CloseCode, socket.CloseReason, socket.GetRequestHeader("x-client"));
        });
        string script = NodeModule.Script($"app-client-{scheme}-{deflates}.js", Client);
        string said = await WebTool.RunAsync("node", script, listener.Url, deflates ? "true" : "false");
        string extensions = deflates ? "permessage-deflate" : "plain";
        Assert.Equal(
            $"ours|talk.v2|{extensions}|gr\u00fc\u00df dich|70000 bytes|in three parts|pong hey|4001 \n",
            Sorted(said));
        Assert.Equal((4001, "enough", "node"), await Eventually.Completes(echo));
    }

    [ToolTheory("npm")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task We_talk_to_a_server_of_node(bool deflates)
    {
        using var process = new OriginProcess(
            "node",
            OriginProcess.CreateFolder(),
            NodeModule.Script($"app-server-{deflates}.js", Server),
            deflates ? "true" : "false");
        process.AwaitReady(() => !process.Lines.IsEmpty, "node listens");
        string url = "ws://127.0.0.1:" + process.Lines.First()["port ".Length..];
        NngException refused = await Assert.ThrowsAsync<NngException>(() => NngWebSocket.ConnectAsync(url).AsTask());
        Assert.Equal(NngError.PermissionDenied, refused.Error);
        var options = new NngWebSocketOptions
        {
            Subprotocols = ["a", "b"],
            Headers = [new("Authorization", "word")],
            Compress = deflates,
        };
        await using NngWebSocket socket = await NngWebSocket.ConnectAsync(url + "/path?q=1", options);
        Assert.Equal(("b", "node", deflates), (socket.Subprotocol, socket.GetResponseHeader("x-server"), socket.IsCompressed));
        foreach (int size in new[] { 0, 1, 125, 126, 65_535, 65_536, 500_000 })
        {
            await socket.SendAsync(Enumerable.Repeat((byte)size, size).ToArray());
            using NngWebSocketMessage bytes = await Eventually.Completes(socket.ReceiveAsync().AsTask());
            Assert.True(!bytes.IsText && bytes.Body.Length == size && bytes.Body.IndexOfAnyExcept((byte)size) < 0);
            await socket.SendAsync(new string('\u00fc', size));
            using NngWebSocketMessage text = await Eventually.Completes(socket.ReceiveAsync().AsTask());
            Assert.True(text.IsText && text.GetText() == new string('\u00fc', size));
        }

        await socket.SendAsync("go");
        NngException end = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(socket.ReceiveAsync().AsTask()));
        Assert.Equal(
            (NngError.ConnectionShutdown, 4002, "as you wish"), (end.Error, socket.CloseCode, socket.CloseReason));
        await using (NngWebSocket other = await NngWebSocket.ConnectAsync(url, options))
            await other.CloseAsync(3001, "bye");
        Eventually.True(() => process.Lines.Contains("closed 3001 bye"), "node sees code and reason");
        Assert.Contains("closed 4002 ", process.Lines);
        Assert.Contains("open /path?q=1 " + (deflates ? "permessage-deflate" : "plain"), process.Lines);
    }

    /// <summary>The pong may come before the echoes, or after: it has its place.</summary>
    private static string Sorted(string said)
    {
        List<string> parts = [.. said.Split('|')];
        if (parts.Remove("pong hey"))
            parts.Insert(parts.Count - 1, "pong hey");
        return string.Join('|', parts);
    }
}
