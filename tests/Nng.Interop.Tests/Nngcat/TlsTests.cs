using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>The TLS options, ours and the C tool's, with certificates made for the test.</summary>
public sealed class TlsTests
{
    /// <summary>
    /// Placeholders: <c>{ca}</c> an authority, <c>{cert}</c> and <c>{key}</c> what it issued to localhost,
    /// <c>{both}</c> the two in one file, <c>{junk}</c> no PEM at all, <c>{port}</c> a free port.
    /// </summary>
    public static TheoryData<string> Lines() =>
    [
        "--push0 -D x --dial tls+tcp://127.0.0.1:1",
        "--push0 -D x --dial tls+tcp://127.0.0.1:1 --insecure",
        "--push0 -D x --dial tls+tcp://127.0.0.1:1 --cacert {ca}",
        "--push0 -D x --dial tls+tcp://127.0.0.1:1 --cacert {junk}",
        "--push0 -D x --dial tls+tcp://127.0.0.1:1 --cert {junk}",
        "--push0 -D x --dial tls+tcp://127.0.0.1:1 --cert {cert}",
        "--push0 -D x --dial tls+tcp://127.0.0.1:1 --cert {cert} --key {junk}",
        "--push0 -D x --dial tls+tcp://127.0.0.1:1 --key {key}",
        "--push0 -D x --dial tls+tcp://127.0.0.1:1 -E {both} -k",
        "--pull0 --recv-timeout 1 --listen tls+tcp://127.0.0.1:{port}",
        "--pull0 --recv-timeout 1 -v --listen tls+tcp://127.0.0.1:{port} --cert {both}",
        "--pull0 --recv-timeout 1 --listen tls+tcp://127.0.0.1:{port} --cert {cert} --key {key} --cacert {ca}",
        "--pull0 --recv-timeout 1 --listen tls+tcp://127.0.0.1:{port} --cert {cert}",
        "--pull0 --recv-timeout 1 --listen tls+tcp://127.0.0.1:{port} --cacert {junk}",
        "--push0 -D x --dial wss://127.0.0.1:1/path --insecure",
        "--push0 -D x --dial wss://127.0.0.1:1/path --cert {junk}",
        "--pull0 --recv-timeout 1 -v --listen wss://127.0.0.1:{port}/path --cert {both}",
        "--pull0 --recv-timeout 1 -v --listen wss://127.0.0.1:{port}/path --cert {cert} --key {key} --cacert {ca}",
    ];

    [PeerTheory("nngcat")]
    [MemberData(nameof(Lines))]
    public async Task Both_tools_answer_the_same(string line)
    {
        string arguments = Filled(line, ScratchUrl.FreePort());
        using ToolProcess theirs = ToolProcess.Start("nngcat", arguments);
        ToolOutcome expected = await theirs.EndAsync();
        using ToolProcess ours = ToolProcess.Start("ours", arguments);
        Assert.Equal(expected, await ours.EndAsync());
    }

    public static IEnumerable<object[]> Pairs()
    {
        foreach (string scheme in (string[])["tls+tcp", "wss"])
        {
            yield return ["ours", "nngcat", scheme, "--cacert {ca}"];
            yield return ["nngcat", "ours", scheme, "--cacert {ca}"];
            yield return ["ours", "nngcat", scheme, "--insecure"];
            yield return ["nngcat", "ours", scheme, "--insecure"];
            yield return ["ours", "ours", scheme, "--cacert {ca} --cert {cert} --key {key}"];
            yield return ["nngcat", "ours", scheme, "--cacert {ca} --cert {cert} --key {key}"];
        }
    }

    [PeerTheory("nngcat")]
    [MemberData(nameof(Pairs))]
    public async Task Tools_talk_over_tls(string listener, string dialer, string scheme, string options)
    {
        // The C library's WebSocket listener serves requests for the host of its URL alone.
        string host = scheme == "wss" ? "localhost" : "127.0.0.1";
        string listen = $"--pull0 -Q --count 1 --listen {scheme}://{host}:{{port}} --cert {{cert}} --key {{key}}";
        string dial = $"--push0 -D secret --dial {scheme}://localhost:{{port}} {options}";
        await Replay.UntilGoodAsync(isTimed: dialer == "nngcat", async () =>
        {
            int port = ScratchUrl.FreePort();
            using ToolProcess pull = ToolProcess.Start(listener, Filled(listen, port));
            await Listening.WaitAsync($"tcp://127.0.0.1:{port}");
            using ToolProcess push = ToolProcess.Start(dialer, Filled(dial, port));
            Assert.Equal(new ToolOutcome(0, string.Empty, string.Empty), await push.EndAsync());
            Assert.Equal(new ToolOutcome(0, "\"secret\"\n", string.Empty), await pull.EndAsync());
        });
    }

    [PeerTheory("nngcat")]
    [InlineData("ours", "tls+tcp")]
    [InlineData("nngcat", "tls+tcp")]
    [InlineData("ours", "wss")]
    public async Task A_dialer_that_trusts_nobody_does_not_connect(string dialer, string scheme)
    {
        int port = ScratchUrl.FreePort();
        string listen = $"--pull0 --listen {scheme}://127.0.0.1:{{port}} --cert {{both}}";
        using ToolProcess pull = ToolProcess.Start("ours", Filled(listen, port));
        await Listening.WaitAsync($"tcp://127.0.0.1:{port}");
        using ToolProcess push = ToolProcess.Start(dialer, $"--push0 -D secret --dial {scheme}://localhost:{port}");
        string message = $"Unable to dial on {scheme}://localhost:{port}: Peer could not be authenticated\n";
        Assert.Equal(new ToolOutcome(1, string.Empty, message), await push.EndAsync());
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_refused_at_the_start()
    {
        string other = Scratch.File(Encoding.ASCII.GetBytes(TestAuthority.Client.KeyPem));
        string arguments = $"--pull0 --listen tls+tcp://127.0.0.1:{{port}} --cert {{cert}} --key {other}";
        using ToolProcess tool = ToolProcess.Start("ours", Filled(arguments, ScratchUrl.FreePort()));
        const string message = "Unable to configure TLS: Cryptographic error\n";
        Assert.Equal(new ToolOutcome(1, string.Empty, message), await tool.EndAsync());
    }

    private static string Filled(string line, int port)
    {
        TestIdentity server = TestAuthority.Server;
        string filled = line.Replace("{port}", $"{port}", StringComparison.Ordinal);
        filled = Replaced(filled, "{ca}", TestAuthority.Shared.Pem);
        filled = Replaced(filled, "{cert}", server.CertificatePem);
        filled = Replaced(filled, "{key}", server.KeyPem);
        filled = Replaced(filled, "{both}", server.CertificatePem + server.KeyPem);
        return Replaced(filled, "{junk}", "junk\n");
    }

    private static string Replaced(string line, string placeholder, string content) =>
        line.Replace(placeholder, Scratch.File(Encoding.ASCII.GetBytes(content)), StringComparison.Ordinal);
}
