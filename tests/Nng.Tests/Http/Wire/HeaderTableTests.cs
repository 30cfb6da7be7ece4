using System;
using System.Linq;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>The store of header lines: text on demand, buffers that do not grow without need.</summary>
public sealed class HeaderTableTests
{
    [Fact]
    public void Lines_set_over_and_over_do_not_grow_the_buffer()
    {
        var table = new HeaderTable();
        table.Append("A", "1");
        table.Append("Date", "x");
        for (int i = 0; i < 10_000; i++)
            table.Replace(1, new string('d', i % 97));
        Assert.Equal("1", table.Value(0));
        Assert.Equal(new string('d', 9_999 % 97), table.Value(1));
        Assert.Equal(table.Value(1).Length, table.ValueBytes(1).Length);
        Assert.True(table.Bytes.Length < 2048, $"{table.Bytes.Length} bytes used");
    }

    [Fact]
    public void Making_room_keeps_the_start_line()
    {
        var table = new HeaderTable();
        byte[] head = "GET / HTTP/1.1\r\nA: b\r\n\r\n"u8.ToArray();
        table.Note(new HeadRange(16, 1), new HeadRange(19, 1), HeaderId.Other);
        table.Adopt(head, 16);
        for (int i = 0; i < 100; i++)
            table.Append("Name" + i, new string('v', i));
        table.Replace(0, new string('w', 500));
        Assert.Equal("GET / HTTP/1.1\r\n", System.Text.Encoding.ASCII.GetString(table.Bytes[..16]));
        Assert.Equal("A", table.Name(0));
        Assert.Equal(new string('w', 500), table.Value(0));
        Assert.Equal(new string('v', 99), System.Text.Encoding.ASCII.GetString(table.ValueBytes(100)));
    }

    [Fact]
    public void Text_of_an_earlier_message_is_reused_only_for_the_same_bytes()
    {
        var table = new HeaderTable();
        string first = Load(table, "agent one");
        Assert.Equal("agent one", first);
        Assert.Same(first, Load(table, "agent one"));
        Assert.Equal("agent two", Load(table, "agent two"));
        Assert.Equal("agent on", Load(table, "agent on"));
        Assert.Equal("\xe9", Load(table, "\xe9"));
        Assert.Equal("\xe9", Load(table, "\xe9"));
    }

    [Fact]
    public void Usual_names_are_not_made_anew()
    {
        var table = new HeaderTable();
        Load(table, "x");
        Assert.Same(HeaderNames.Text(HeaderId.UserAgent), table.Name(0));
    }

    [Fact]
    public void Names_are_found_from_a_line_on()
    {
        var table = new HeaderTable();
        table.Append("X", "1");
        table.Append("host", "2");
        table.Append("x", "3");
        Assert.Equal(0, table.Find("X"));
        Assert.Equal(2, table.Find("X", 1));
        Assert.Equal(-1, table.Find("X", 3));
        Assert.Equal(1, table.Find(HeaderId.Host));
        Assert.Equal(1, table.Find("HOST"));
        Assert.Equal(-1, table.Find(HeaderId.Date));
        table.RemoveAt(1);
        Assert.Equal(-1, table.Find(HeaderId.Host));
        Assert.Equal(1, table.Find("x", 1));
        table.Clear();
        Assert.Equal(-1, table.Find("x"));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void Every_known_name_is_identified_in_any_case()
    {
        foreach (HeaderId id in Enum.GetValues<HeaderId>().Where(id => id != HeaderId.Other))
        {
            string name = HeaderNames.Text(id);
            Assert.Equal(id, HeaderNames.Identify(name));
            Assert.Equal(id, HeaderNames.Identify(WireReading.Bytes(name.ToUpperInvariant())));
            Assert.Equal(id, HeaderNames.Identify(WireReading.Bytes(name.ToLowerInvariant())));
            Assert.Equal(HeaderId.Other, HeaderNames.Identify(name + "x"));
            Assert.Equal(HeaderId.Other, HeaderNames.Identify(name[..^1] + "\\"));
        }

        Assert.Equal(HeaderId.Other, HeaderNames.Identify("Hös"));
        Assert.Equal(HeaderId.Other, HeaderNames.Identify(new string('x', 100)));
        Assert.Equal(
            Enum.GetValues<HeaderId>().Length - 1,
            Enum.GetValues<HeaderId>().Select(HeaderNames.Bit).Where(bit => bit != 0).Distinct().Count());
    }

    private static string Load(HeaderTable table, string value)
    {
        byte[] head = WireReading.Bytes($"User-Agent: {value}\r\n\r\n");
        table.Clear();
        table.Note(new HeadRange(0, 10), new HeadRange(12, value.Length), HeaderId.UserAgent);
        table.Adopt(head, 0);
        return table.Value(0);
    }
}
