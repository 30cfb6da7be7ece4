using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>Who serves a request: depth of path, host, method; and which handlers cannot stand together.</summary>
public sealed class RouteTableTests
{
    [Theory]
    [InlineData("/a", "tree")]
    [InlineData("/a/", "tree")]
    [InlineData("/a/x", "tree")]
    [InlineData("/a/x/y/z", "tree")]
    [InlineData("/a/b", "exact")]
    [InlineData("/a/b/", "exact")]
    [InlineData("/a/b/c", "tree")]
    [InlineData("/ab", null)]
    [InlineData("/", null)]
    [InlineData("/A", null)]
    public void HS161_A_tree_serves_what_no_deeper_handler_serves(string path, string? expected) =>
        Assert.Equal(expected, Served(path, Handler("/a", "tree", tree: HttpTreeMode.Shared), Handler("/a/b", "exact")));

    [Theory]
    [InlineData("/a/", "a")]
    [InlineData("/a/x", null)]
    public void HS162_A_plain_path_serves_itself_only(string path, string? expected) =>
        Assert.Equal(expected, Served(path, Handler("/a", "a")));

    [Fact]
    public void HS163_Head_is_served_by_the_deepest_get() => Assert.Equal(
        "a", Find("/a", "h", "HEAD", Handler("/", "root", tree: HttpTreeMode.Shared), Handler("/a", "a"),
            Handler("/", "any", method: null, tree: HttpTreeMode.Shared)).Name);

    [Fact]
    public void A_head_handler_stands_above_get_and_any_method_at_the_same_path()
    {
        HttpHandler[] handlers = [Handler("/a", "any", method: null), Handler("/a", "get"), Handler("/a", "head", method: "HEAD")];
        Assert.Equal("head", Find("/a", "h", "HEAD", handlers).Name);
        Assert.Equal("get", Find("/a", "h", "HEAD", handlers[..2]).Name);
        Assert.Equal("get", Find("/a", "h", "GET", handlers).Name);
        Assert.Equal("any", Find("/a", "h", "POST", handlers).Name);
    }

    [Fact]
    public void A_method_that_is_not_offered_falls_through_to_a_shorter_path()
    {
        HttpHandler[] handlers = [Handler("/a", "get"), Handler("/", "post", method: "POST", tree: HttpTreeMode.Shared)];
        Assert.Equal("post", Find("/a", "h", "POST", handlers).Name);
        Assert.Equal(RouteOutcome.MethodNotAllowed, Find("/a", "h", "PUT", handlers).Outcome);
        Assert.Equal(RouteOutcome.NotFound, Find("/b", "h", "PUT", handlers[..1]).Outcome);
        Assert.Equal(RouteOutcome.MethodUnknown, Find("/b", "h", "BREW", handlers).Outcome);
        Assert.Equal(RouteOutcome.MethodNotAllowed, Find("/a", "h", "BREW", [.. handlers[..1], Handler("/c", "c", "BREW")]).Outcome);
    }

    [Theory]
    [InlineData(HttpTreeMode.Exclusive, "GET", true)]
    [InlineData(HttpTreeMode.Shared, "GET", false)]
    [InlineData(HttpTreeMode.Exclusive, "POST", false)]
    public void HS164_An_exclusive_tree_suffers_nothing_below_it(HttpTreeMode tree, string method, bool conflict)
    {
        RouteTable table = RouteTable.Empty.With(Handler("/x", "x", tree: tree))!;
        Assert.Equal(conflict, table.With(Handler("/x/y", "y", method: method)) is null);
        Assert.NotNull(table.With(Handler("/xy", "y")));
        Assert.NotNull(table.With(Handler("/x/y", "y", host: "a.test")));
        RouteTable lower = RouteTable.Empty.With(Handler("/x/y", "y", method: method))!;
        Assert.Equal(conflict, lower.With(Handler("/x", "x", tree: tree)) is null);
    }

