using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nng.Interop.Tests.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.WebSockets;

/// <summary>Node's <c>ws</c> as a client of ours and as a server for ours, with and without compression and TLS.</summary>
public sealed class NodeWsTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly int[] s_sizes = [0, 1, 125, 126, 65_535, 65_536, 300_000, 1_000_000];

    private const string Client = """
        const WebSocket = require('ws');
        const [url, protocol, deflate, sizes, ca] = process.argv.slice(2);
        const options = { perMessageDeflate: deflate === 'true', rejectUnauthorized: false };
        const socket = new WebSocket(url, protocol, options);
        const left = JSON.parse(sizes);
        const next = () => left.length ? socket.send(Buffer.alloc(left[0], left[0] % 251)) : socket.ping('hey');
        socket.on('open', next);
        socket.on('message', (data, binary) => {
            const size = left.shift();
            if (!binary || !Buffer.alloc(size, size % 251).equals(data)) throw new Error('another message: ' + data.length);
            next();
        });
        socket.on('pong', data => socket.close(1000, data));
        socket.on('close', code => console.log('closed ' + code + ' ' + socket.extensions));
        socket.on('error', error => { console.log(error.message); process.exit(1); });
        """;

    private const string Server = """
        const { WebSocketServer } = require('ws');
        const deflate = process.argv[2] === 'true';
        const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: deflate && { threshold: 0 },
            handleProtocols: protocols => [...protocols][0] },
            () => console.log('port ' + server.address().port));
        server.on('connection', socket => {
            socket.on('message', (data, binary) => socket.send(data, { binary }));
            socket.on('close', code => console.log('closed ' + code + ' ' + (socket.extensions || 'plain')));
            setInterval(() => socket.ping('alive'), 20);
        });
        """;

    [ToolTheory("npm")]
    [InlineData("ws", false)]
    [InlineData("ws", true)]
    [InlineData("wss", false)]
    public async Task Node_talks_to_a_socket_of_ours(string scheme, bool deflates)
    {
        // May take as long as fetching the package does; the echo waits less.
        string script = NodeModule.Script($"client-{scheme}-{deflates}.js", Client);
        using var pair = new Pair0Socket(new SocketOptions { ReceiveMaxSize = 0 });
        Listener listener = pair.CreateListener(ScratchUrl.For(scheme) + "/pair");
        listener.SetOption(OptionNames.WsDeflate, true);
        if (scheme == "wss")
            listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        listener.Start();
        Task echo = Task.Run(() =>
        {
            foreach (int size in s_sizes)
            {
                Message message = pair.Receive(s_patience);
                Assert.Equal(size, message.Length);
                pair.Send(message, s_patience);
            }
        });
        string said = await WebTool.RunAsync(
            "node", script, listener.Url, "pair.sp.nanomsg.org", deflates ? "true" : "false",
            "[" + string.Join(',', s_sizes) + "]");
        Assert.Equal(deflates ? "closed 1000 permessage-deflate\n" : "closed 1000 \n", said);
        await Eventually.Completes(echo);
    }

    [ToolTheory("npm")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_socket_of_ours_talks_to_node(bool deflates)
    {
        using var process = new OriginProcess(
            "node",
            OriginProcess.CreateFolder(),
            NodeModule.Script($"server-{deflates}.js", Server),
            deflates ? "true" : "false");
        process.AwaitReady(() => !process.Lines.IsEmpty, "node listens");
        string url = "ws://127.0.0.1:" + process.Lines.First()["port ".Length..] + "/x";
        using (var pair = new Pair0Socket(new SocketOptions { ReceiveMaxSize = 0 }))
        {
            Dialer dialer = pair.CreateDialer(url);
            dialer.SetOption(OptionNames.WsDeflate, deflates);
            dialer.Start();
            var random = new Random(8);
            foreach (int size in s_sizes)
            {
                byte[] body = new byte[size];
                if (size % 2 == 0)
                    random.NextBytes(body);
                pair.Send(body);
                using Message message = pair.Receive(s_patience);
                Assert.True(message.Body.SequenceEqual(body), $"{size} bytes come back changed");
            }
        }

        string end = deflates ? "closed 1000 permessage-deflate" : "closed 1000 plain";
        Eventually.True(() => process.Lines.Contains(end), "node sees the close in order");
    }
}
