using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Nng.Interop.Tests.Peers;

/// <summary>What the conversations with the C implementations stand on: the peers are installed where CI promises them.</summary>
public sealed class PeerTests
{
    [Fact]
    public void CI_has_the_C_tools()
    {
        string[] missing = [.. new[] { "nngcat", "nanocat" }.Where(tool => FindOnPath(tool) is null)];
        bool isCi = Environment.GetEnvironmentVariable("CI") == "true";
        Assert.True(missing.Length == 0 || !isCi, $"Not installed: {string.Join(", ", missing)}.");
    }

    private static string? FindOnPath(string tool)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
    }
}
