using System;
using System.IO;
using System.Net.Sockets;
using Nng.TestKit;

namespace Nng.Interop.Tests.Http;

/// <summary>nginx: files with ranges and compression, uploads by PUT, over TCP, a Unix socket and TLS.</summary>
internal sealed class NginxOrigin : IDisposable
{
    private readonly OriginProcess _process;
    private readonly int _port = ScratchUrl.FreePort();
    private readonly int _securePort = ScratchUrl.FreePort();
    private readonly int _briefPort = ScratchUrl.FreePort();

    public NginxOrigin()
    {
        string folder = OriginProcess.CreateFolder();
        Root = Directory.CreateDirectory(Path.Combine(folder, "www")).FullName;
        OpenToAll(folder);
        OpenToAll(Root);
        File.WriteAllText(Path.Combine(folder, "server.pem"), TestAuthority.Server.CertificatePem);
        File.WriteAllText(Path.Combine(folder, "server.key"), TestAuthority.Server.KeyPem);
        string config = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(config, Config(folder));
        _process = new OriginProcess("nginx", folder, "-p", folder, "-e", "stderr", "-c", config);
        _process.AwaitReady(() => IsListening(_port) && IsListening(_securePort) && IsListening(_briefPort), "nginx listens");
    }

    /// <summary>The folder that is served.</summary>
    public string Root { get; }

    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>The same server; it closes each connection after two requests.</summary>
    public string BriefUrl => $"http://127.0.0.1:{_briefPort}";

    public string SecureUrl => $"https://127.0.0.1:{_securePort}";

    public string UnixUrl => "http+unix://" + Uri.EscapeDataString(Path.Combine(_process.Folder, "web.sock"));

    public void Dispose() => _process.Dispose();

    private string Config(string folder) => $$"""
        daemon off;
        master_process off;
        pid {{folder}}/nginx.pid;
        events { }
        http {
            access_log off;
            client_body_temp_path {{folder}}/bodies;
            proxy_temp_path {{folder}}/proxied;
            fastcgi_temp_path {{folder}}/fast;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            types { text/plain txt; }
            client_max_body_size 0;
            gzip on;
            gzip_types text/plain;
            root {{Root}};
            dav_methods PUT DELETE;
            server { listen 127.0.0.1:{{_port}}; listen unix:{{folder}}/web.sock; }
            server { listen 127.0.0.1:{{_briefPort}}; keepalive_requests 2; }
            server {
                listen 127.0.0.1:{{_securePort}} ssl;
                ssl_certificate {{folder}}/server.pem;
                ssl_certificate_key {{folder}}/server.key;
            }
        }
        """;

    /// <summary>The server may run as another user.</summary>
    private static void OpenToAll(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
    }

    private static bool IsListening(int port)
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
