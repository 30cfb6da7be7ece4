using System;
using System.Linq;
using System.Text;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Character classes, byte by byte, against the grammar.</summary>
public sealed class HttpSyntaxTests
{
    [Fact]
    public void Classes_hold_exactly_the_bytes_of_the_grammar()
    {
        for (int b = 0; b < 256; b++)
        {
            char c = (char)b;
            bool token = char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c);
            Assert.Equal(token, HttpSyntax.Token.Contains((byte)b));
            Assert.Equal(token, HttpSyntax.IsToken(c.ToString()));
            Assert.Equal(b is > 0x20 and < 0x7f && c != '#', HttpSyntax.Target.Contains((byte)b));
            Assert.Equal((b < 0x20 && c != '\t') || b == 0x7f, HttpSyntax.ValueStop.Contains((byte)b));
            bool name = char.IsAsciiLetterOrDigit(c) || "-._~!$&'()*+,;=%".Contains(c);
            Assert.Equal(name, HttpSyntax.RegisteredName.Contains((byte)b));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t ", "")]
    [InlineData("\ta b ", "a b")]
    public void Optional_white_space_is_space_and_tab(string text, string expected) =>
        Assert.Equal(expected, Encoding.Latin1.GetString(HttpSyntax.Trim(WireReading.Bytes(text))));

    [Fact]
    public void A_failure_shows_the_value_in_bounds()
    {
        string message = Assert.Throws<NngException>(
            () => HttpSyntax.CheckMethod("\r\n" + new string('x', 1000))).Message;
        Assert.True(message.Length < 200, message);
        Assert.DoesNotContain(message, char.IsControl);
        Assert.Throws<ArgumentNullException>(() => HttpSyntax.CheckName(null!));
        Assert.Throws<ArgumentNullException>(() => HttpSyntax.CheckValue("X", null!));
    }
}
