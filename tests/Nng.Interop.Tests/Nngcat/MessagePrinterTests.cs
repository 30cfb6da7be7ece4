using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Nng.Tools.Nngcat;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>The formats, where no C tool is at hand to compare with.</summary>
public sealed class MessagePrinterTests
{
    [Theory]
    [InlineData("Ascii", "a\n\r\t\"\\\u0000\u007f\u00ff~ ", "a...\"\\...~ ")]
    [InlineData("Quoted", "a\n\r\t\"\\\u0000\u007f\u00ff~ ", "\"a\\n\\r\\t\\\"\\\\\\x00\\x7f\\xff~ \"\n")]
    [InlineData("Hex", "a\n\u00ff", "\"\\x61\\x0a\\xff\"\n")]
    [InlineData("Raw", "a\n\u00ff", "a\n\u00ff")]
    [InlineData("Msgpack", "a\n\u00ff", "\u00c4\u0003a\n\u00ff")]
    [InlineData("Ascii", "", "")]
    [InlineData("Quoted", "", "\"\"\n")]
    [InlineData("Hex", "", "\"\"\n")]
    [InlineData("Msgpack", "", "\u00c4\u0000")]
    public void Bytes_are_printed_as(string format, string body, string printed) =>
        Assert.Equal(printed, Printed(body, format));

    [Theory]
    [InlineData(255, "\u00c4\u00ff")]
    [InlineData(256, "\u00c5\u0001\u0000")]
    [InlineData(65535, "\u00c5\u00ff\u00ff")]
    [InlineData(65536, "\u00c6\u0000\u0001\u0000\u0000")]
    public void Msgpack_has_the_shortest_head(int length, string head) =>
        Assert.Equal(head + new string('a', length), Printed(new string('a', length), "Msgpack"));

    [Theory]
    [InlineData("Ascii")]
    [InlineData("Quoted")]
    [InlineData("Hex")]
    public void A_long_body_is_the_sum_of_its_bytes(string format)
    {
        string body = string.Concat(Enumerable.Range(0, 10_000).Select(i => (char)(i % 256)));
        bool isLine = format != "Ascii";
        IEnumerable<string> each = body.Select(c => Printed(c.ToString(), format));
        string inner = string.Concat(each.Select(one => isLine ? one[1..^2] : one));
        Assert.Equal(isLine ? $"\"{inner}\"\n" : inner, Printed(body, format));
    }

    private static string Printed(string body, string format)
    {
        var target = new ArrayBufferWriter<byte>();
        MessagePrinter.Write(Encoding.Latin1.GetBytes(body), Enum.Parse<OutputFormat>(format), target);
        return Encoding.Latin1.GetString(target.WrittenSpan);
    }
}
