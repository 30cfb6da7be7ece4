using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>Builds and starts the servers that are compared.</summary>
internal sealed class HttpContenders(string root)
{
    public const string Kestrel = "Kestrel";
    public const string Nginx = "nginx";
    public const string Libnng = "libnng";
    public const string OurLibrary = Contenders.OurLibrary;

    private const int FileBytes = 1 << 20;

    /// <summary>Asks servers.</summary>
    private const string Wrk = "wrk";

    private readonly string _built = Path.Combine(root, "artifacts", "bench");

    private string KestrelFolder => Path.Combine(_built, "kestrel");

    private string NginxFolder => Path.Combine(_built, "nginx");

    private string KestrelServer => Path.Combine(KestrelFolder, "kestrel.dll");

    private string CServer => Path.Combine(_built, "http-nng");

    private string Perf => Path.Combine(root, "bench", "Nng.Perf", "bin", "Release", "net10.0", "Nng.Perf.dll");

    /// <summary>Compiles the peers; returns why some are missing, whose files are then not there.</summary>
    public IReadOnlyList<string> Build()
    {
        Directory.CreateDirectory(_built);
        string peers = Path.Combine(root, "bench", "peers");
        var missing = new List<string>();
        Try(Libnng, CServer, "gcc", "-O2", "-o", CServer, Path.Combine(peers, "http-nng.c"), "-lnng", "-lpthread");
        Try(
            Kestrel,
            KestrelServer,
            ["dotnet", "build", "-c", "Release", Path.Combine(peers, "kestrel"), "-o", KestrelFolder, "-v", "quiet"]);
        if (!Installed.Has(Nginx))
            missing.Add($"{Nginx}: not installed");
        if (!Installed.Has(Wrk))
            missing.Add($"all servers: {Wrk} is not installed");
        return missing;

        void Try(string name, string result, params string[] words)
        {
            string problem = ErrorsOf(words[0], words[1..]);
            if (problem.Length == 0)
                return;
            missing.Add($"{name}: {problem}");
            if (File.Exists(result))
                File.Delete(result);
        }
    }

    /// <summary>Whether the row can take part: its server is there, and who asks it.</summary>
    public bool Has(HttpRow row) => (row.Client is not null || Installed.Has(Wrk)) && row.Server switch
    {
        Kestrel => File.Exists(KestrelServer),
        Nginx => Installed.Has(Nginx),
        Libnng => File.Exists(CServer),
        OurLibrary => File.Exists(CServer) && File.Exists(Path.Combine(root, "artifacts", "capi", "libnng.so.1")),
        _ => true,
    };

    /// <summary>Starts the server of a row.</summary>
    public Task<HttpServerProcess> StartAsync(string row) => row switch
    {
        Kestrel => HttpServerProcess.StartAsync(
            port => ["dotnet", KestrelServer, Text(port)], null),
        Nginx => HttpServerProcess.StartAsync(DescribeNginx, null),
        Libnng => HttpServerProcess.StartAsync(port => [CServer, Text(port)], null),
        OurLibrary => HttpServerProcess.StartAsync(
            port => [CServer, Text(port)], Path.Combine(root, "artifacts", "capi")),
        _ => HttpServerProcess.StartAsync(port => ["dotnet", Perf, "http", Text(port)], null),
    };

    /// <summary>Runs one of our clients, or its competitor, and gives its figure.</summary>
    public Task<double> FetchAsync(Uri url, TimeSpan length, params string[] extra) => Figures.RunAsync(
        "rt_per_s",
        length,
        ["dotnet", Perf, "fetch", url.AbsoluteUri, length.TotalSeconds.ToString(CultureInfo.InvariantCulture), .. extra]);

    /// <summary>One worker, everything else as it comes, but for logs and the limit of a connection's requests.</summary>
    private string[] DescribeNginx(int port)
    {
        Directory.CreateDirectory(NginxFolder);
        File.WriteAllBytes(Path.Combine(NginxFolder, "file"), new byte[FileBytes]);
        string configuration = Path.Combine(NginxFolder, "nginx.conf");
        string account = Environment.UserName == "root" ? "user root;" : "";
        File.WriteAllText(configuration, $$"""
            {{account}}
            worker_processes 1;
            daemon off;
            pid nginx.pid;
            error_log stderr crit;
            events { worker_connections 256; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 1000000000;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:{{port}};
                root "{{NginxFolder}}";
                location = /plaintext { default_type text/plain; return 200 "Hello, World!"; }
              }
            }

            """);
        return ["nginx", "-p", NginxFolder, "-c", configuration];
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static string ErrorsOf(string program, string[] words)
    {
        try
        {
            var start = new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return "";
            return (errors + output.Result).Split('\n').FirstOrDefault(line => line.Contains("error"), $"{program} failed");
        }
        catch (Win32Exception exception)
        {
            return $"cannot start {program} ({exception.Message})";
        }
    }
}
