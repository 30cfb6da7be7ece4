using System;
using System.IO;
using System.Linq;

namespace Nng.Interop.Tests.Http;

/// <summary>Node's http server: echoes, trailers, early hints, 100 (Continue), and answers before the body's end.</summary>
internal sealed class NodeOrigin : IDisposable
{
    private const string Script = """
        const http = require('http');
        const crypto = require('crypto');

        function answer(request, response) {
            switch (request.url) {
                case '/echo':
                    response.setHeader('X-Framing', request.headers['transfer-encoding'] || request.headers['content-length'] || 'none');
                    request.pipe(response);
                    break;
                case '/sum': {
                    const hash = crypto.createHash('sha256');
                    request.on('data', part => hash.update(part));
                    request.on('end', () => response.end(hash.digest('hex').toUpperCase()));
                    break;
                }
                case '/trailers':
                    response.writeHead(200, { Trailer: 'X-Sum' });
                    response.write('part one, ');
                    response.write('part two');
                    response.addTrailers({ 'X-Sum': '42' });
                    response.end();
                    break;
                case '/hints':
                    response.writeEarlyHints({ link: '</a.css>; rel=preload' });
                    response.end('late');
                    break;
                case '/close':
                    response.setHeader('Connection', 'close');
                    response.end('bye');
                    break;
                case '/refuse':
                    response.writeHead(413, { Connection: 'close' });
                    response.end('too much');
                    break;
                case '/headers':
                    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
                    response.end(JSON.stringify(request.rawHeaders));
                    break;
                case '/none':
                    response.writeHead(204);
                    response.end();
                    break;
                default:
                    response.writeHead(404);
                    response.end('nothing here');
            }
        }

        const server = http.createServer(answer);
        server.on('checkContinue', (request, response) => {
            if (request.url !== '/refuse')
                response.writeContinue();
            answer(request, response);
        });
        server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
        """;

    private readonly OriginProcess _process;

    public NodeOrigin()
    {
        string folder = OriginProcess.CreateFolder();
        string script = Path.Combine(folder, "server.js");
        File.WriteAllText(script, Script);
        _process = new OriginProcess("node", folder, script);
        _process.AwaitReady(() => !_process.Lines.IsEmpty, "node listens");
        Url = "http://127.0.0.1:" + _process.Lines.First()["port ".Length..];
    }

    public string Url { get; }

    public void Dispose() => _process.Dispose();
}
