using System.Text;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Hosts and authorities.</summary>
public sealed class HostFieldTests
{
    [Theory]
    [InlineData("h", "h", "")]
    [InlineData("example.com:8080", "example.com", "8080")]
    [InlineData("a.test.", "a.test.", "")]
    [InlineData("127.0.0.1:0", "127.0.0.1", "0")]
    [InlineData("[::1]", "[::1]", "")]
    [InlineData("[fe80::1]:65535", "[fe80::1]", "65535")]
    [InlineData("h:", "h", "")]
    [InlineData("caf%C3%A9", "caf%C3%A9", "")]
    public void HS087_Host_and_port_are_told_apart(string host, string name, string port)
    {
        Assert.True(HostField.TrySplit(WireReading.Bytes(host), out var nameBytes, out var portBytes));
        Assert.Equal(name, Encoding.ASCII.GetString(nameBytes));
        Assert.Equal(port, Encoding.ASCII.GetString(portBytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData("a b")]
    [InlineData("u@h")]
    [InlineData("h/p")]
    [InlineData("h?q")]
    [InlineData("h#f")]
    [InlineData("h:80:81")]
    [InlineData("h:8x")]
    [InlineData("h:65536")]
    [InlineData("h:99999999999999999999")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[]")]
    [InlineData("[::1]x")]
    [InlineData("[::g]")]
    [InlineData("h%4")]
    [InlineData("h%zz")]
    [InlineData("\xe9")]
    public void HS189_What_is_no_host_is_refused(string host) =>
        Assert.False(HostField.IsValid(WireReading.Bytes(host)));

    [Fact]
    public void HS190_The_authority_of_the_target_stands_above_Host()
    {
        var headers = new HttpHeaders(new HeaderTable());
        headers.Add("Host", "a.test");
        Assert.Equal(HttpRefusal.None, HostField.Find(headers.Table, 1, "b.test"u8, out var host));
        Assert.Equal("b.test", Encoding.ASCII.GetString(host));
        Assert.Equal(HttpRefusal.None, HostField.Find(headers.Table, 1, default, out host));
        Assert.Equal("a.test", Encoding.ASCII.GetString(host));
    }

    [Fact]
    public void HS140_141_Only_http_1_0_may_leave_the_host_out()
    {
        var none = new HeaderTable();
        Assert.Equal(HttpRefusal.None, HostField.Find(none, 0, default, out var host));
        Assert.True(host.IsEmpty);
        Assert.Equal(HttpRefusal.HostMissing, HostField.Find(none, 1, default, out _));
    }
}
