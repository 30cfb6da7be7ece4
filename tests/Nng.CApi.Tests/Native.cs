using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;

namespace Nng.CApi.Tests;

/// <summary>The library under test, the compiler and the original library.</summary>
internal static class Native
{
    private static readonly Lazy<string> s_library = new(Publish);

    /// <summary>The folder that holds our libnng.so.1; compiles it ahead of time on first use.</summary>
    public static string LibraryFolder => s_library.Value;

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "..", ".."));

    /// <summary>Our headers.</summary>
    public static string Headers { get; } = Path.Combine(Root, "src", "Nng.CApi", "include");

    public static string Programs { get; } = Path.Combine(SourceFolder(), "programs");

    /// <summary>Programs for what only the 1.12 line has, compiled against our headers.</summary>
    public static string NewerPrograms { get; } = Path.Combine(Programs, "v112");

    /// <summary>Programs of the older library, compiled against its headers.</summary>
    public static string OlderPrograms { get; } = Path.Combine(Programs, "nanomsg5");

    /// <summary>CI installs every peer and has time for the long runs.</summary>
    public static bool IsCI { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>A C compiler and the original's headers and library are installed.</summary>
    public static bool IsReady => OperatingSystem.IsLinux() && File.Exists("/usr/include/nng/nng.h")
        && File.Exists("/usr/include/nanomsg/nn.h")
        && (File.Exists("/usr/bin/cc") || File.Exists("/usr/bin/gcc"));

    /// <summary>Compiles a program against the original's headers; gives the executable.</summary>
    public static string Compile(string program)
    {
        return CompileAlone(Path.Combine(Programs, program + ".c"), program, "/usr/include", "-lnng -lpthread");
    }

    /// <summary>Compiles a program against our headers and library.</summary>
    public static string CompileAgainstOurs(string source)
    {
        return CompileAlone(source, Path.GetFileNameWithoutExtension(source), Headers, $"-L{LibraryFolder} -lnng -lpthread");
    }

    /// <summary>Compiles a program against the headers of a folder.</summary>
    public static string CompileAlone(string source, string name, string include, string libraries = "")
    {
        string folder = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "capi-tests")).FullName;
        string executable = Path.Combine(folder, name);
        Outcome outcome = Run(
            "cc", $"-std=gnu11 -O1 -Wall -Werror -Wno-deprecated-declarations -I{include} -o {executable} {source} {libraries}", null);
        if (outcome.Code != 0)
            throw new InvalidOperationException($"{source} does not compile:\n{outcome.Errors}");
        return executable;
    }

    /// <summary>Runs a program, with the libraries of a folder found first; killed after a while.</summary>
    public static Outcome Run(string file, string arguments, string? libraryFolder, int limitMs = 60_000)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (libraryFolder is null)
            start.Environment.Remove("LD_LIBRARY_PATH");
        else
            start.Environment["LD_LIBRARY_PATH"] = libraryFolder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(limitMs);
        if (!ended)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new Outcome(ended ? process.ExitCode : -1, output.Result, errors.Result + (ended ? string.Empty : "\nkilled: too slow"));
    }

    private static string Publish()
    {
        Outcome outcome = Run("bash", Path.Combine(Root, "eng", "publish-capi.sh"), null, 600_000);
        if (outcome.Code != 0)
            throw new InvalidOperationException($"The C library could not be published:\n{outcome.Output}{outcome.Errors}");
        return Path.Combine(Root, "artifacts", "capi", "lib");
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
