using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>Our nngcat, the C tools and our sockets in conversation, and our nngcat's own manners.</summary>
public sealed class NngcatTests
{
    public static IEnumerable<object[]> Both()
    {
        foreach ((string listener, string dialer) in ((string, string)[])[("ours", "nngcat"), ("nngcat", "ours")])
        {
            foreach (string pattern in (string[])["req", "push", "pub", "survey", "pair0", "pair1", "bus"])
                yield return [listener, dialer, pattern];
        }
    }

    [PeerTheory("nngcat")]
    [MemberData(nameof(Both))]
    public async Task Tools_talk_in_every_pattern_both_ways(string listener, string dialer, string pattern)
    {
        string url = ScratchUrl.For(pattern is "push" or "survey" ? "ipc" : "tcp");
        (string listen, string dial, string heard, string answer) = pattern switch
        {
            "req" => ("--rep0 -D pong -Q --count=1", "--req0 -D ping -Q --count=1 --interval=5 --recv-timeout=10", "ping", "pong"),
            "push" => ("--pull0 -Q --count=1", "--push0 -D job", "job", string.Empty),
            "pub" => ("--sub0 -Q --count=1 --subscribe=k", "--pub0 -D key --delay=1", "key", string.Empty),
            "survey" => ("--respondent0 -D here -Q --count=1", "--surveyor0 -D who -Q --delay=1", "who", "here"),
            "pair0" => ("--pair0 -D b -Q --delay=2 --recv-timeout=3", "--pair0 -D a -Q --recv-timeout=6", "a", "b"),
            "pair1" => ("--pair1 -D b -Q --delay=2 --recv-timeout=3", "--pair1 -D a -Q --recv-timeout=6", "a", "b"),
            _ => ("--bus0 -D b -Q --delay=3 --recv-timeout=3", "--bus0 -D a -Q --delay=1 --recv-timeout=6", "a", "b"),
        };
        using ToolProcess first = ToolProcess.Start(listener, $"{listen} --listen {url}");
        using ToolProcess second = ToolProcess.Start(dialer, $"--async {dial} --dial {url}");
        (int code, string output, string errors) = await second.EndAsync();
        Assert.Equal((0, answer.Length == 0 ? string.Empty : $"\"{answer}\"\n", string.Empty), (code, output, errors));
        (code, output, errors) = await first.EndAsync();
        Assert.Equal((0, $"\"{heard}\"\n", string.Empty), (code, output, errors));
    }

    [PeerTheory("nanocat")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nanocat_and_ours_talk(bool weListen)
    {
        string url = ScratchUrl.Tcp();
        using ToolProcess rep = weListen
            ? ToolProcess.Start("ours", $"--rep --listen {url} -D pong -Q --count=1")
            : ToolProcess.Start("nanocat", $"--rep --bind {url} -D pong -Q");
        using ToolProcess req = weListen
            ? ToolProcess.Start("nanocat", $"--req --connect {url} -D ping -Q --recv-timeout=10")
            : ToolProcess.Start("ours", $"--req --async --dial {url} -D ping -Q --count=1 --interval=5");
        (_, string output, _) = await req.EndAsync();
        Assert.Equal("\"pong\"\n", output);
    }

    [PeerTheory("nngcat")]
    [InlineData("tcp")]
    [InlineData("ipc")]
    public void A_killed_and_restarted_peer_is_found_again(string scheme)
    {
        string url = ScratchUrl.For(scheme);
        using var push = new PushSocket(new SocketOptions
        {
            ReconnectTimeMin = TimeSpan.FromMilliseconds(50),
            SendTimeout = TimeSpan.FromSeconds(20),
        });
        push.DialInBackground(url);
        for (int round = 0; round < 2; round++)
        {
            using ToolProcess pull = ToolProcess.Start("nngcat", $"--pull0 --listen {url} -Q");
            Eventually.Equal(1, () => push.Inner.AttachedCount, timeoutMs: 20_000);
            push.Send("x"u8);
            pull.Kill();
            Eventually.Equal(0, () => push.Inner.AttachedCount, timeoutMs: 20_000);
        }
    }

    [Theory]
    [InlineData("", "No address specified.")]
    [InlineData("--re --dial=tcp://127.0.0.1:1", "Option --re is ambiguous (specify in full).")]
    [InlineData("--nonsense", "Option --nonsense is invalid.")]
    [InlineData("--verbose=1", "Option --verbose=1 is invalid.")]
    [InlineData("--dial", "Option --dial requires argument.")]
    [InlineData("--count=", "Empty integer argument.")]
    [InlineData("--count=xyz", "Integer argument expected.")]
    [InlineData("--delay=86401", "Integer argument too large.")]
    [InlineData("--req0 --rep0", "Only one protocol may be specified.")]
    [InlineData("--hex --raw", "Format may be specified only once.")]
    [InlineData("--format=x", "Invalid format specified.")]
    [InlineData("-D a -D b", "Data (--file, --data) may be specified only once.")]
    [InlineData("--file /no/such/file", "Cannot open file /no/such/file: No such file or directory")]
    [InlineData("--dial=tcp://127.0.0.1:1", "No protocol specified.")]
    [InlineData("--async --compat --pub0 -D x -l 1", "Options --async and --compat are incompatible.")]
    [InlineData("--count=1 --compat --pub0 -D x -l 1", "Options --count and --compat are incompatible.")]
    [InlineData("--pair1 --compat -l 1", "Protocol does not support --compat.")]
    [InlineData("--req0 --subscribe=x -l 1", "Protocol does not support --subscribe.")]
    [InlineData("--pull0 -D x -l 1", "Protocol does not support --file or --data.")]
    [InlineData("--pull0 -i 1 -l 1", "Protocol does not support --interval.")]
    [InlineData("--push0 -D x -Q -l 1", "Protocol does not support --format options.")]
    [InlineData("--req0 -l 1", "Protocol requires either --file or --data.")]
    [InlineData("--bus0 -i 1 -l 1", "Option --interval requires either --file or --data.")]
    [InlineData("--pub0 -D x --dial tcp://127.0.0.1:1", "Unable to dial on tcp://127.0.0.1:1: Connection refused")]
    [InlineData("--pub0 -D x --dial bogus://x", "Unable to create dialer for bogus://x: Not supported")]
    public async Task Mistakes_have_their_messages(string arguments, string message)
    {
        using ToolProcess tool = ToolProcess.Start("ours", arguments);
        Assert.Equal((1, string.Empty, message + "\n"), await tool.EndAsync());
    }

    [Fact]
    public async Task Help_and_version_say_what_they_should()
    {
        using ToolProcess help = ToolProcess.Start("ours", "-h");
        (int code, string output, _) = await help.EndAsync();
        Assert.Equal(1, code);
        Assert.StartsWith("Usage: nngcat <proto> <addr>... [<fmt>] [<opts>...] [<src>]\n", output, StringComparison.Ordinal);
        using ToolProcess version = ToolProcess.Start("ours", "-V");
        Assert.Equal((0, NngVersion.Text + "\n", string.Empty), await version.EndAsync());
    }
}
