using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>What a dialer asks for, and what it makes of the answers (transports sheet, 13.3, 13.6 and 21.4).</summary>
public sealed class WsDialerTests : Scenario
{
    private const string Pull = "pull.sp.nanomsg.org";
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(5);
    private readonly RawPeerListener _listener;

    public WsDialerTests()
    {
        _listener = Use(RawPeerListener.Tcp());
    }

    private string Url => _listener.Url.Replace("tcp:", "ws:", StringComparison.Ordinal);

    [Fact]
    public async Task The_request_is_the_one_of_the_sheet()
    {
        Task<NngError> dialing = Dialing(Url + "/app?q=1#no", out _);
        RawPeer peer = Use(_listener.Accept());
        WsTalk.Head request = WsTalk.AcceptUpgrade(peer, Pull);
        Assert.Equal(NngError.None, await Eventually.Completes(dialing));
        string key = request["Sec-WebSocket-Key"]!;
        Assert.Equal(24, key.Length);
        Assert.Equal(16, Convert.FromBase64String(key).Length);
        Assert.Equal(
            $"GET /app?q=1 HTTP/1.1\r\nHost: {WsTalk.HostOf(Url)}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {Pull}\r\n\r\n",
            request.ToString());
    }

    [Fact]
    public async Task CS_129_A_url_without_a_path_asks_for_the_root()
    {
        Task<NngError> dialing = Dialing(Url, out _);
        WsTalk.Head request = WsTalk.AcceptUpgrade(Use(_listener.Accept()), Pull);
        Assert.Equal("GET / HTTP/1.1", request.Start);
        Assert.Equal(NngError.None, await Eventually.Completes(dialing));
    }

    [Fact]
    public async Task CS_121_Frames_are_masked_each_with_its_own_key()
    {
        Task<NngError> dialing = Dialing(Url, out PushSocket push);
        RawPeer peer = Use(_listener.Accept());
        WsTalk.AcceptUpgrade(peer, Pull);
        await Eventually.Completes(dialing);
        var keys = new HashSet<string>();
        for (int i = 0; i < 20; i++)
        {
            Send(push, "'hi'");
            peer.ExpectHex("82 82");
            byte[] key = peer.Read(4);
            byte[] payload = peer.Read(2);
            Assert.Equal("hi"u8.ToArray(), payload.Select((b, at) => (byte)(b ^ key[at])).ToArray());
            keys.Add(WireText.Hex(key));
        }

        Assert.Equal(20, keys.Count);
    }

    [Fact]
    public async Task CS_122_A_server_that_masks_is_told_and_dialled_again()
    {
        Task<NngError> dialing = Dialing(Url, out _);
        RawPeer peer = Use(_listener.Accept());
        WsTalk.AcceptUpgrade(peer, Pull);
        await Eventually.Completes(dialing);
        peer.SendHex("82 82 11223344 79 4B");
        (byte first, bool masked, byte[] payload) = WsTalk.ReadFrame(peer);
        Assert.Equal((0x88, true, "03 EA"), (first, masked, WireText.Hex(payload)));
        WsTalk.AcceptUpgrade(Use(_listener.Accept()), Pull);
    }

    [Theory]
    [InlineData(401, NngError.PermissionDenied)]
    [InlineData(403, NngError.PermissionDenied)]
    [InlineData(404, NngError.ConnectionRefused)]
    [InlineData(405, NngError.ConnectionRefused)]
    [InlineData(501, NngError.ConnectionRefused)]
    [InlineData(400, NngError.Protocol)]
    [InlineData(302, NngError.Protocol)]
    [InlineData(500, NngError.Protocol)]
    [InlineData(200, NngError.Protocol)]
    public async Task CS_123_Other_answers_are_errors(int status, NngError error)
    {
        Assert.Equal(error, await DialErrorAsync(
            request => [$"HTTP/1.1 {status} Because", "Content-Length: 0"]));
    }

