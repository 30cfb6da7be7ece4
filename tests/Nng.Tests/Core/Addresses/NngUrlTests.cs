using System;
using System.Linq;
using Xunit;

namespace Nng.Tests.Core;

public sealed class NngUrlTests
{
    [Theory]
    [InlineData(
        1,
        "http://node.example.test",
        "http", null, "node.example.test", "node.example.test", "80", "", null, null)]
    [InlineData(
        2,
        "https://Node.Example.TEST/",
        "https", null, "node.example.test", "node.example.test", "443", "/", null, null)]
    [InlineData(
        3,
        "WSS://Hub-1.Example:8443/Chat?Room=A#Top",
        "wss", null, "hub-1.example:8443", "hub-1.example", "8443", "/Chat", "Room=A", "Top")]
    [InlineData(4, "ws4://h/x", "ws4", null, "h", "h", "80", "/x", null, null)]
    [InlineData(
        5,
        "wss6://[fe80::1%25eth0]/",
        "wss6", null, "[fe80::1%25eth0]", "fe80::1%25eth0", "443", "/", null, null)]
    [InlineData(6, "tcp://10.1.2.3:4040", "tcp", null, "10.1.2.3:4040", "10.1.2.3", "4040", "", null, null)]
    [InlineData(7, "tcp://host.example", "tcp", null, "host.example", "host.example", "", "", null, null)]
    [InlineData(9, "tcp://*:5150", "tcp", null, ":5150", "", "5150", "", null, null)]
    [InlineData(10, "tcp://*", "tcp", null, "", "", "", "", null, null)]
    [InlineData(11, "tcp://*.corp.example:1", "tcp", null, "*.corp.example:1", "*.corp.example", "1", "", null, null)]
    [InlineData(12, "tcp://:7000/", "tcp", null, ":7000", "", "7000", "/", null, null)]
    [InlineData(14, "tcp://", "tcp", null, "", "", "", "", null, null)]
    [InlineData(
        15,
        "tls+tcp://[2001:DB8::5]:9999",
        "tls+tcp", null, "[2001:db8::5]:9999", "2001:db8::5", "9999", "", null, null)]
    [InlineData(16, "tcp://[::]", "tcp", null, "[::]", "::", "", "", null, null)]
    [InlineData(20, "tcp://2001:db8::5:9999", "tcp", null, "2001:db8::5:9999", "2001", "db8::5:9999", "", null, null)]
    [InlineData(21, "tcp://h:svc-name", "tcp", null, "h:svc-name", "h", "svc-name", "", null, null)]
    [InlineData(22, "tcp://h:99999", "tcp", null, "h:99999", "h", "99999", "", null, null)]
    [InlineData(23, "tcp://h:80:81", "tcp", null, "h:80:81", "h", "80:81", "", null, null)]
    [InlineData(24, "http://[]:5/", "http", null, "[]:5", "", "5", "/", null, null)]
    [InlineData(25, "ftp://h/a", "ftp", null, "h", "h", "", "/a", null, null)]
    [InlineData(26, "git://h", "git", null, "h", "h", "9418", "", null, null)]
    [InlineData(27, "gopher4://h", "gopher4", null, "h", "h", "70", "", null, null)]
    [InlineData(28, "http5://h", "http5", null, "h", "h", "", "", null, null)]
    [InlineData(31, "://h", "", null, "h", "h", "", "", null, null)]
    [InlineData(33, "http://me:pw@h:81/", "http", "me:pw", "h:81", "h", "81", "/", null, null)]
    [InlineData(35, "http://@h/", "http", "", "h", "h", "80", "/", null, null)]
    [InlineData(36, "http://u@/p", "http", "u", "", "", "80", "/p", null, null)]
    [InlineData(38, "tcp://u@*:9", "tcp", "u", ":9", "", "9", "", null, null)]
    [InlineData(39, "http://h?", "http", null, "h", "h", "80", "", "", null)]
    [InlineData(40, "http://h#", "http", null, "h", "h", "80", "", null, "")]
    [InlineData(41, "http://h?a=1#b?c", "http", null, "h", "h", "80", "", "a=1", "b?c")]
    [InlineData(42, "http://h#x?y", "http", null, "h", "h", "80", "", null, "x?y")]
    [InlineData(43, "http://h/a%2Fb%2fc", "http", null, "h", "h", "80", "/a%2Fb%2Fc", null, null)]
    [InlineData(44, "http://h/%41%5f%7E%2d", "http", null, "h", "h", "80", "/A_~-", null, null)]
    [InlineData(49, "http://h/a/b/../c", "http", null, "h", "h", "80", "/a/c", null, null)]
    [InlineData(50, "http://h/a/..", "http", null, "h", "h", "80", "", null, null)]
    [InlineData(51, "http://h/a/../", "http", null, "h", "h", "80", "/", null, null)]
    [InlineData(52, "http://h/../../x", "http", null, "h", "h", "80", "/x", null, null)]
    [InlineData(53, "http://h/a/./b/.", "http", null, "h", "h", "80", "/a/b", null, null)]
    [InlineData(54, "http://h/a/.../b", "http", null, "h", "h", "80", "/a/.../b", null, null)]
    [InlineData(55, "http://h/..a/.b", "http", null, "h", "h", "80", "/..a/.b", null, null)]
    [InlineData(56, "http://h//a///b//", "http", null, "h", "h", "80", "/a/b/", null, null)]
    [InlineData(57, "http://h/a?x=//../y/./z", "http", null, "h", "h", "80", "/a", "x=//../y/./z", null)]
    [InlineData(58, "http://h/%2e%2E/x", "http", null, "h", "h", "80", "/x", null, null)]
    [InlineData(59, "http://h/x/..?y", "http", null, "h", "h", "80", "", "y", null)]
    [InlineData(60, "http://h/a;p=1/../b", "http", null, "h", "h", "80", "/b", null, null)]
    [InlineData(61, "http://h/caf%C3%A9", "http", null, "h", "h", "80", "/caf\u00e9", null, null)]
    [InlineData(65, "http://h/%E2%82%AC", "http", null, "h", "h", "80", "/\u20ac", null, null)]
    [InlineData(66, "http://h/%F0%9F%98%80", "http", null, "h", "h", "80", "/\U0001f600", null, null)]
    [InlineData(67, "http://h/%F0%9F%8C%8D", "http", null, "h", "h", "80", "/\U0001f30d", null, null)]
    [InlineData(69, "http://h/%E0%A4%85", "http", null, "h", "h", "80", "/\u0905", null, null)]
    [InlineData(70, "http://h/a b", "http", null, "h", "h", "80", "/a b", null, null)]
    [InlineData(71, "http://h/%20%00", "http", null, "h", "h", "80", "/%20%00", null, null)]
    [InlineData(72, "http://h/%7Ejoe?Q=%7e", "http", null, "h", "h", "80", "/~joe", "Q=~", null)]
    [InlineData(73, "ipc:///run/app.sock", "ipc", null, "", "", "", "/run/app.sock", null, null)]
    [InlineData(74, "ipc://rel//x/../y?z#w", "ipc", null, "", "", "", "rel//x/../y?z#w", null, null)]
    [InlineData(75, "IPC://X", "ipc", null, "", "", "", "X", null, null)]
    [InlineData(77, "inproc://a name/%41", "inproc", null, "", "", "", "a name/%41", null, null)]
    [InlineData(78, "inproc://", "inproc", null, "", "", "", "", null, null)]
    [InlineData(79, "abstract://%00bin", "abstract", null, "", "", "", "%00bin", null, null)]
    [InlineData(80, "unix:///var/run/d.sock", "unix", null, "", "", "", "/var/run/d.sock", null, null)]
    [InlineData(81, "socket://", "socket", null, "", "", "", "", null, null)]
    [InlineData(82, "socket://1", "socket", null, "1", "1", "", "", null, null)]
    [InlineData(
        83,
        "tcp://eth0;192.0.2.1:80",
        "tcp", null, "eth0;192.0.2.1:80", "eth0;192.0.2.1", "80", "", null, null)]
    [InlineData(84, "zt://node.net:55", "zt", null, "node.net:55", "node.net", "55", "", null, null)]
    [InlineData(85, "HTTP://H:080/", "http", null, "h:080", "h", "080", "/", null, null)]
    public void Url_of_the_sheet_parses(
        int number,
        string text,
        string scheme,
        string? userInfo,
        string host,
        string hostName,
        string port,
        string path,
        string? query,
        string? fragment)
    {
        Assert.InRange(number, 1, 85);

        NngUrl url = NngUrl.Parse(text);

        Assert.Equal(text, url.Raw);
        Assert.Equal(scheme, url.Scheme);
        Assert.Equal(userInfo, url.UserInfo);
        Assert.Equal(host, url.Host);
        Assert.Equal(hostName, url.HostName);
        Assert.Equal(port, url.Port);
        Assert.Equal(path, url.Path);
        Assert.Equal(query, url.Query);
        Assert.Equal(fragment, url.Fragment);
        string requestUri = path + (query is null ? "" : "?" + query) + (fragment is null ? "" : "#" + fragment);
        Assert.Equal(scheme is "ipc" or "inproc" or "unix" or "abstract" ? "" : requestUri, url.RequestUri);
    }

