using System;
using System.Net;
using System.Text;
using Xunit;

namespace Nng.Tests.Core;

public sealed class NngAddressTests
{
    [Theory]
    [InlineData("192.0.2.7", 4040, "192.0.2.7:4040")]
    [InlineData("fe80::4%2", 80, "[fe80::4%2]:80")]
    [InlineData("::ffff:192.0.2.7", 80, "[::ffff:192.0.2.7]:80")]
    [InlineData("2001:DB8:0:0:1:0:0:1", 1, "[2001:db8::1:0:0:1]:1")]
    [InlineData("::", 0, "[::]:0")]
    public void Ip_address_has_its_text_form(string ip, int port, string expected)
    {
        Assert.Equal(expected, NngAddress.Ip(new IPEndPoint(IPAddress.Parse(ip), port)).ToString());
    }

    [Fact]
    public void Names_have_their_text_forms()
    {
        Assert.Equal("inproc[inproc://bus]", NngAddress.Inproc("inproc://bus").ToString());
        Assert.Equal("/run/app.sock", NngAddress.Ipc("/run/app.sock").ToString());
        Assert.Equal("abstract[svc]", NngAddress.Abstract("svc"u8).ToString());
        Assert.Equal("unknown", NngAddress.Unspecified.ToString());
    }

    [Fact]
    public void Abstract_name_is_shown_whole_and_printable()
    {
        Assert.Equal(@"abstract[a\x00b\xff]", NngAddress.Abstract([(byte)'a', 0, (byte)'b', 0xff]).ToString());
    }

    [Theory]
    [InlineData("1.2.3.4", AddressKind.Inet, "1.2.3.4:0")]
    [InlineData("1.2.3.4:80", AddressKind.Inet, "1.2.3.4:80")]
    [InlineData("::1", AddressKind.Inet6, "[::1]:0")]
    [InlineData("[::1]", AddressKind.Inet6, "[::1]:0")]
    [InlineData("[::1]:65535", AddressKind.Inet6, "[::1]:65535")]
    [InlineData("[fe80::1%3]:9", AddressKind.Inet6, "[fe80::1%3]:9")]
    [InlineData("::ffff:1.2.3.4", AddressKind.Inet6, "[::ffff:1.2.3.4]:0")]
    public void Literal_parses(string text, AddressKind kind, string expected)
    {
        Assert.True(NngAddress.TryParse(text, out NngAddress address));
        Assert.Equal(kind, address.Kind);
        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("0x1.2.3.4")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.")]
    [InlineData("1.2.3.4:")]
    [InlineData("1.2.3.4:65536")]
    [InlineData("1.2.3.4:-1")]
    [InlineData("1.2.3.4: 1")]
    [InlineData("[1.2.3.4]:80")]
    [InlineData("[::1]:")]
    [InlineData("[::1]80")]
    [InlineData("[::1")]
    [InlineData("::1]:80")]
    [InlineData("[[::1]]")]
    [InlineData("[]")]
    [InlineData("[]:80")]
    [InlineData("::1/64")]
    [InlineData(":80")]
    public void Anything_else_is_no_literal(string? text)
    {
        Assert.False(NngAddress.TryParse(text, out NngAddress address));
        Assert.Same(NngAddress.Unspecified, address);
    }

    [Fact]
    public void Equality_covers_kind_and_all_fields()
    {
        NngAddress four = NngAddress.Ip(new IPEndPoint(IPAddress.Loopback, 80));
        NngAddress same = NngAddress.Ip(new IPEndPoint(IPAddress.Loopback, 80));

        Assert.True(four == same);
        Assert.False(four != same);
        Assert.Equal(four.GetHashCode(), same.GetHashCode());
        Assert.False(four == NngAddress.Ip(new IPEndPoint(IPAddress.Loopback, 81)));
        Assert.False(four == NngAddress.Ip(new IPEndPoint(IPAddress.Loopback.MapToIPv6(), 80)));
        Assert.False(NngAddress.Ipc("x") == NngAddress.Abstract("x"u8));
        Assert.False(NngAddress.Ipc("x") == NngAddress.Ipc("y"));
        Assert.False(Parse("[fe80::1%1]:5") == Parse("[fe80::1%2]:5"));
        Assert.False(four == null);
        Assert.False(null == four);
        Assert.Equal(NngAddress.Unspecified, NngAddress.Unspecified);
    }

    [Fact]
    public void End_point_goes_in_and_comes_out_as_a_copy()
    {
        var given = new IPEndPoint(IPAddress.Loopback, 80);
        NngAddress address = NngAddress.Ip(given);

        given.Port = 81;
        address.EndPoint!.Port = 82;

        Assert.Equal(80, address.Port);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 80), address.EndPoint);
    }

    [Fact]
    public void Long_name_is_cut_at_127_bytes()
    {
        Assert.Equal(127, NngAddress.Ipc(new string('x', 200)).Name.Length);
        Assert.Equal(127, NngAddress.Inproc(new string('x', 127)).Name.Length);
    }

    [Fact]
    public void Abstract_name_beyond_107_bytes_is_refused()
    {
        Assert.Equal(107, NngAddress.Abstract(new byte[107]).Name.Length);
        NngException failure = Assert.Throws<NngException>(() => NngAddress.Abstract(new byte[108]));
        Assert.Equal(NngError.AddressInvalid, failure.Error);
    }

    [Fact]
    public void Name_of_an_ip_address_is_empty_and_a_name_has_no_end_point()
    {
        Assert.Equal(0, Parse("1.2.3.4:5").Name.Length);
        Assert.Null(NngAddress.Ipc("x").EndPoint);
        Assert.Equal(0, NngAddress.Ipc("x").Port);
        Assert.Equal("x", Encoding.UTF8.GetString(NngAddress.Ipc("x").Name));
    }

    [Fact]
    public void Numbers_are_those_of_the_c_library()
    {
        Assert.Equal(
            [0, 1, 2, 3, 4, 6],
            [
                (int)AddressKind.Unspecified, (int)AddressKind.Inproc, (int)AddressKind.Ipc,
                (int)AddressKind.Inet, (int)AddressKind.Inet6, (int)AddressKind.Abstract,
            ]);
    }

    private static NngAddress Parse(string text)
    {
        Assert.True(NngAddress.TryParse(text, out NngAddress address));
        return address;
    }
}
