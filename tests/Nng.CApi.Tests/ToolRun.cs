using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.NetworkInformation;
using System.Text;
using System.Threading.Tasks;
using Nng.TestKit;

namespace Nng.CApi.Tests;

/// <summary>Which program plays a part: Debian's on the original library or on ours, or our managed nngcat.</summary>
internal enum ToolKind
{
    Original,
    Ours,
    Managed,
}

/// <summary>One line of <c>tools.txt</c>, run by two processes: what they printed and how they ended.</summary>
internal sealed class ToolRun
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<string> s_certificate = new(WriteCertificate);
    private static readonly Lazy<string> s_text = new(() => Write("txt", "a text\tof a file"));

    private readonly string[] _fields;
    private readonly string _path = ScratchPath("sock");
    private readonly int _port = ScratchUrl.FreePort();

    public ToolRun(string line)
    {
        _fields = [.. line.Split('|').Select(field => field.Trim())];
    }

    public string Tool => _fields[0];

    /// <summary>Debian's tool: a bare name could be our own, which lies beside the tests.</summary>
    public static string PathOf(string tool) => Path.Combine("/usr/bin", tool);

    /// <summary>Our managed tool can play a part: it is nngcat, and there are two.</summary>
    public bool HasManagedTwin => Tool == "nngcat" && Second.Length > 0;

    private string First => _fields[1];

    private string Second => _fields.ElementAtOrDefault(2) ?? string.Empty;

    /// <summary>Both are stopped once the first has printed this many characters; 0 lets them end by themselves.</summary>
    private int Stop => int.TryParse(_fields.ElementAtOrDefault(3), out int count) ? count : 0;

    /// <summary>The lines of the table.</summary>
    public static IEnumerable<string> Table() =>
        File.ReadLines(Path.Combine(Native.Programs, "tools.txt")).Where(line => line.Length > 0 && line[0] != '#');

    /// <summary>What both did; that they did not come to an end, a tool may have left too soon, is said, too.</summary>
    public async Task<string> RunAsync(ToolKind first, ToolKind second)
    {
        try
        {
            return await PlayAsync(first, second);
        }
        catch (TimeoutException)
        {
            return $"{first}, {second}: no end within {s_limit.TotalSeconds} s";
        }
    }

    private async Task<string> PlayAsync(ToolKind first, ToolKind second)
    {
        using Process one = Start(first, First);
        Task<string> output = Stop > 0 ? ReadSomeAsync(one) : one.StandardOutput.ReadToEndAsync();
        Task<string> errors = one.StandardError.ReadToEndAsync();
        string text = string.Empty;
        try
        {
            if (Second.Length > 0)
            {
                await UntilListeningAsync(one);
                text = await AnswerAsync(second, output);
            }

            text += $"first: {await output.WaitAsync(s_limit)}";
            if (Stop == 0)
            {
                await one.WaitForExitAsync().WaitAsync(s_limit);
                text += $"{one.ExitCode}\n{await errors}";
            }
        }
        finally
        {
            one.Kill();
            File.Delete(_path);
        }

        return text.Replace(_path, "{path}", StringComparison.Ordinal).Replace($"{_port}", "{port}", StringComparison.Ordinal);
    }

    /// <summary>Runs the one that dials until both have done their work; gives what it said, if it ended by itself.</summary>
    private async Task<string> AnswerAsync(ToolKind kind, Task<string> outputOfFirst)
    {
        using Process two = Start(kind, Second);
        Task<string> output = two.StandardOutput.ReadToEndAsync();
        Task<string> errors = two.StandardError.ReadToEndAsync();
        try
        {
            await outputOfFirst.WaitAsync(s_limit);
            if (Stop > 0)
                return string.Empty;
            await two.WaitForExitAsync().WaitAsync(s_limit);
            return $"second: {two.ExitCode}\n{await output}{await errors}";
        }
        finally
        {
            two.Kill();
        }
    }

    private async Task<string> ReadSomeAsync(Process process)
    {
        char[] text = new char[Stop];
        int count = await process.StandardOutput.ReadBlockAsync(text, 0, text.Length);
        return new string(text, 0, count);
    }

    private Process Start(ToolKind kind, string arguments)
    {
        string filled = arguments.Replace("{url}", $"ipc://{_path}", StringComparison.Ordinal)
            .Replace("{path}", _path, StringComparison.Ordinal).Replace("{port}", $"{_port}", StringComparison.Ordinal)
            .Replace("{pem}", s_certificate.Value, StringComparison.Ordinal)
            .Replace("{file}", s_text.Value, StringComparison.Ordinal);
        ProcessStartInfo start = kind == ToolKind.Managed
            ? new("dotnet", $"{Path.Combine(AppContext.BaseDirectory, "nngcat.dll")} {filled}") : new(PathOf(Tool), filled);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        if (kind == ToolKind.Ours)
            start.Environment["LD_LIBRARY_PATH"] = Native.LibraryFolder;
        else
            start.Environment.Remove("LD_LIBRARY_PATH");
        return Process.Start(start)!;
    }

    /// <summary>Waits until the first has bound its address; it need not live that long.</summary>
    private async Task UntilListeningAsync(Process process)
    {
        bool byPort = First.Contains("{port}", StringComparison.Ordinal);
        while (!process.HasExited && !(byPort ? IsListening() : IsServing(_path)))
            await Task.Delay(10);
    }

    private bool IsListening() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(endPoint => endPoint.Port == _port);

    /// <summary>Somebody accepts on the path: that the file is there, it is from the bind on, says less.</summary>
    public static bool IsServing(string path) => File.ReadAllLines("/proc/net/unix").Any(line =>
        line.EndsWith(path, StringComparison.Ordinal) && line.Contains(" 00010000 ", StringComparison.Ordinal));

    /// <summary>The certificate and key of the C programs, as a file.</summary>
    private static string WriteCertificate()
    {
        string source = File.ReadAllText(Path.Combine(Native.Programs, "identity.h"));
        string own = source[..source.IndexOf("stranger", StringComparison.Ordinal)];
        IEnumerable<string> lines = own.Split('"').Where(part => part.EndsWith("\\n", StringComparison.Ordinal));
        return Write("pem", string.Concat(lines).Replace("\\n", "\n", StringComparison.Ordinal));
    }

    private static string Write(string extension, string text)
    {
        string path = ScratchPath(extension);
        File.WriteAllText(path, text);
        return path;
    }

    private static string ScratchPath(string extension) =>
        Path.Combine(Path.GetTempPath(), $"nng-tools-{Guid.NewGuid():N}.{extension}");
}