    [Theory]
    [InlineData(8, "tcp://host.example:")]
    [InlineData(13, "tcp://:")]
    [InlineData(17, "tcp://[::1]:")]
    [InlineData(18, "tcp://[::1]x:9")]
    [InlineData(19, "tcp://[::1:9")]
    [InlineData(29, "http:/h")]
    [InlineData(30, "http//h")]
    [InlineData(32, "h:80//x")]
    [InlineData(34, "http://a@b@c/")]
    [InlineData(37, "http://u@@h/")]
    [InlineData(45, "http://h/%zz")]
    [InlineData(46, "http://h/%4")]
    [InlineData(47, "http://h/?q=%")]
    [InlineData(48, "http://h/#%g1")]
    [InlineData(62, "http://h/%FF")]
    [InlineData(63, "http://h/%C0%AF")]
    [InlineData(64, "http://h/%E2%82")]
    [InlineData(68, "http://h/%ED%A0%80")]
    [InlineData(76, "ipc:/run/x")]
    public void Malformed_text_of_the_sheet_is_refused_by_name(int number, string text)
    {
        Assert.InRange(number, 1, 85);
        Assert.False(NngUrl.TryParse(text, out _));

        NngException failure = Assert.Throws<NngException>(() => NngUrl.Parse(text));

        Assert.Equal(NngError.InvalidArgument, failure.Error);
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("U-1", "TCP://h:1", "tcp", "h", "1")]
    [InlineData("U-3", "ws://u:p@h:1/p", "ws", "h", "1")]
    [InlineData("U-4", "tcp://*:1", "tcp", "", "1")]
    [InlineData("U-4", "tcp://UPPER:1", "tcp", "upper", "1")]
    [InlineData("U-5", "tcp://::1:5555", "tcp", "", ":1:5555")]
    [InlineData("U-5", "tcp://[::1]:5555", "tcp", "::1", "5555")]
    [InlineData("U-6", "ws4://h", "ws4", "h", "80")]
    [InlineData("U-6", "ws6://h", "ws6", "h", "80")]
    [InlineData("U-6", "wss4://h", "wss4", "h", "443")]
    [InlineData("U-6", "wss6://h", "wss6", "h", "443")]
    [InlineData("U-6", "tcp://h", "tcp", "h", "")]
    [InlineData("U-6", "tls+tcp://h", "tls+tcp", "h", "")]
    public void Rule_of_the_transports_sheet_holds(
        string rule, string text, string scheme, string hostName, string port)
    {
        Assert.StartsWith("U-", rule, StringComparison.Ordinal);

        NngUrl url = NngUrl.Parse(text);

        Assert.Equal((scheme, hostName, port), (url.Scheme, url.HostName, url.Port));
    }

