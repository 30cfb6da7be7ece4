using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Requests for an upgrade, good and bad, at a listener (transports sheet, 13.5, 13.7 and 21.4).</summary>
public sealed class WsUpgradeTests : Scenario
{
    private const string Rep = "rep.sp.nanomsg.org";

    [Fact]
    public void CS_090_A_good_request_is_answered_as_the_sheet_has_it()
    {
        string url = Listening(out _);
        WsTalk.Head head = Ask(url, WsTalk.Lines(url, Rep));
        Assert.Equal("HTTP/1.1 101 Switching Protocols", head.Start);
        Assert.Equal(WsTalk.Accept, head["Sec-WebSocket-Accept"]);
        Assert.Equal(Rep, head["Sec-WebSocket-Protocol"]);
        Assert.Equal(("websocket", "Upgrade"), (head["Upgrade"]!, head["Connection"]!));
        Assert.Null(head["Content-Length"]);
        Assert.Null(head["Sec-WebSocket-Extensions"]);
    }

    [Theory]
    [InlineData("req.sp.nanomsg.org")] // CS-92
    [InlineData(null)] // CS-93
    [InlineData("rep.sp.nanomsg.org.example")]
    [InlineData("REP.sp.nanomsg.org")]
    public void CS_092_093_Another_subprotocol_is_refused(string? protocol)
    {
        string url = Listening(out RepSocket rep);
        Assert.Equal(400, Ask(url, WsTalk.Lines(url, protocol)).Status);
        Assert.Equal(0, rep.Inner.PipeCount);
    }

    [Theory]
    [InlineData("x.sp.nanomsg.org, rep.sp.nanomsg.org")]
    [InlineData("x.sp.nanomsg.org,rep.sp.nanomsg.org,y")]
    public void CS_094_One_of_a_list_is_chosen(string protocols)
    {
        string url = Listening(out RepSocket rep);
        Assert.Equal(Rep, Ask(url, WsTalk.Lines(url, protocols))["Sec-WebSocket-Protocol"]);
        Eventually.Equal(1, () => rep.Inner.AttachedCount);
    }