    [Theory]
    [InlineData("Sec-WebSocket-Accept:", "Sec-WebSocket-Accept: dW0HMpChSOllUrDZnf5AIF3ENuY=")] // CS-124
    [InlineData("Sec-WebSocket-Accept:", null)]
    [InlineData("Sec-WebSocket-Protocol:", null)] // CS-125
    [InlineData("Sec-WebSocket-Protocol:", "Sec-WebSocket-Protocol: push.sp.nanomsg.org")]
    [InlineData("Upgrade:", null)]
    [InlineData("Upgrade:", "Upgrade: h2c")]
    [InlineData("Connection:", "Connection: close")]
    [InlineData("Connection:", "Connection: Upgrade\r\nSec-WebSocket-Extensions: permessage-deflate")]
    public async Task CS_124_125_An_answer_that_proves_nothing_is_refused(string start, string? line)
    {
        Assert.Equal(NngError.Protocol, await DialErrorAsync(request => WsTalk.Answer(request, Pull)
            .Select(good => good.StartsWith(start, StringComparison.Ordinal) ? line : good)
            .OfType<string>()));
    }

    [Fact]
    public async Task The_words_of_an_answer_have_no_case()
    {
        Assert.Equal(NngError.None, await DialErrorAsync(request => WsTalk.Answer(request, Pull)
            .Select(line => line.Replace("websocket", "WebSocket", StringComparison.Ordinal)
                .Replace("Connection: Upgrade", "CONNECTION: keep-alive,upgrade", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task CS_126_A_silent_server_is_given_up()
    {
        Task<NngError> dialing = Dialing(Url, out _);
        using RawPeer peer = _listener.Accept();
        WsTalk.ReadHead(peer);
        Assert.Equal(NngError.TimedOut, await Eventually.Completes(dialing));
    }

    [Theory]
    [InlineData("ws://127.0.0.1;127.0.0.1:80")]
    [InlineData("wss://127.0.0.1;localhost:80/a")]
    public void WS_9_A_source_address_is_no_part_of_the_url(string url)
    {
        Assert.Equal(
            NngError.AddressInvalid, Assert.Throws<NngException>(() => Use(new PushSocket()).CreateDialer(url)).Error);
    }

    [Fact]
    public async Task E_12_Options_changed_while_an_attempt_is_made_are_for_the_next_one()
    {
        var push = Use(new PushSocket());
        Dialer dialer = push.CreateDialer(Url);
        dialer.SetOption(OptionNames.WsDeflate, true);
        dialer.StartInBackground();
        RawPeer peer = Use(_listener.Accept());
        WsTalk.Head request = WsTalk.ReadHead(peer);
        dialer.SetOption(OptionNames.WsDeflate, false);
        dialer.SetOption(OptionNames.WsProtocol, "other");
        WsTalk.SendHead(peer, WsTalk.Answer(request, Pull, "Sec-WebSocket-Extensions: permessage-deflate"));
        await Eventually.TrueAsync(() => push.Inner.AttachedCount == 1, "the answer fits the request");
    }

    [Theory]
    [InlineData(16, NngError.None)]
    [InlineData(17, NngError.Protocol)]
    public async Task Responses_before_the_answer_have_an_end(int count, NngError error)
    {
        Assert.Equal(error, await DialErrorAsync(request => Enumerable.Repeat("HTTP/1.1 100 Continue\r\n", count)
            .Concat(WsTalk.Answer(request, Pull))));
    }

    [Fact]
    public async Task A_server_that_leaves_before_its_answer_has_shut_down()
    {
        Task<NngError> dialing = Dialing(Url, out _);
        using (RawPeer peer = _listener.Accept())
            WsTalk.ReadHead(peer);
        Assert.Equal(NngError.ConnectionShutdown, await Eventually.Completes(dialing));
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nX: ")]
    public async Task An_answer_that_cannot_be_understood_breaks_the_protocol(string answer)
    {
        Task<NngError> dialing = Dialing(Url, out _);
        using RawPeer peer = _listener.Accept();
        WsTalk.ReadHead(peer);
        peer.Send(System.Text.Encoding.ASCII.GetBytes(answer + new string('x', 10_000)));
        Assert.Equal(NngError.Protocol, await Eventually.Completes(dialing));
    }

    [Fact]
    public async Task CS_128_A_message_right_behind_the_answer_is_delivered()
    {
        var pull = Use(new PullSocket());
        Task dialing = Task.Run(() => pull.Dial(Url));
        RawPeer peer = Use(_listener.Accept());
        WsTalk.Head request = WsTalk.ReadHead(peer);
        string answer = string.Join("\r\n", WsTalk.Answer(request, "push.sp.nanomsg.org")) + "\r\n\r\n";
        peer.Send([.. System.Text.Encoding.ASCII.GetBytes(answer), .. WsTalk.Plain(0x82, "first"u8)]);
        await Eventually.Completes(dialing);
        Assert.Equal("first", Recv(pull));
    }

    [Fact]
    public async Task WS_10_Headers_of_the_application_are_added_and_cannot_break_the_upgrade()
    {
        var push = Use(new PushSocket());
        Dialer dialer = push.CreateDialer(Url);
        dialer.SetOption(OptionNames.WsRequestHeaders, "X-One: 1\r\nX-Two: 2\r\nConnection: close\r\nnothing");
        dialer.SetOption(OptionNames.WsRequestHeader + "X-Two", "two");
        dialer.SetOption(OptionNames.WsRequestHeader + "Host", "example.org");
        dialer.StartInBackground();
        WsTalk.Head request = WsTalk.AcceptUpgrade(Use(_listener.Accept()), Pull, "X-Three: 3");
        Assert.Equal(
            ("1", "two", "example.org", "Upgrade"),
            (request["X-One"]!, request["X-Two"]!, request["Host"]!, request["Connection"]!));
        Eventually.Equal(1, () => push.Inner.AttachedCount);
        Pipe pipe = push.Pipes[0];
        Assert.Equal("two", pipe.GetOption<string>(OptionNames.WsRequestHeader + "x-two"));
        Assert.Equal("3", pipe.GetOption<string>(OptionNames.WsResponseHeader + "X-Three"));
        Assert.Contains("X-Three: 3\r\n", pipe.GetOption<string>(OptionNames.WsResponseHeaders));
        Assert.Equal("/", pipe.GetOption<string>(OptionNames.WsRequestUri));
        Assert.Equal(Pull, pipe.GetOption<string>(OptionNames.WsProtocol));
        Assert.Equal(
            NngError.NotFound,
            Assert.Throws<NngException>(() => pipe.GetOption<string>(OptionNames.WsResponseHeader + "X-No")).Error);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("ws://*:8080")]
    [InlineData("ws://:8080")]
    [InlineData("wss://")]
    public void WS_6_A_dialer_needs_a_host(string url)
    {
        Assert.Equal(
            NngError.AddressInvalid, Assert.Throws<NngException>(() => Use(new PushSocket()).CreateDialer(url)).Error);
    }

    private Task<NngError> Dialing(string url, out PushSocket push)
    {
        PushSocket opened = push = Use(new PushSocket());
        push.SetOption(OptionNames.ReconnectTimeMin, s_quick);
        return Task.Run(() =>
        {
            try
            {
                opened.Dial(url);
                return NngError.None;
            }
            catch (NngException failure)
            {
                return failure.Error;
            }
        });
    }

    /// <summary>What a dial ends with that is answered so.</summary>
    private async Task<NngError> DialErrorAsync(Func<WsTalk.Head, IEnumerable<string>> answer)
    {
        Task<NngError> dialing = Dialing(Url, out _);
        RawPeer peer = Use(_listener.Accept());
        WsTalk.SendHead(peer, answer(WsTalk.ReadHead(peer)));
        return await Eventually.Completes(dialing);
    }
}
