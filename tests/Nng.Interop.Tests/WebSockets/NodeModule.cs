using System;
using System.Diagnostics;
using System.IO;
using Nng.Interop.Tests.Http;

namespace Nng.Interop.Tests.WebSockets;

/// <summary>Node's package <c>ws</c>, fetched once into a folder that goes with the process.</summary>
internal static class NodeModule
{
    private const int InstallMs = 120_000;

    private static readonly Lazy<string> s_folder = new(Install);

    /// <summary>Writes a script beside the package; returns its path.</summary>
    public static string Script(string name, string text)
    {
        string path = Path.Combine(s_folder.Value, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Install()
    {
        string folder = OriginProcess.CreateFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        File.WriteAllText(Path.Combine(folder, "package.json"), """{ "private": true }""");
        var start = new ProcessStartInfo(
            WebTool.PathOf("npm")!, ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=5", "ws@8"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process npm = Process.Start(start)!;
        System.Threading.Tasks.Task<string> output = npm.StandardOutput.ReadToEndAsync();
        System.Threading.Tasks.Task<string> errors = npm.StandardError.ReadToEndAsync();
        if (!npm.WaitForExit(InstallMs))
            npm.Kill(entireProcessTree: true);
        npm.WaitForExit();
        return npm.ExitCode == 0
            ? folder : throw new InvalidOperationException($"npm: {output.Result}\n{errors.Result}");
    }
}
