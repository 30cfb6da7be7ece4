using System.Linq;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Header lists as an application uses them.</summary>
public sealed class HttpHeadersTests
{
    private readonly HttpHeaders _headers = new HttpRequest().Headers;

    [Fact]
    public void HS091_Values_of_one_name_are_shown_joined()
    {
        _headers.Add("X", "a");
        _headers.Add("x", "b");
        Assert.Equal("a, b", _headers["x"]);
        Assert.Equal("a, b", _headers["X"]);
        Assert.Equal(2, _headers.Count);
    }

    [Fact]
    public void HS092_Cookies_are_never_joined()
    {
        _headers.Add("Set-Cookie", "a");
        _headers.Add("Set-Cookie", "b");
        Assert.Equal("a", _headers["Set-Cookie"]);
        Assert.Equal(["a", "b"], _headers.GetValues("set-cookie"));
    }

    [Fact]
    public void HS093_A_name_is_set_again_and_removed_once()
    {
        _headers.Set("X", "1");
        _headers.Set("X", "2");
        Assert.Equal("2", _headers["X"]);
        Assert.True(_headers.Remove("x"));
        Assert.False(_headers.Remove("X"));
        Assert.Null(_headers["X"]);
        Assert.False(_headers.TryGet("X", out _));
    }

    [Theory]
    [InlineData("X", "a\r\nb: c")]
    [InlineData("X", "a\nb")]
    [InlineData("X", "a\rb")]
    [InlineData("X", "a\0")]
    [InlineData("X", "\x7f")]
    [InlineData("X", "\u0100")]
    [InlineData("A B", "x")]
    [InlineData("A:", "x")]
    [InlineData("A\r\n", "x")]
    [InlineData("\xe9", "x")]
    [InlineData("", "x")]
    [InlineData("Content-Length", "abc")]
    [InlineData("Content-Length", "")]
    [InlineData("Content-Length", "-1")]
    [InlineData("Content-Length", "5, 5")]
    [InlineData("content-length", "99999999999999999999999")]
    public void HS094_What_would_break_the_message_is_refused(string name, string value)
    {
        Assert.Equal(NngError.InvalidArgument, Assert.Throws<NngException>(() => _headers.Set(name, value)).Error);
        Assert.Equal(NngError.InvalidArgument, Assert.Throws<NngException>(() => _headers.Add(name, value)).Error);
        Assert.Empty(_headers);
    }

    [Theory]
    [InlineData("Content-Length", "5")]
    [InlineData("Host", "h")]
    public void What_a_message_has_once_cannot_be_added_twice(string name, string value)
    {
        _headers.Add(name, value);
        NngException failure = Assert.Throws<NngException>(() => _headers.Add(name, value));
        Assert.Equal(NngError.InvalidArgument, failure.Error);
        Assert.Contains(value, failure.Message);
        Assert.Single(_headers);
    }

    [Fact]
    public void Setting_keeps_the_place_and_drops_the_other_lines()
    {
        _headers.Add("A", "1");
        _headers.Add("B", "2");
        _headers.Add("a", "3");
        _headers.Add("C", "4");
        _headers["A"] = "5 ";
        Assert.Equal(["A=5", "B=2", "C=4"], _headers.Select(line => $"{line.Key}={line.Value}"));
        _headers["A"] = null;
        Assert.Equal(["B", "C"], _headers.Select(line => line.Key));
        _headers.Clear();
        Assert.Empty(_headers);
        Assert.False(_headers.Contains("B"));
    }

    [Fact]
    public void A_message_names_the_value_but_not_its_control_characters()
    {
        string message = Assert.Throws<NngException>(() => _headers.Set("X", "a\r\nb")).Message;
        Assert.Contains("X", message);
        Assert.DoesNotContain('\n', message);
    }
}