    [Theory]
    [InlineData("U-1", "tcp:h")]
    [InlineData("U-1", "tcp:/h")]
    [InlineData("U-1", "")]
    [InlineData("U-3", "tcp://a@b@c:1")]
    [InlineData("U-5", "tcp://[::1")]
    [InlineData("U-5", "tcp://[::1]5555")]
    [InlineData("U-6", "tcp://h:")]
    [InlineData("U-7", "ws://h/%")]
    [InlineData("U-7", "ws://h/%F5%80%80%80")]
    [InlineData("U-7", "ws://h/%F4%90%80%80")]
    [InlineData("U-7", "ws://h/%E0%9F%BF")]
    [InlineData("U-7", "ws://h/?%80")]
    public void Rule_of_the_transports_sheet_refuses(string rule, string text)
    {
        Assert.StartsWith("U-", rule, StringComparison.Ordinal);
        Assert.False(NngUrl.TryParse(text, out _));
    }

    [Fact]
    public void U2_Path_of_an_opaque_scheme_is_verbatim()
    {
        NngUrl url = NngUrl.Parse("ipc://a/../%41?b#c@d//*:x");

        Assert.Equal("a/../%41?b#c@d//*:x", url.Path);
        Assert.Null(url.Query);
        Assert.Null(url.Fragment);
        Assert.Null(url.UserInfo);
    }

