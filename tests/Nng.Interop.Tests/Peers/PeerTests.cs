using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Nng.Interop.Tests.Peers;

/// <summary>What the conversations stand on: the peers are where they are promised, and are what they say.</summary>
public sealed class PeerTests
{
    [Fact]
    public void CI_has_every_peer()
    {
        string[] peers = ["libnng", "libnanomsg", "nngcat", "nanocat"];
        string[] missing = [.. peers.Where(peer => !Peer.IsInstalled(peer))];
        Assert.True(missing.Length == 0 || !Peer.IsPromised, $"Not installed: {string.Join(", ", missing)}.");
    }

    [PeerTheory("nngcat")]
    [InlineData("nngcat", "libnng.so.1")]
    [InlineData("nanocat", "libnanomsg.so.5")]
    public void The_C_tools_are_those_that_link_the_C_libraries(string tool, string library)
    {
        byte[] program = File.ReadAllBytes(PeerTool.PathOf(tool));
        Assert.Equal("\u007fELF"u8, program.AsSpan(0, 4));
        Assert.True(program.AsSpan().IndexOf(Encoding.ASCII.GetBytes(library)) > 0, $"{tool} without {library}");
    }

    [PeerFact("nngcat")]
    public async Task The_C_nngcat_prints_the_C_library_s_version_and_ours_prints_ours()
    {
        using ToolProcess theirs = ToolProcess.Start("nngcat", "--version");
        Assert.Equal(new ToolOutcome(0, Libnng.Version + "\n", string.Empty), await theirs.EndAsync());
        Assert.StartsWith("1.", Libnng.Version, StringComparison.Ordinal);
        using ToolProcess ours = ToolProcess.Start("ours", "--version");
        Assert.Equal(new ToolOutcome(0, NngVersion.Text + "\n", string.Empty), await ours.EndAsync());
        Assert.NotEqual(NngVersion.Text, Libnng.Version);
    }
}
