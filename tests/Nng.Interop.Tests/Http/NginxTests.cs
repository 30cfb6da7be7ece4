using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>nginx as a reverse proxy in front of our server.</summary>
public sealed class NginxTests
{
    [ToolFact("nginx")]
    public async Task A_proxy_in_front_changes_nothing()
    {
        using var site = new WebSite();
        int port = ScratchUrl.FreePort();
        string directory = Directory.CreateTempSubdirectory("nng-nginx-").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "nginx.conf"), $$"""
            daemon off; pid {{directory}}/pid; error_log {{directory}}/error.log; worker_processes 1;
            events { worker_connections 64; }
            http {
              access_log off; client_max_body_size 0;
              client_body_temp_path {{directory}}/body; proxy_temp_path {{directory}}/proxy;
              fastcgi_temp_path {{directory}}/f; uwsgi_temp_path {{directory}}/u; scgi_temp_path {{directory}}/s;
              upstream ours { server {{site.Address}}; keepalive 4; }
              server {
                listen 127.0.0.1:{{port}};
                location / { proxy_pass http://ours; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_request_buffering off; }
              }
            }
            """);
        using (WebTool nginx = WebTool.Start("nginx", "-p", directory, "-c", Path.Combine(directory, "nginx.conf")))
        {
            Eventually.True(() => Listens(port), "nginx listens");
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal("Hello, World!", await client.GetStringAsync("/plaintext"));
                Assert.Equal(site.FileBytes, await client.GetByteArrayAsync("/file"));
                Assert.EndsWith("line 99\n", await client.GetStringAsync("/stream"));
                HttpResponseMessage sum = await client.PostAsync("/sum", new ByteArrayContent(new byte[100_000 * i]));
                Assert.Equal($"{100_000 * i}", await sum.Content.ReadAsStringAsync());
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/missing")).StatusCode);
            }

            // Kept connections of the proxy, not one a request.
            Assert.InRange(site.Server.ConnectionCount, 1, 8);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static bool Listens(int port)
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
