using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nng.Interop.Tests.Conversations;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>How our nngcat behaves towards the system: signals, readers that leave, full disks, statistics.</summary>
public sealed partial class MannersTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 143)]
    public async Task A_signal_ends_a_receiver_in_order(int signal, int code)
    {
        string path = ScratchUrl.IpcPath();
        using ToolProcess tool = ToolProcess.Start("ours", $"--pull0 --listen ipc://{path}");
        await Listening.WaitAsync("ipc://" + path);
        tool.Signal(signal);
        Assert.Equal(new ToolOutcome(code, string.Empty, string.Empty), await tool.EndAsync());
        Assert.False(File.Exists(path), "the socket file is left behind");
    }

    [Theory]
    [InlineData("--pub0 -D x --interval 86400")]
    [InlineData("--pub0 -D x --delay 86400")]
    [InlineData("--push0 -D x")]
    [InlineData("--rep0 -D x")]
    [InlineData("--req0 -D x")]
    [InlineData("--surveyor0 -D x --interval 86400")]
    public async Task A_signal_ends_whatever_waits(string arguments)
    {
        string url = ScratchUrl.Ipc();
        using ToolProcess tool = ToolProcess.Start("ours", $"{arguments} --listen {url}");
        await Listening.WaitAsync(url);
        tool.Signal(Interrupt);
        Assert.Equal(new ToolOutcome(130, string.Empty, string.Empty), await tool.EndAsync());
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_the_tool()
    {
        string url = ScratchUrl.Ipc();
        using ToolProcess pull = ToolProcess.Start("ours", $"--pull0 --raw --listen {url}");
        await Listening.WaitAsync(url);
        pull.CloseOutput();
        using ToolProcess push = ToolProcess.Start("ours", $"--push0 -D x --dial {url}");
        ToolOutcome outcome = await pull.EndAsync();
        Assert.Equal((141, string.Empty), (outcome.Code, outcome.Errors));
    }

    [Fact]
    public async Task A_full_disk_is_an_error()
    {
        string url = ScratchUrl.Ipc();
        string command = $"exec '{ToolProcess.FileOf("ours")}' --pull0 --raw --listen {url} > /dev/full";
        using ToolProcess pull = ToolProcess.Start("sh", $"-c \"{command}\"");
        await Listening.WaitAsync(url);
        using ToolProcess push = ToolProcess.Start("ours", $"--push0 -D x --dial {url}");
        const string message = "Cannot write to standard output: No space left on device\n";
        Assert.Equal(new ToolOutcome(1, string.Empty, message), await pull.EndAsync());
    }

    [Fact]
    public async Task Output_follows_what_others_have_written_to_the_same_file()
    {
        string file = ScratchUrl.IpcPath();
        string url = ScratchUrl.Ipc();
        string tool = ToolProcess.FileOf("ours");
        string command = $"(echo before; '{tool}' -v --pull0 -Q --count 1 --listen {url}; echo after) > {file}";
        using ToolProcess pull = ToolProcess.Start("sh", $"-c \"{command}\"");
        await Listening.WaitAsync(url);
        using ToolProcess push = ToolProcess.Start("ours", $"--push0 -D x --dial {url}");
        Assert.Equal(0, (await pull.EndAsync()).Code);
        Assert.Equal($"before\nListening at: {url}\n\"x\"\nafter\n", await File.ReadAllTextAsync(file));
    }

    /// <summary>More than the system takes from us while the peer does not read.</summary>
    [Theory]
    [InlineData("--push0", 0x51)]
    [InlineData("--pair0 --interval 0 --count 1", 0x10)]
    [InlineData("--bus0 --interval 0 --count 1", 0x70)]
    [InlineData("--bus0 --recv-timeout 1", 0x70)]
    public async Task The_last_message_is_out_before_the_tool_ends(string arguments, int peerProtocol)
    {
        byte[] body = Conversation.Body(4 << 20);
        using RawPeerListener listener = RawPeerListener.Ipc();
        string told = $"{arguments} --file {Scratch.File(body)} --dial {listener.Url}";
        using ToolProcess sender = ToolProcess.Start("ours", told);
        using RawPeer peer = listener.AcceptAs(peerProtocol, Party.TimeoutMs);
        Eventually.Stays(() => !sender.HasEnded, "it waits for its reader", windowMs: 2000);
        Assert.True(body.AsSpan().SequenceEqual(peer.ReadFrame(Party.TimeoutMs)));
        Assert.Equal(new ToolOutcome(0, string.Empty, string.Empty), await sender.EndAsync());
    }

    [Theory]
    [InlineData("--pair0", 0x10)]
    [InlineData("--bus0", 0x70)]
    public async Task A_round_of_pair_and_bus_ends_when_nothing_comes_for_the_time_of_receiving(string protocol, int peerProtocol)
    {
        using RawPeerListener listener = RawPeerListener.Ipc();
        string told = $"{protocol} -D x --count 2 --recv-timeout 1 --dial {listener.Url}";
        using ToolProcess tool = ToolProcess.Start("ours", told);
        using RawPeer peer = listener.AcceptAs(peerProtocol, Party.TimeoutMs);
        Assert.Equal("x"u8, peer.ReadFrame(Party.TimeoutMs));
        Assert.Equal("x"u8, peer.ReadFrame(Party.TimeoutMs));
        Assert.Equal(new ToolOutcome(0, string.Empty, string.Empty), await tool.EndAsync());
    }

    /// <summary>Who sends to all that are there is not to blame for one of them that has stopped.</summary>
    [Theory]
    [InlineData("--push0", 0x51, 1, "Send error: Timed out\n")]
    [InlineData("--pub0", 0x21, 0, "")]
    public async Task A_last_message_that_nobody_reads_is_given_up_when_the_time_for_sending_is_over(
        string protocol, int peerProtocol, int code, string error)
    {
        using RawPeerListener listener = RawPeerListener.Ipc();
        string arguments = $"{protocol} --file {Scratch.File(new byte[4 << 20])} --send-timeout 1 --dial {listener.Url}";
        using ToolProcess tool = ToolProcess.Start("ours", arguments);
        using RawPeer peer = listener.AcceptAs(peerProtocol, Party.TimeoutMs);
        Assert.Equal(new ToolOutcome(code, string.Empty, error), await tool.EndAsync());
    }

    [Fact]
    public async Task A_signal_ends_the_wait_for_a_reader()
    {
        using RawPeerListener listener = RawPeerListener.Ipc();
        string arguments = $"--push0 --file {Scratch.File(new byte[4 << 20])} --dial {listener.Url}";
        using ToolProcess push = ToolProcess.Start("ours", arguments);
        using RawPeer peer = listener.AcceptAs(0x51, Party.TimeoutMs);
        Eventually.Stays(() => !push.HasEnded, "it waits for its reader", windowMs: 500);
        push.Signal(Interrupt);
        Assert.Equal(new ToolOutcome(130, string.Empty, string.Empty), await push.EndAsync());
    }

    [Fact]
    public async Task Statistics_come_every_second_and_at_the_end()
    {
        string url = ScratchUrl.Ipc();
        using ToolProcess pull = ToolProcess.Start("ours", $"--pull0 --recv-timeout 10 --stats --listen {url}");
        await Listening.WaitAsync(url);
        using ToolProcess push = ToolProcess.Start("ours", $"--push0 -D hello --count 3 --stats --dial {url}");
        ToolOutcome sender = await push.EndAsync();
        ToolOutcome receiver = await pull.EndAsync();
        Assert.Equal((0, string.Empty), (sender.Code, sender.Output));
        Assert.Equal((0, string.Empty), (receiver.Code, receiver.Output));
        Assert.Contains(" s: sent 3 (15 bytes), received 0 (0 bytes), ", Last(sender.Errors));
        Assert.Contains(" s: sent 0 (0 bytes), received 3 (15 bytes), ", Last(receiver.Errors));
        string[] lines = receiver.Errors.TrimEnd().Split('\n');
        Assert.True(lines.Length >= 3, receiver.Errors);
        Assert.All(lines, line => Assert.Matches(StatsLine(), line));
    }

    [Fact]
    public async Task An_interrupted_run_tells_its_last_statistics()
    {
        string url = ScratchUrl.Ipc();
        using ToolProcess tool = ToolProcess.Start("ours", $"--pub0 -D x -i 86400 --stats --listen {url}");
        await Listening.WaitAsync(url);
        tool.Signal(Interrupt);
        ToolOutcome outcome = await tool.EndAsync();
        Assert.Equal(130, outcome.Code);
        Assert.Matches(StatsLine(), Last(outcome.Errors));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void The_line_names_every_number(int peers)
    {
        string line = global::Nng.Tools.Nngcat.StatsLine.Format(2.04, (1, 20), (3, 40), 1234.6, peers);
        string expected = "2.0 s: sent 1 (20 bytes), received 3 (40 bytes), 1235 messages/s, peers ";
        Assert.Equal(expected + peers.ToString(CultureInfo.InvariantCulture), line);
    }

    private static string Last(string lines) => lines.TrimEnd().Split('\n')[^1];

    [GeneratedRegex(@"^\d+\.\d s: sent \d+ \(\d+ bytes\), received \d+ \(\d+ bytes\), \d+ messages/s, peers \d+$")]
    private static partial Regex StatsLine();
}