    [Fact]
    public void HS165_The_same_path_or_handler_twice_conflicts()
    {
        HttpHandler handler = Handler("/x", "x");
        RouteTable table = RouteTable.Empty.With(handler)!;
        Assert.Null(table.With(handler));
        Assert.Null(table.With(Handler("/x", "again")));
        Assert.NotNull(table.With(Handler("/x", "any", method: null)));
        Assert.NotNull(table.With(Handler("/x/", "slash")));
        Assert.NotNull(table.Without(handler)!.With(handler));
        Assert.Null(table.Without(Handler("/x", "other")));
    }

    [Theory]
    [InlineData("A.TEST:1", "a")]
    [InlineData("a.test.", "a")]
    [InlineData("a.test", "a")]
    [InlineData("b.test", "b")]
    [InlineData("a.test.evil", null)]
    [InlineData("", null)]
    public void HS168_Virtual_hosts(string host, string? expected) =>
        Assert.Equal(expected, Find("/", host, "GET", Handler("/", "a", host: "a.test"), Handler("/", "b", host: "b.test")).Name);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:99", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "localhost", false)]
    [InlineData("::1", "[::1]:80", true)]
    [InlineData("[::1]", "[0:0::1]", true)]
    [InlineData("::1", "127.0.0.1", false)]
    public void HS169_Hosts_that_are_addresses(string rule, string host, bool matches) => Assert.Equal(
        matches ? RouteOutcome.Found : RouteOutcome.NotFound, Find("/", host, "GET", Handler("/", "a", host: rule)).Outcome);

    [Fact]
    public void A_host_stands_above_any_host_at_the_same_path()
    {
        HttpHandler[] handlers = [Handler("/x", "any"), Handler("/x", "a", host: "a.test", method: null)];
        Assert.Equal("a", Find("/x", "a.test", "GET", handlers).Name);
        Assert.Equal("any", Find("/x", "b.test", "GET", handlers).Name);
    }

    [Fact]
    public void A_path_with_a_slash_at_its_end_is_preferred_by_such_requests()
    {
        HttpHandler[] handlers = [Handler("/d", "file"), Handler("/d/", "directory", tree: HttpTreeMode.Shared)];
        Assert.Equal("file", Served("/d", handlers));
        Assert.Equal("directory", Served("/d/", handlers));
        Assert.Equal("directory", Served("/d/x", handlers));
    }

    [Fact]
    public void Methods_that_a_path_allows()
    {
        RouteTable table = Table(
            Handler("/", "root", method: "PUT", tree: HttpTreeMode.Shared), Handler("/a", "a"), Handler("/a/b", "b", method: "POST"));
        Assert.Equal("GET, HEAD, PUT", table.AllowedMethods("/a"u8, "h"u8));
        Assert.Equal("POST, PUT", table.AllowedMethods("/a/b"u8, "h"u8));
        Assert.Equal("PUT", table.AllowedMethods("/a/b/c/d/e"u8, "h"u8));
        Assert.Equal("PUT, GET, HEAD, POST, OPTIONS", table.AllowedMethods());
    }

    [Fact]
    public void A_path_of_many_slashes_finds_its_tree()
    {
        string path = "/a" + string.Concat(Enumerable.Repeat("/x", 4000));
        Assert.Equal("a", Served(path, Handler("/a", "a", tree: HttpTreeMode.Shared), Handler("/a/b/c", "c")));
        Assert.Equal("root", Served(path, Handler("/", "root", tree: HttpTreeMode.Shared)));
    }

    private static string? Served(string path, params HttpHandler[] handlers) => Find(path, "h", "GET", handlers).Name;

    private static (RouteOutcome Outcome, string? Name) Find(string path, string host, string method, params HttpHandler[] handlers)
    {
        RouteOutcome outcome = Table(handlers).Find(
            Encoding.UTF8.GetBytes(path), Encoding.ASCII.GetBytes(host), method, out HttpHandler? handler);
        return (outcome, (string?)handler?.State);
    }

    private static RouteTable Table(params HttpHandler[] handlers) =>
        handlers.Aggregate(RouteTable.Empty, (table, handler) => table.With(handler)!);

    private static HttpHandler Handler(
        string path, string name, string? method = "GET", string? host = null, HttpTreeMode tree = HttpTreeMode.None) =>
        new(path, _ => ValueTask.CompletedTask) { State = name, Method = method, Host = host, Tree = tree };
}
