using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Nng.Compare;

/// <summary>Finds and builds the programs that are compared.</summary>
internal sealed class Contenders(string root)
{
    /// <summary>The row of libnng's peer program on our C library.</summary>
    public const string OurLibrary = "C program on our libnng.so.1";

    /// <summary>The row of our tcp beside another transport of ours.</summary>
    public const string OurTcp = "Nng over tcp";

    /// <summary>The row of the platform's TLS without us.</summary>
    public const string PlatformTls = "SslStream alone";

    private static readonly (string Name, string Source, string Library)[] s_peers =
    [
        ("libzmq", "peer-zmq.c", "zmq"),
        ("nanomsg", "peer-nanomsg.c", "nanomsg"),
        ("libnng", "peer-nng.c", "nng"),
    ];

    private readonly string _built = Path.Combine(root, "artifacts", "bench");

    /// <summary>Compiles the C peers; returns why some are missing.</summary>
    public IReadOnlyList<string> Build()
    {
        Directory.CreateDirectory(_built);
        var missing = new List<string>();
        foreach ((string name, string source, string library) in s_peers)
        {
            string target = Path.Combine(_built, name);
            string[] words =
            [
                "-O2", "-o", target, Path.Combine(root, "bench", "peers", source), "-l" + library, "-lpthread",
            ];
            try
            {
                using var gcc = Process.Start(new ProcessStartInfo("gcc", words) { RedirectStandardError = true })!;
                string errors = gcc.StandardError.ReadToEnd();
                gcc.WaitForExit();
                if (gcc.ExitCode == 0)
                    continue;
                missing.Add($"{name}: {errors.Split('\n').FirstOrDefault(line => line.Contains("error"), "gcc failed")}");
            }
            catch (System.ComponentModel.Win32Exception exception)
            {
                missing.Add($"{name}: cannot start gcc ({exception.Message})");
            }

            File.Delete(target);
        }

        return missing;
    }

    /// <summary>Who takes part in a scenario, ours first.</summary>
    public IEnumerable<Contender> For(SpScenario scenario)
    {
        string perf = Path.Combine(root, "bench", "Nng.Perf", "bin", "Release", "net10.0", "Nng.Perf.dll");
        foreach ((string name, string[] extra) in scenario.OurRows)
            yield return new Contender(name, ["dotnet", perf], extra);
        if (scenario is { Mode: "thr", Transport: "ws" })
            yield return new Contender(OurTcp, ["dotnet", perf], [], Transport: "tcp", IsReference: true);
        if (scenario is { Mode: "thr", Transport: SpScenario.Tls, Size: > 16384 })
            yield return new Contender(PlatformTls, ["dotnet", perf], ["--sslstream"], IsReference: true);
        foreach ((string name, _, _) in s_peers)
        {
            string program = Path.Combine(_built, name);
            if (!File.Exists(program) || !Knows(name, scenario.Transport))
                continue;
            yield return new Contender(name, [program], []);
            if (scenario.Transport == SpScenario.Tls)
                continue;
            string ours = Path.Combine(root, "artifacts", "capi");
            if (name == "libnng" && File.Exists(Path.Combine(ours, "libnng.so.1")))
                yield return new Contender(OurLibrary, [program], [], ours);
        }
    }

    /// <summary>libzmq has neither TLS nor WebSocket, nanomsg no TLS.</summary>
    private static bool Knows(string peer, string transport) => transport switch
    {
        SpScenario.Tls => peer == "libnng",
        "ws" => peer != "libzmq",
        _ => true,
    };
}
