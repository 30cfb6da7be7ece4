using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>
/// Our nngcat takes the C tool's place in a conversation with C tools: it prints the same and ends the same, and so do
/// its partners.
/// </summary>
public sealed class ScenarioTests
{
    private static readonly Scenario[] s_all =
    [
        // Formats, byte by byte.
        .. from format in (string[])
               ["--ascii", "--quoted", "--hex", "--raw", "--msgpack", "-A", "-Q", "--format=no", "--format hex", ""]
           let told = $"--pull0 {format} --count=1 --listen {{url}}"
           select new Scenario(told, "--push0 --file {bytes:256} --dial {url}"),
        .. from format in (string[])["--ascii", "--quoted", "--hex", "--raw"]
           select new Scenario($"--pull0 {format} --count=1 --listen {{url}}", "--push0 --file {bytes:0} --dial {url}"),
        .. from length in (int[])[0, 1, 255, 65535, 65536]
           let sent = $"--push0 --file {{bytes:{length}}} --dial {{url}}"
           select new Scenario("--pull0 --msgpack --count=1 --listen {url}", sent),
        new("--pull0 --raw --recv-maxsz=0 --count=1 --listen {url}", "--push0 --file {bytes:4194304} --interval 1 --dial {url}"),

        // What is sent, how often.
        new("--push0 --data hello --dial {url}", "--pull0 -Q --count=1 --listen {url}"),
        new("--push0 -D \"\" --dial {url}", "--pull0 -Q --count=1 --listen {url}"),
        new("--push0 -D x --count=3 --dial {url}", "--pull0 -Q --recv-timeout=5 --listen {url}"),
        new("--push0 -D x --count=2 -i 1 --dial {url}", "--pull0 -Q --count=2 --listen {url}"),
        new("--push0 -D x -d 1 --dial {url}", "--pull0 -Q --count=1 --listen {url}"),
        new("--push0 -F {bytes:256} --dial {url}", "--pull0 --hex --count=1 --listen {url}"),
        new("--push0 --file {bytes:4194304} --dial {url}", "--pull0 --raw --recv-maxsz=0 --count=1 --listen {url}"),
        new("--push0 --file - --dial {url}", "--pull0 --raw --count=1 --listen {url}")
        {
            Input = "hello world\n"u8.ToArray(),
        },
        new("--push0 -D \u00fc\u20ac --dial {url}", "--pull0 -Q --count=1 --listen {url}"),
        new("--push --compat -D x --dial {url}", "--pull0 -Q --count=1 --listen {url}"),
        new("--push --async -v -D x --dial {url}", "--pull0 -Q --count=1 --listen {url}"),
        new("--pull0 -v -Q --count=1 --listen {url}", "--push0 -D x --dial {url}"),
        new("--pull0 -v -Q --count=2 --listen {url}", "--push0 -D x --dial {url}", "--push0 -D y --dial {url}"),

        // Topics, limits.
        new(
            "--sub0 --subscribe=one --subscribe=two --count=3 --recv-timeout=20 --quoted --listen {url}",
            Publish("one flew", "over the", "twofer test", "cuckoo", "one more")),
        new("--sub --count=2 --quoted --listen {url}", Publish("one", "two")),
        new("--sub --subscribe one --count=1 --quoted --dial {url}", "--pub0 -D one-flew --interval 1 --listen {url}"),
        new("--pub0 -D news --dial {url}", "--sub0 --subscribe=ne -Q --count=1 --listen {url}"),
        new(
            "--pull0 --recv-maxsz=5 --quoted --count=3 --listen {url}",
            Push("one", "55555", "666666", "7777777", "88888")),

        // Questions and answers.
        new("--rep0 -D pong -Q --count=1 --listen {url}", "--req0 -D ping -Q --dial {url}"),
        new("--rep0 -Q --recv-timeout=5 --listen {url}", "--req0 -D ping -Q --recv-timeout=1 --dial {url}"),
        new("--rep0 -D pong -Q --count=2 --listen {url}", "--req0 -D a -Q --dial {url}", "--req0 -D b -Q --dial {url}"),
        new("--req0 -D ping -Q --dial {url}", "--rep0 -D pong -Q --count=1 --listen {url}"),
        new("--req0 -D ping -Q --count=2 -i 1 --dial {url}", "--rep0 -D pong -Q --count=2 --listen {url}"),
        new("--req0 -D ping -Q --recv-timeout=1 --dial {url}", "--rep0 -Q --recv-timeout=5 --listen {url}"),
        new("--respondent0 -D here -Q --count=1 --listen {url}", "--surveyor0 -D who -Q --dial {url}"),
        new("--surveyor0 -D who -Q --dial {url}", "--respondent0 -D here -Q --count=1 --listen {url}"),
        new("--surveyor0 -D who -Q --count=2 -i 1 --dial {url}", "--respondent0 -D here -Q --count=2 --listen {url}"),
        new("--pair0 -D a -Q --recv-timeout=3 --dial {url}", "--pair0 -D b -Q --recv-timeout=5 --listen {url}"),
        new("--pair1 -D a -Q --recv-timeout=3 --dial {url}", "--pair1 -D b -Q --recv-timeout=5 --listen {url}"),
        new("--pair1 -Q --count=1 --listen {url}", "--pair1 -D b -Q --recv-timeout=1 --dial {url}"),
        new("--bus0 -D a -Q --recv-timeout=1 --dial {url}", "--bus0 -Q --recv-timeout=5 --listen {url}"),
        new("--bus0 -Q --count=1 --listen {url}", "--bus0 -D b -Q --recv-timeout=1 --dial {url}"),
    ];