    /// <summary>
    /// A loopback address answers to its name as well (TW-23), where the sheet's scenario, which tells of the C library,
    /// has 404.
    /// </summary>
    [Fact]
    public void CS_095_Hosts_paths_and_methods_that_are_not_the_listeners_are_refused()
    {
        string url = Listening(out _);
        string port = new Uri(url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(404, Ask(url, Changed(url, "Host:", $"Host: example.org:{port}")).Status);
        Assert.Equal(404, Ask(url, Changed(url, "Host:", $"Host: 127.0.0.2:{port}")).Status);
        Assert.Equal(101, Ask(url, Changed(url, "Host:", $"Host: localhost:{port}")).Status);
        Assert.Equal(101, Ask(url, Changed(url, "Host:", "Host: 127.0.0.1")).Status);
        Assert.Equal(404, Ask(url, Changed(url, "GET", "GET /other HTTP/1.1")).Status);
        Assert.Equal(404, Ask(url, Changed(url, "GET", "GET /app/below HTTP/1.1")).Status);
        Assert.Equal(101, Ask(url, Changed(url, "GET", "GET /app/ HTTP/1.1")).Status);
        Assert.Equal(101, Ask(url, Changed(url, "GET", "GET /%61pp?query HTTP/1.1")).Status);
        Assert.Equal(405, Ask(url, Changed(url, "GET", "POST /app HTTP/1.1")).Status);
        Assert.Equal(400, Ask(url, Changed(url, "GET", "HEAD /app HTTP/1.1")).Status);
    }

    [Fact]
    public void CS_096_A_request_that_lacks_what_makes_an_upgrade_is_refused()
    {
        string url = Listening(out _);
        Assert.Equal(400, Ask(url, Changed(url, "Host:", null)).Status);
        WsTalk.Head head = Ask(url, Changed(url, "Sec-WebSocket-Version:", "Sec-WebSocket-Version: 12"));
        Assert.Equal((400, "13"), (head.Status, head["Sec-WebSocket-Version"]));
        Assert.Equal(400, Ask(url, Changed(url, "Sec-WebSocket-Key:", $"Sec-WebSocket-Key: {WsTalk.Key[1..]}")).Status);
        Assert.Equal(400, Ask(url, Changed(url, "Sec-WebSocket-Key:", null)).Status);
        Assert.Equal(400, Ask(url, Changed(url, "Upgrade:", null)).Status);
        Assert.Equal(400, Ask(url, Changed(url, "Upgrade:", "Upgrade: h2c")).Status);
        Assert.Equal(400, Ask(url, Changed(url, "Connection:", "Connection: keep-alive")).Status);
        Assert.Equal(101, Ask(url, Changed(url, "Connection:", "Connection: keep-alive,UPGRADE")).Status);
        Assert.Equal(101, Ask(url, Changed(url, "Upgrade:", "Upgrade: h2c, WebSocket")).Status);
    }

    [Fact]
    public void WS_11_An_empty_target_is_the_root()
    {
        var pull = Use(new PullSocket());
        string url = pull.Listen(ScratchUrl.For("ws")).Url;
        List<string> lines = WsTalk.Lines(url, "pull.sp.nanomsg.org");
        lines[0] = "GET  HTTP/1.1";
        Assert.Equal(101, Ask(url, lines).Status);
        lines[0] = "GET  / HTTP/1.1";
        Assert.Equal(400, Ask(url, lines).Status);
    }

    [Theory]
    [InlineData("Content-Length: 5")]
    [InlineData("Transfer-Encoding: chunked")]
    public void CS_097_A_request_with_a_body_is_refused(string line)
    {
        string url = Listening(out _);
        Assert.Equal(413, Ask(url, [.. WsTalk.Lines(url, Rep), line]).Status);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("2.0")]
    public void CS_098_Other_versions_of_http_are_refused(string version)
    {
        string url = Listening(out _);
        Assert.Equal(505, Ask(url, Changed(url, "GET", $"GET /app HTTP/{version}")).Status);
    }

    [Fact]
    public void CS_099_A_header_that_is_too_long_ends_the_connection()
    {
        string url = Listening(out RepSocket rep);
        RawPeer peer = Use(WsTalk.Dial(url));
        WsTalk.SendHead(peer, [.. WsTalk.Lines(url, Rep), "X-Long: " + new string('x', 9000)]);
        Assert.NotEqual(101, WsTalk.ReadHead(peer).Status);
        peer.DrainUntilClosed();
        Assert.Equal(0, rep.Inner.PipeCount);
    }

    [Fact]
    public void CS_100_A_request_that_does_not_end_is_given_ten_seconds()
    {
        string url = Listening(out _);
        RawPeer peer = Use(WsTalk.Dial(url));
        byte[] head = Encoding.ASCII.GetBytes(string.Join("\r\n", WsTalk.Lines(url, Rep)));
        for (int i = 0; i < 200; i++)
        {
            peer.Send(head.AsSpan(i, 1));
            if (peer.Socket.Poll(TimeSpan.FromMilliseconds(200), System.Net.Sockets.SelectMode.SelectRead))
            {
                Assert.NotEqual(101, WsTalk.ReadHead(peer).Status);
                peer.DrainUntilClosed();
                return;
            }
        }

        Assert.Fail("A request of 40 seconds was still waited for.");
    }

    [Fact]
    public void CS_127_Listeners_of_one_port_share_it_by_path()
    {
        string url = Listening(out RepSocket first);
        var second = Use(new PullSocket());
        string other = url.Replace("/app", "/b", StringComparison.Ordinal);
        second.Listen(other);
        Assert.Equal(
            NngError.AddressInUse, Assert.Throws<NngException>(() => Use(new PullSocket()).Listen(other)).Error);
        Use(new PushSocket()).Dial(other);
        Use(new ReqSocket()).Dial(url);
        Eventually.True(() => first.Inner.AttachedCount == 1 && second.Inner.AttachedCount == 1, "each has its own");
    }

    [Fact]
    public void V_8_Sockets_and_pages_share_a_port_until_the_last_of_them_leaves()
    {
        string url = Listening(out RepSocket rep);
        using HttpServer server = HttpServer.Hold(url.Replace("ws:", "http:", StringComparison.Ordinal));
        server.AddHandler(HttpHandler.Static("/page", "hello"u8, "text/plain"));
        server.Start();
        WsTalk.Head page = Ask(url, ["GET /page HTTP/1.1", $"Host: {WsTalk.HostOf(url)}"]);
        Assert.Equal((200, "5"), (page.Status, page["Content-Length"]));
        var req = Use(new ReqSocket());
        req.Dial(url);
        rep.Dispose();
        Assert.Equal(200, Ask(url, ["GET /page HTTP/1.1", $"Host: {WsTalk.HostOf(url)}"]).Status);
        Assert.Equal(404, Ask(url, WsTalk.Lines(url, Rep)).Status);
        server.Stop();
        Assert.Equal(
            NngError.ConnectionRefused, Assert.Throws<NngException>(() => Use(new ReqSocket()).Dial(url)).Error);
    }

    [Theory]
    [InlineData("ws://*", "whatever.example", 101)]
    [InlineData("ws://0.0.0.0", "whatever.example:1", 101)]
    [InlineData("ws://127.0.0.1", "127.0.0.1:1", 101)]
    [InlineData("ws://127.0.0.1", "[::1]", 404)]
    [InlineData("ws4://localhost", "LOCALHOST:PORT", 101)]
    [InlineData("ws4://localhost", "localhost.", 101)]
    [InlineData("ws4://localhost", "localhost.example", 404)]
    [InlineData("ws4://localhost", "127.0.0.1:PORT", 404)]
    [InlineData("ws6://[::1]", "[::1]:PORT", 101)]
    [InlineData("ws6://[::1]", "[0:0:0:0:0:0:0:1]", 101)]
    [InlineData("ws6://[::1]", "localhost:PORT", 101)]
    [InlineData("ws6://[::1]", "127.0.0.1:PORT", 404)]
    [InlineData("ws6://[::1%1]", "[::1]:PORT", 101)]
    public void WS_36_The_host_that_is_asked_for_is_the_listeners(string address, string host, int status)
    {
        string port = ScratchUrl.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Use(new PullSocket()).Listen($"{address}:{port}/p");
        List<string> lines = WsTalk.Lines("ws://127.0.0.1/p", "pull.sp.nanomsg.org");
        lines[1] = "Host: " + host.Replace("PORT", port, StringComparison.Ordinal);
        string loopback = address.Contains("::", StringComparison.Ordinal) ? "[::1]" : "127.0.0.1";
        Assert.Equal(status, WsTalk.Ask(Use(RawPeer.Dial($"tcp://{loopback}:{port}")), lines).Status);
    }

    [Theory]
    [InlineData("ws6")]
    [InlineData("ws4")]
    public void WS_12_Addresses_of_one_family_are_dialled_as_they_are_listened_to(string scheme)
    {
        var pull = Use(new PullSocket());
        var push = Use(new PushSocket());
        push.Dial(pull.Listen(ScratchUrl.For(scheme) + "/p").Url);
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void WS_20_A_refused_client_may_try_again_on_its_connection()
    {
        string url = Listening(out RepSocket rep);
        RawPeer peer = Use(WsTalk.Dial(url));
        WsTalk.Head refusal = WsTalk.Ask(peer, WsTalk.Lines(url, "req.sp.nanomsg.org"));
        Assert.Equal(400, refusal.Status);
        peer.Read(int.Parse(refusal["Content-Length"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(101, WsTalk.Ask(peer, WsTalk.Lines(url, Rep)).Status);
        Eventually.Equal(1, () => rep.Inner.AttachedCount);
    }

    [Fact]
    public void WS_33_A_secure_listener_never_lands_on_a_plain_server()
    {
        string url = Listening(out _);
        var pull = Use(new PullSocket());
        Listener secure = pull.CreateListener(url.Replace("ws:", "wss:", StringComparison.Ordinal));
        secure.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        Assert.Equal(NngError.AddressInUse, Assert.Throws<NngException>(secure.Start).Error);
    }

    [Theory]
    [InlineData("https://example.org", "https://example.org", 101)]
    [InlineData("https://example.org", "https://EXAMPLE.org", 101)]
    [InlineData("https://example.org", "http://example.org", 403)]
    [InlineData("https://example.org", null, 101)]
    [InlineData("same", "http://HOST", 101)]
    [InlineData("same", "http://example.org", 403)]
    [InlineData("a, same", "http://HOST", 101)]
    [InlineData("", "http://example.org", 101)]
    [InlineData("https://example.org", "null", 403)]
    [InlineData("https://example.org, https://example.com", "", 403)]
    public void Pages_of_other_origins_are_kept_out_where_that_is_wanted(string allowed, string? origin, int status)
    {
        var pull = Use(new PullSocket());
        Listener listener = pull.CreateListener(ScratchUrl.For("ws"));
        listener.SetOption(OptionNames.WsOrigins, allowed);
        listener.Start();
        List<string> lines = WsTalk.Lines(listener.Url, "pull.sp.nanomsg.org");
        if (origin is not null)
            lines.Add("Origin: " + origin.Replace("HOST", WsTalk.HostOf(listener.Url), StringComparison.Ordinal));
        Assert.Equal(status, Ask(listener.Url, lines).Status);
    }

    [Fact]
    public void WS_34_Listeners_of_port_zero_share_the_port_of_a_server_that_has_not_started()
    {
        var pull = Use(new PullSocket());
        Listener a = pull.CreateListener("ws://127.0.0.1:0/a");
        Listener b = pull.CreateListener("ws://127.0.0.1:0/b");
        a.Start();
        b.Start();
        int port = a.GetOption<int>(OptionNames.TcpBoundPort);
        Assert.Equal(port, b.GetOption<int>(OptionNames.TcpBoundPort));
        Listener c = pull.Listen("ws://127.0.0.1:0/c");
        Assert.NotEqual(port, c.GetOption<int>(OptionNames.TcpBoundPort));
    }

    private string Listening(out RepSocket rep)
    {
        rep = Use(new RepSocket());
        string url = ScratchUrl.For("ws") + "/app";
        rep.Listen(url);
        return url;
    }

    private WsTalk.Head Ask(string url, IEnumerable<string> lines) => WsTalk.Ask(Use(WsTalk.Dial(url)), lines);

    /// <summary>A good request with one line replaced, or left out.</summary>
    private static IEnumerable<string> Changed(string url, string start, string? line) => WsTalk.Lines(url, Rep)
        .Select(good => good.StartsWith(start, StringComparison.Ordinal) ? line : good)
        .OfType<string>();
}
