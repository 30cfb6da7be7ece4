using System.Threading.Tasks;
using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>Node's http module as a client.</summary>
public sealed class NodeTests
{
    [ToolFact("node")]
    public async Task A_kept_connection_uploads_and_trailers()
    {
        using var site = new WebSite();
        string script = """
            const http = require('http');
            const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
            const ask = (path, method, body) => new Promise((resolve, reject) => {
              const request = http.request({ host: '127.0.0.1', port: PORT, path, method, agent }, response => {
                let text = ''; response.on('data', piece => text += piece);
                response.on('end', () => resolve(response.statusCode + ' ' + text.length));
              });
              request.on('error', reject);
              if (body) { for (const piece of body) request.write(piece); request.addTrailers({ 'X-End': '1' }); }
              request.end();
            });
            (async () => {
              for (let i = 0; i < 50; i++) {
                const got = [await ask('/plaintext', 'GET'), await ask('/echo', 'POST', ['ab', 'c'.repeat(70000)]),
                  await ask('/missing', 'GET'), await ask('/stream', 'GET'), await ask('/plaintext', 'HEAD')].join(',');
                if (!/^200 13,200 70002,404 \d+,200 790,200 0$/.test(got)) throw new Error(got);
              }
              console.log('done'); agent.destroy();
            })().catch(error => { console.log(error.message); process.exit(1); });
            """;
        Assert.Equal("done\n", await WebTool.RunAsync("node", "-e", script.Replace("PORT", $"{site.Server.Port}")));
    }
}
