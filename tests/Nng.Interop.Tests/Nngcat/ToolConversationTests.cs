using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>Our nngcat and the C tools exchange messages, both ways, for every pattern.</summary>
public sealed class ToolConversationTests
{
    public static IEnumerable<object[]> Both()
    {
        foreach ((string listener, string dialer) in ((string, string)[])[("ours", "nngcat"), ("nngcat", "ours")])
        {
            foreach (string scheme in (string[])["tcp", "ipc", "abstract", "ws"])
            {
                foreach (string pattern in (string[])["req", "push", "pub", "survey", "pair0", "pair1", "bus"])
                    yield return [listener, dialer, scheme, pattern];
            }
        }
    }

    [PeerTheory("nngcat")]
    [MemberData(nameof(Both))]
    public async Task Tools_talk_in_every_pattern(string listener, string dialer, string scheme, string pattern)
    {
        (string listen, string dial, string heard, string answer) = pattern switch
        {
            "req" => ("--rep0 -D pong -Q --count=1", "--req0 -D ping -Q", "ping", "pong"),
            "push" => ("--pull0 -Q --count=1", "--push0 -D job", "job", string.Empty),
            "pub" => ("--sub0 -Q --count=1 --subscribe=k", "--pub0 -D key", "key", string.Empty),
            "survey" => ("--respondent0 -D here -Q --count=1", "--surveyor0 -D who -Q", "who", "here"),
            "pair0" => ("--pair0 -D b -Q --recv-timeout=3", "--pair0 -D a -Q --recv-timeout=2", "a", "b"),
            "pair1" => ("--pair1 -D b -Q --recv-timeout=3", "--pair1 -D a -Q --recv-timeout=2", "a", "b"),
            _ => ("--bus0 -Q --count=1", "--bus0 -D a --recv-timeout=1", "a", string.Empty),
        };
        await Replay.UntilGoodAsync(isTimed: dialer == "nngcat" || answer.Length > 0, async () =>
        {
            string url = ScratchUrl.For(scheme);
            using ToolProcess first = ToolProcess.Start(listener, $"{listen} --listen {url}");
            await Listening.WaitAsync(url);
            using ToolProcess second = ToolProcess.Start(dialer, $"{dial} --dial {url}");
            await ExpectAsync(second, answer);
            await ExpectAsync(first, heard);
        });
    }

    /// <summary>No other tool here speaks it.</summary>
    [Theory]
    [InlineData("udp", "--rep0 -D pong -Q --count=1", "--req0 -D ping -Q", "ping", "pong")]
    [InlineData("udp4", "--pull0 -Q --count=1", "--push0 -D job", "job", "")]
    [InlineData("udp6", "--pair0 -D b -Q --recv-timeout=8", "--pair0 -D a -Q --recv-timeout=5", "a", "b")]
    public async Task Ours_talk_over_udp(string scheme, string listen, string dial, string heard, string answer)
    {
        string url = ScratchUrl.For(scheme);
        using ToolProcess first = ToolProcess.Start("ours", $"{listen} --listen {url}");
        using ToolProcess second = ToolProcess.Start("ours", $"{dial} --dial {url} --async");
        await ExpectAsync(second, answer);
        await ExpectAsync(first, heard);
    }

    [PeerTheory("nngcat")]
    [InlineData("ours", "nngcat")]
    [InlineData("nngcat", "ours")]
    public async Task A_request_waits_for_its_service(string asking, string serving)
    {
        await Replay.UntilGoodAsync(isTimed: serving == "nngcat", async () =>
        {
            string url = ScratchUrl.Ipc();
            using ToolProcess req = ToolProcess.Start(asking, $"--async --connect {url} --req0 -v -Q -D ping");
            string started = $"Connected to: {url}\n";
            // The C tool keeps this line until it prints a message, but it starts faster than ours, which serves it.
            string told = asking == "ours" ? Encoding.ASCII.GetString(await req.ReadAsync(started.Length)) : string.Empty;
            using ToolProcess rep = ToolProcess.Start(serving, $"--rep0 --count 1 --listen {url} -D pong --ascii");
            ToolOutcome asked = await req.EndAsync();
            Assert.Equal((0, started + "\"pong\"\n", string.Empty), (asked.Code, told + asked.Output, asked.Errors));
            Assert.Equal(new ToolOutcome(0, "ping", string.Empty), await rep.EndAsync());
        });
    }

    [PeerTheory("nanocat")]
    [InlineData("tcp", true)]
    [InlineData("tcp", false)]
    [InlineData("ipc", true)]
    [InlineData("ipc", false)]
    public async Task Nanocat_and_ours_talk(string scheme, bool weListen)
    {
        string url = ScratchUrl.For(scheme);
        using ToolProcess rep = weListen
            ? ToolProcess.Start("ours", $"--rep --listen {url} -D pong -Q --count=1")
            : ToolProcess.Start("nanocat", $"--rep --bind {url} -D pong -Q");
        await Listening.WaitAsync(url);
        using ToolProcess req = weListen
            ? ToolProcess.Start("nanocat", $"--req --connect {url} -D ping -Q --recv-timeout=10")
            : ToolProcess.Start("ours", $"--req --dial {url} -D ping -Q");
        Assert.Equal("\"pong\"\n", (await req.EndAsync()).Output);
    }

    /// <summary>The tool ends well, and has printed the text in quotes, or nothing if it is empty.</summary>
    private static async Task ExpectAsync(ToolProcess tool, string text)
    {
        string printed = text.Length == 0 ? string.Empty : $"\"{text}\"\n";
        Assert.Equal(new ToolOutcome(0, printed, string.Empty), await tool.EndAsync());
    }
}
