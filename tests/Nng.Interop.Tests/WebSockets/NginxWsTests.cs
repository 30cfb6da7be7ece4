using System;
using System.IO;
using System.Net.Sockets;
using Nng.Interop.Tests.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.WebSockets;

/// <summary>nginx between sockets of ours: as a WebSocket proxy, and as the end of TLS.</summary>
public sealed class NginxWsTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [ToolTheory("nginx")]
    [InlineData(false)]
    [InlineData(true)]
    public void Sockets_talk_through_a_proxy(bool tls)
    {
        using var rep = new RepSocket(new SocketOptions { ReceiveMaxSize = 0 });
        Listener listener = rep.Listen(ScratchUrl.For("ws") + "/sp");
        int port = ScratchUrl.FreePort();
        string folder = OriginProcess.CreateFolder();
        using OriginProcess nginx = Start(folder, listener.Url, port, tls);
        using var req = new ReqSocket();
        req.SetOption(OptionNames.ReceiveMaxSize, 0L);
        Dialer dialer = req.CreateDialer($"{(tls ? "wss" : "ws")}://127.0.0.1:{port}/outside/sp");
        if (tls)
            dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
        dialer.StartPatiently();
        var random = new Random(port);
        foreach (int size in new[] { 0, 1, 1000, 65_536, 1_000_000, 3 << 20 })
        {
            byte[] body = new byte[size];
            random.NextBytes(body);
            System.Threading.Tasks.Task<Message> answer = req.RequestAsync(new Message(body)).AsTask();
            using (Message request = rep.Receive(s_patience))
                rep.Send(request.Body);
            Assert.True(answer.Wait(s_patience));
            Assert.True(answer.Result.Body.SequenceEqual(body), $"{size} bytes arrive changed");
            answer.Result.Dispose();
        }

        req.Dispose();
        Eventually.Equal(0, () => rep.Inner.PipeCount);
    }

    private static OriginProcess Start(string folder, string url, int port, bool tls)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        File.WriteAllText(Path.Combine(folder, "server.pem"), TestAuthority.Server.CertificatePem);
        File.WriteAllText(Path.Combine(folder, "server.key"), TestAuthority.Server.KeyPem);
        string config = Path.Combine(folder, "nginx.conf");
        string secure = tls ? $"ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.key;" : string.Empty;
        File.WriteAllText(config, $$"""
            daemon off; master_process off; pid {{folder}}/pid;
            events { }
            http {
              access_log off;
              client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f;
              uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
              server {
                listen 127.0.0.1:{{port}}{{(tls ? " ssl" : string.Empty)}};
                {{secure}}
                location /outside/ {
                  proxy_pass http://{{new Uri(url).Authority}}/;
                  proxy_http_version 1.1;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection "upgrade";
                }
              }
            }
            """);
        var nginx = new OriginProcess("nginx", folder, "-p", folder, "-e", "stderr", "-c", config);
        nginx.AwaitReady(() => Listens(port), "nginx listens");
        return nginx;
    }

    private static bool Listens(int port)
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