    public static IEnumerable<object[]> All() => s_all.Select((scenario, i) => new object[] { i, scenario.Subject });

    [PeerTheory("nngcat")]
    [MemberData(nameof(All))]
    public async Task Ours_in_the_place_of_the_C_tool_changes_nothing(int index, string subject)
    {
        Scenario scenario = s_all[index];
        await Replay.UntilGoodAsync(scenario.IsTimed, async () =>
        {
            // Where only the C tool as the subject may leave too soon, ours has one try.
            Task<IReadOnlyList<ToolOutcome>> theirs =
                Replay.UntilGoodAsync(!scenario.IsTimed, () => scenario.PlayAsync("nngcat"));
            Task<IReadOnlyList<ToolOutcome>> ours = scenario.PlayAsync("ours");
            Assert.Equal(await theirs, await ours);
            Assert.True((await theirs).All(outcome => outcome.Code == 0), $"{subject}: {(await theirs)[0].Errors}");
        });
    }

    [PeerFact("nngcat")]
    public async Task Bytes_that_are_no_text_are_sent_as_they_are()
    {
        string url = ScratchUrl.Ipc();
        using ToolProcess pull = ToolProcess.Start("nngcat", $"--pull0 --hex --count=1 --listen {url}");
        await Listening.WaitAsync(url);
        string push = $"exec '{ToolProcess.FileOf("ours")}' --push0 --dial {url} -D \\\"$(printf 'a\\377\\303z')\\\"";
        using ToolProcess shell = ToolProcess.Start("sh", $"-c \"{push}\"");
        Assert.Equal(new ToolOutcome(0, string.Empty, string.Empty), await shell.EndAsync());
        Assert.Equal(new ToolOutcome(0, "\"\\x61\\xff\\xc3\\x7a\"\n", string.Empty), await pull.EndAsync());
    }

    private static string[] Publish(params string[] texts) => Each("--pub0", texts);

    private static string[] Push(params string[] texts) => Each("--push0", texts);

    private static string[] Each(string protocol, string[] texts) =>
        [.. texts.Select(text => $"{protocol} -D \"{text}\" --dial {{url}}")];
}
