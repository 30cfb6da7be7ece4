using System;
using System.Text;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>The checks that all options share (core sheet, 3.6).</summary>
public sealed class OptionTableTests
{
    private static readonly OptionTable<Owner> s_table = new(
        OptionRows.Boolean<Owner>("flag", o => o.Flag, (o, v) => o.Flag = v),
        OptionRows.Int32<Owner>("number", -2, 9, o => o.Number, (o, v) => o.Number = v),
        OptionRows.Size<Owner>("size", uint.MaxValue, o => o.Size, (o, v) => o.Size = v),
        OptionRows.Duration<Owner>("time", o => o.Time, (o, v) => o.Time = v),
        OptionRows.Text<Owner>(
            "text",
            o => o.Text,
            (o, v) =>
            {
                o.Text = v;
                return NngError.None;
            }),
        OptionRows.Int32<Owner>("fixed", 0, 0, _ => 3),
        new OptionRow<Owner> { Name = "secret", Type = OptionType.UInt64, Set = (o, v) => o.Keep(v) },
        new OptionRow<Owner> { Name = "any", Type = OptionType.Bytes, TakesAnyType = true, Set = (o, v) => o.Keep(v) });

    private readonly Owner _owner = new();

    private NngError Set(string name, OptionValue value) => s_table.Set(_owner, name, value);

    private NngError Get(string name, out OptionValue value) => s_table.Get(_owner, name, out value);

    [Fact]
    public void CS_3_6_1_A_value_of_another_type_is_refused_before_its_range()
    {
        Assert.Equal(NngError.BadType, Set("number", OptionValue.Boolean(true)));
        Assert.Equal(NngError.BadType, Set("number", OptionValue.Duration(100)));
        Assert.Equal(NngError.BadType, Set("time", OptionValue.Int32(1)));
        Assert.Equal(NngError.BadType, Set("text", OptionValue.Int32(1)));
    }

    [Fact]
    public void CS_3_6_2_Bytes_are_taken_when_they_are_as_many_as_the_type_has()
    {
        Assert.Equal(NngError.None, Set("flag", OptionValue.Bytes([1])));
        Assert.Equal(NngError.None, Set("number", OptionValue.Bytes(BitConverter.GetBytes(-2))));
        Assert.Equal(NngError.None, Set("size", OptionValue.Bytes(BitConverter.GetBytes((long)uint.MaxValue))));
        Assert.Equal(NngError.None, Set("time", OptionValue.Bytes(BitConverter.GetBytes(-1))));
        Assert.Equal(NngError.None, Set("text", OptionValue.Bytes("né\0tail"u8.ToArray())));
        Assert.Equal(NngError.None, Set("secret", OptionValue.Bytes(BitConverter.GetBytes(ulong.MaxValue))));
        Assert.Equal(
            (true, -2, (long)uint.MaxValue, -1, "né"), (_owner.Flag, _owner.Number, _owner.Size, _owner.Time, _owner.Text));
        Assert.Equal(-1, _owner.Kept.Number);
        foreach (string name in (string[])["flag", "number", "size", "time", "secret"])
        {
            foreach (int length in (int[])[0, 3, 5, 9])
                Assert.Equal(NngError.InvalidArgument, Set(name, OptionValue.Bytes(new byte[length])));
        }

        Assert.Equal(NngError.InvalidArgument, Set("text", OptionValue.Bytes(Encoding.ASCII.GetBytes("no end"))));
        Assert.Equal(NngError.InvalidArgument, Set("text", OptionValue.Text(null)));
        Assert.Equal("né", _owner.Text);
    }

    [Fact]
    public void Bytes_become_a_value_of_the_type()
    {
        OptionValue value = OptionValue.Bytes(BitConverter.GetBytes(5L));
        Assert.Equal(NngError.None, s_table.Set(_owner, "size", ref value));
        Assert.Equal((OptionType.Size, 5), (value.Type, value.Number));
    }

    [Fact]
    public void CS_3_6_4_A_value_out_of_range_leaves_the_old_one()
    {
        Set("number", OptionValue.Int32(5));
        Assert.Equal(NngError.InvalidArgument, Set("number", OptionValue.Int32(10)));
        Assert.Equal(NngError.InvalidArgument, Set("number", OptionValue.Int32(-3)));
        Assert.Equal(NngError.InvalidArgument, Set("number", OptionValue.Bytes(BitConverter.GetBytes(10))));
        Assert.Equal(NngError.InvalidArgument, Set("time", OptionValue.Duration(-2)));
        Assert.Equal(NngError.InvalidArgument, Set("size", OptionValue.Size(1L << 32)));
        Assert.Equal(5, _owner.Number);
    }

    [Fact]
    public void CS_3_6_5_Access_has_its_errors()
    {
        Assert.Equal(NngError.ReadOnly, Set("fixed", OptionValue.Int32(3)));
        Assert.Equal(NngError.WriteOnly, Get("secret", out _));
        Assert.Equal(NngError.NotSupported, Get("nobody", out _));
        Assert.Equal(NngError.NotSupported, Set("nobody", OptionValue.Int32(3)));
        Assert.Equal(NngError.None, Get("fixed", out OptionValue value));
        Assert.Equal((OptionType.Int32, 3), (value.Type, value.Int));
    }

    [Fact]
    public void An_option_that_takes_any_type_gets_its_bytes()
    {
        foreach ((OptionValue value, byte[] bytes) in ((OptionValue, byte[])[])
            [(OptionValue.Bytes([1, 2]), [1, 2]), (OptionValue.Text("ab"), "ab"u8.ToArray()),
            (OptionValue.Boolean(true), [1]), (OptionValue.Int32(7), BitConverter.GetBytes(7)),
            (OptionValue.Size(7), BitConverter.GetBytes(7L))])
        {
            Assert.Equal(NngError.None, Set("any", value));
            Assert.Equal(bytes, _owner.Kept.ToBytes());
        }
    }

    private sealed class Owner
    {
        public bool Flag { get; set; }

        public int Number { get; set; }

        public long Size { get; set; }

        public int Time { get; set; }

        public string Text { get; set; } = string.Empty;

        public OptionValue Kept { get; private set; }

        public NngError Keep(OptionValue value)
        {
            Kept = value;
            return NngError.None;
        }
    }
}
