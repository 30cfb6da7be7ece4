using System.IO;
using Xunit;

namespace Nng.Tests.Core;

public sealed class StatNodeTests
{
    private static readonly StatNode s_root = Node(
        "",
        StatType.Scope,
        children:
        [
            Node(
                "socket",
                StatType.Scope,
                value: 3,
                children:
                [
                    Node("id", StatType.Id, value: 3),
                    Node("name", StatType.String, text: "main"),
                    Node("raw", StatType.Boolean, value: 1),
                    Node("poly", StatType.Boolean),
                    Node("tx_msgs", StatType.Counter, StatUnit.Messages, 12),
                    Node("tx_bytes", StatType.Counter, StatUnit.Bytes, 34),
                    Node("age", StatType.Level, StatUnit.Milliseconds, 56),
                    Node("hits", StatType.Counter, StatUnit.Events, 7),
                ]),
            Node("dialer", StatType.Scope, value: 3, children: [Node("id", StatType.Id, value: 3)]),
            Node("listener", StatType.Scope, value: 3, children: [Node("id", StatType.Id, value: 99)]),
            Node("socket", StatType.Scope, value: 4, children: [Node("socket", StatType.Id, value: 5)]),
        ]);

    [Fact]
    public void Dump_has_the_layout_of_the_sheet()
    {
        var writer = new StringWriter { NewLine = "\n" };

        s_root.Children[0].Dump(writer);

        Assert.Equal(
            """

            socket#3:
                    id                              3
                    name                            "main"
                    raw                             true
                    poly                            false
                    tx_msgs                         12 msgs
                    tx_bytes                        34 bytes
                    age                             56 ms
                    hits                            7

            """,
            writer.ToString());
    }

    [Fact]
    public void Dump_of_the_root_has_a_blank_line_before_each_object()
    {
        var writer = new StringWriter { NewLine = "\n" };

        s_root.Dump(writer);

        string text = writer.ToString();
        Assert.StartsWith("\nsocket#3:\n", text, System.StringComparison.Ordinal);
        Assert.Contains("\n\ndialer#3:\n        id  ", text, System.StringComparison.Ordinal);
        Assert.EndsWith("\n\nsocket#4:\n        socket                          5\n", text, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Find_goes_depth_first_and_includes_itself()
    {
        Assert.Same(s_root, s_root.Find(""));
        Assert.Same(s_root.Children[0], s_root.Find("socket"));
        Assert.Same(s_root.Children[0].Children[0], s_root.Find("id"));
        Assert.Null(s_root.Find("nothing"));
        Assert.Null(s_root.Find("ID"));
    }

    [Fact]
    public void Object_is_found_by_kind_and_id()
    {
        Assert.Same(s_root.Children[0], s_root.FindSocket(3));
        Assert.Same(s_root.Children[3], s_root.FindSocket(4));
        Assert.Same(s_root.Children[1], s_root.FindDialer(3));
        Assert.Same(s_root.Children[2], s_root.FindListener(3));
        Assert.Null(s_root.FindPipe(3));
        // A leaf of the same name is no object.
        Assert.Null(s_root.FindSocket(5));
        Assert.Null(s_root.FindDialer(4));
    }

    [Fact]
    public void Value_of_another_type_is_empty()
    {
        StatNode id = s_root.Find("id")!;
        StatNode name = s_root.Find("name")!;

        Assert.Null(id.Text);
        Assert.Equal(0, name.Value);
        Assert.Empty(id.Children);
        Assert.True(s_root.Find("raw")!.BoolValue);
        Assert.False(s_root.Find("poly")!.BoolValue);
        Assert.Equal("socket#3", s_root.Children[0].ToString());
        Assert.Equal("name \"main\"", name.ToString());
    }

    [Fact]
    public void Numbers_are_those_of_the_c_library()
    {
        Assert.Equal(
            [0, 1, 2, 3, 4, 5],
            [
                (int)StatType.Scope, (int)StatType.Level, (int)StatType.Counter,
                (int)StatType.String, (int)StatType.Boolean, (int)StatType.Id,
            ]);
        Assert.Equal(
            [0, 1, 2, 3, 4],
            [
                (int)StatUnit.None, (int)StatUnit.Bytes, (int)StatUnit.Messages,
                (int)StatUnit.Milliseconds, (int)StatUnit.Events,
            ]);
    }

    private static StatNode Node(
        string name,
        StatType type,
        StatUnit unit = StatUnit.None,
        long value = 0,
        string? text = null,
        StatNode[]? children = null) =>
        new(name, "test", type, unit, value, text, 1, children ?? []);
}