    [Fact]
    public void U8_Request_uri_includes_the_fragment()
    {
        Assert.Equal("/a?b#c", NngUrl.Parse("ws://h/x/../a?b#c").RequestUri);
    }

    [Fact]
    public void Null_is_no_url()
    {
        Assert.False(NngUrl.TryParse(null, out NngUrl? url));
        Assert.Null(url);
        Assert.Throws<ArgumentNullException>(() => NngUrl.Parse(null!));
    }

    [Fact]
    public void Last_code_point_is_valid()
    {
        Assert.Equal("/\U0010ffff", NngUrl.Parse("http://h/%F4%8F%BF%BF").Path);
    }

    [Fact]
    public void Scope_keeps_its_case_and_the_rest_of_the_host_does_not()
    {
        NngUrl url = NngUrl.Parse("tcp://[FE80::1%Eth0]:80");

        Assert.Equal("fe80::1%Eth0", url.HostName);
        Assert.Equal("[fe80::1%Eth0]:80", url.Host);
    }

    [Fact]
    public void Path_keeps_its_case()
    {
        Assert.Equal("/Chat?Room=A", NngUrl.Parse("WS://H/Chat?Room=A").RequestUri);
    }

    [Theory]
    [InlineData("ipc:///run/App.sock", 0, "ipc:///run/App.sock")]
    [InlineData("INPROC://A", 0, "inproc://A")]
    [InlineData("abstract://%00bin", 7, "abstract://%00bin")]
    [InlineData("unix:///x", 0, "unix:///x")]
    [InlineData("tcp://*:0", 5150, "tcp://:5150")]
    [InlineData("tcp://*:5150", 0, "tcp://:5150")]
    [InlineData("tcp://[::1]:0", 80, "tcp://[::1]:80")]
    [InlineData("tcp://H.example:1/", 0, "tcp://h.example:1/")]
    [InlineData("http://me:pw@h:80/a/../b?q#f", 0, "http://h/b?q#f")]
    [InlineData("http://h:81", 80, "http://h")]
    [InlineData("wss://h:8443/x", 0, "wss://h:8443/x")]
    [InlineData("socket://", 0, "socket://")]
    public void Format_gives_the_canonical_text(string text, int port, string expected)
    {
        Assert.Equal(expected, NngUrl.Parse(text).Format(port));
    }

    [Fact]
    public void ToString_gives_the_text_as_given()
    {
        Assert.Equal("TCP://H:1", NngUrl.Parse("TCP://H:1").ToString());
    }

    [Theory]
    [InlineData("git", "9418")]
    [InlineData("gopher6", "70")]
    [InlineData("http", "80")]
    [InlineData("https4", "443")]
    [InlineData("ssh", "22")]
    [InlineData("telnet6", "23")]
    [InlineData("ws", "80")]
    [InlineData("wss", "443")]
    [InlineData("ws46", "")]
    [InlineData("tcp4", "")]
    [InlineData("tls+tcp", "")]
    [InlineData("4", "")]
    [InlineData("", "")]
    public void Default_port_follows_the_scheme(string scheme, string port)
    {
        Assert.Equal(port, NngUrl.DefaultPort(scheme));
    }

    [Fact]
    public void Long_climb_of_dot_segments_ends_at_the_root()
    {
        string climb = string.Concat(Enumerable.Repeat("/a/..", 10000));

        Assert.Equal("/x", NngUrl.Parse("http://h" + climb + "/x").Path);
    }
}
