using System.Threading;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

public sealed class StatTreeTests
{
    private static readonly StatTable<Owner> s_table = new(
        Stat<Owner>.Id("id", "identifier", o => o.Id),
        Stat<Owner>.String("name", "name", o => o.Name),
        Stat<Owner>.Level("level", "level", o => o.Count, StatUnit.Bytes),
        Stat<Owner>.Counter("count", "counter", o => o.Count),
        Stat<Owner>.Boolean("flag", "flag", o => o.Count > 0));

    private static readonly StatTable<Owner> s_more = s_table.With(
        Stat<Owner>.Counter("more", "one more", o => o.Count, StatUnit.Messages));

    [Fact]
    public void Scopes_come_in_the_order_of_registration()
    {
        var tree = new StatTree();
        StatScope first = Scope("socket", 1);
        StatScope second = Scope("dialer", 1);
        StatScope third = Scope("pipe", 7);
        tree.Add(first);
        tree.Add(second);
        tree.Add(third);
        tree.Remove(second);
        tree.Add(second);

        StatNode root = tree.Snapshot();

        Assert.Equal("", root.Name);
        Assert.Equal(StatType.Scope, root.Type);
        Assert.Equal(["socket#1", "pipe#7", "dialer#1"], [.. Names(root)]);
    }

    [Fact]
    public void Removing_twice_does_nothing()
    {
        var tree = new StatTree();
        StatScope scope = Scope("socket", 1);
        tree.Remove(scope);
        tree.Add(scope);
        tree.Remove(scope);
        tree.Remove(scope);

        Assert.Empty(tree.Snapshot().Children);
    }

    [Fact]
    public void Snapshot_freezes_the_values()
    {
        var tree = new StatTree();
        var owner = new Owner { Id = 5, Count = 1, Name = "a" };
        tree.Add(new StatScope("socket", 5, s_more.Of(owner)));

        StatNode before = tree.Snapshot();
        owner.Count = 2;
        owner.Name = "b";
        StatNode after = tree.Snapshot();

        Assert.Equal(1, before.Find("count")!.Value);
        Assert.Equal("a", before.Find("name")!.Text);
        Assert.Equal(2, after.Find("count")!.Value);
        Assert.Equal("b", after.Find("name")!.Text);
        Assert.True(after.Find("flag")!.BoolValue);
        Assert.Equal(StatUnit.Bytes, after.Find("level")!.Unit);
        Assert.Equal(2, after.Find("more")!.Value);
        Assert.True(after.Timestamp >= before.Timestamp && before.Timestamp > 0);
    }

    [Fact]
    public void Absent_section_is_skipped()
    {
        var tree = new StatTree();
        tree.Add(new StatScope("socket", 5, null, s_table.Of(new Owner())));

        Assert.Equal(5, tree.Snapshot().Children[0].Children.Count);
    }

    [Fact]
    public void Reader_may_change_the_tree()
    {
        var tree = new StatTree();
        StatScope other = Scope("pipe", 2);
        var table = new StatTable<StatTree>(Stat<StatTree>.Level("x", "changes the tree", t =>
        {
            t.Add(other);
            return 1;
        }));
        tree.Add(new StatScope("socket", 1, table.Of(tree)));

        Assert.Single(tree.Snapshot().Children);
        tree.Remove(other);
    }

    private static StatScope Scope(string name, int id) => new(name, id, s_table.Of(new Owner { Id = id }));

    private static System.Collections.Generic.IEnumerable<string> Names(StatNode root)
    {
        foreach (StatNode child in root.Children)
            yield return child.ToString();
    }

    private sealed class Owner
    {
        private long _count;

        public int Id { get; init; }

        public string Name { get; set; } = "";

        public long Count
        {
            get => Volatile.Read(ref _count);
            set => Volatile.Write(ref _count, value);
        }
    }
}
