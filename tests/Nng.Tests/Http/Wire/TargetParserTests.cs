using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Request targets and their canonical paths.</summary>
public sealed class TargetParserTests
{
    [Theory]
    [InlineData("/", "/", null)]
    [InlineData("/a/b.html", "/a/b.html", null)]
    [InlineData("/a?", "/a", "")]
    [InlineData("/a?b=c&d=%20?/..", "/a", "b=c&d=%20?/..")]
    [InlineData("http://b.test/x?y", "/x", "y")]
    [InlineData("HTTPS://b.test:1/x", "/x", null)]
    [InlineData("http://b.test", "/", null)]
    [InlineData("http://b.test?q", "/", "q")]
    [InlineData("/my%20file.txt", "/my file.txt", null)]
    [InlineData("/%64ocs/x", "/docs/x", null)]
    [InlineData("/caf%c3%A9", "/caf\u00e9", null)]
    [InlineData("/a%2fb%5cc", "/a%2Fb%5Cc", null)]
    [InlineData("/a%252fb", "/a%2fb", null)]
    [InlineData("/a/./b", "/a/b", null)]
    [InlineData("/a/../b", "/b", null)]
    [InlineData("/a/b/..", "/a/", null)]
    [InlineData("/a/..", "/", null)]
    [InlineData("/a/.", "/a/", null)]
    [InlineData("/.", "/", null)]
    [InlineData("/a/%2e%2E/b", "/b", null)]
    [InlineData("//a///b//", "/a/b/", null)]
    [InlineData("/a//../b", "/a/b", null)]
    [InlineData("/..a/.b/c..", "/..a/.b/c..", null)]
    [InlineData("/docs/..%2fsecret", "/docs/..%2Fsecret", null)]
    [InlineData("/docs/..\\secret", "/docs/..\\secret", null)]
    public void HS170_171_A_target_has_a_canonical_path_and_a_raw_query(string target, string path, string? query)
    {
        var request = new HttpRequest { Uri = target };
        Assert.Equal(HttpRefusal.None, request.Target.Refusal);
        Assert.Equal(path, request.Path);
        Assert.Equal(query, request.Query);
        Assert.Equal(target, request.Uri);
    }

    [Theory]
    [InlineData("GET", "/x", TargetForm.Origin, "")]
    [InlineData("GET", "http://b.test:8080/x", TargetForm.Absolute, "b.test:8080")]
    [InlineData("OPTIONS", "*", TargetForm.Asterisk, "")]
    [InlineData("CONNECT", "h:1", TargetForm.Authority, "h:1")]
    internal void HS190_191_A_target_has_a_form(string method, string target, TargetForm form, string authority)
    {
        var request = new HttpRequest { Method = method, Uri = target };
        Assert.Equal(form, request.Target.Form);
        Assert.Equal(WireReading.Bytes(authority), request.Target.AuthorityBytes.ToArray());
    }

    [Theory]
    [InlineData("/docs/../../secret", HttpRefusal.TargetAboveRoot)]
    [InlineData("/..", HttpRefusal.TargetAboveRoot)]
    [InlineData("http://h/..", HttpRefusal.TargetAboveRoot)]
    [InlineData("/%", HttpRefusal.TargetEscape)]
    [InlineData("/%zz", HttpRefusal.TargetEscape)]
    [InlineData("/%00", HttpRefusal.TargetNul)]
    [InlineData("/%c0%ae", HttpRefusal.TargetNotUtf8)]
    [InlineData("http:///x", HttpRefusal.HostMalformed)]
    [InlineData("x", HttpRefusal.TargetForm)]
    [InlineData("", HttpRefusal.TargetForm)]
    public void HS193_A_malformed_target_has_no_parts(string target, HttpRefusal refusal)
    {
        var request = new HttpRequest { Uri = target };
        Assert.Equal(refusal, request.Target.Refusal);
        Assert.Equal("", request.Path);
        Assert.Null(request.Query);
        Assert.Equal(TargetForm.None, request.Target.Form);
    }

    [Fact]
    public void The_parts_follow_a_change_of_target_or_method()
    {
        var request = new HttpRequest { Uri = "/a?b" };
        Assert.Equal("/a", request.Path);
        request.Uri = "/c/../d";
        Assert.Equal("/d", request.Path);
        Assert.Null(request.Query);
        request.Uri = "*";
        Assert.Equal(HttpRefusal.TargetForm, request.Target.Refusal);
        request.Method = "OPTIONS";
        Assert.Equal(TargetForm.Asterisk, request.Target.Form);
    }
}
