using System;
using System.Text;
using Nng.TestKit;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>UTF-8, whole and in pieces.</summary>
public sealed class WebSocketTextTests
{
    [Theory]
    [InlineData("'plain'")]
    [InlineData("C3A9 'x' E282AC F09F9880 'y' C3A9")]
    [InlineData("")]
    [InlineData("F48FBFBF")]
    [InlineData("EFBFBF")]
    public void Good_text_is_good_in_any_pieces(string notation) =>
        Fragmenter.Run(WireText.Bytes(notation), parts => Assert.True(Check(parts)));

    [Theory]
    [InlineData("C328")]
    [InlineData("'a' C3")]
    [InlineData("80")]
    [InlineData("C3A980")]
    [InlineData("E28228")]
    [InlineData("EDA080")] // a surrogate
    [InlineData("F4908080")] // above U+10FFFF
    [InlineData("C080")] // overlong
    [InlineData("F0808080")]
    [InlineData("FF")]
    [InlineData("F09F98 'x'")]
    [InlineData("F09F9880 F09F98")]
    public void Bad_text_is_bad_in_any_pieces(string notation) =>
        Fragmenter.Run(WireText.Bytes(notation), parts => Assert.False(Check(parts)));

    [Fact]
    public void The_next_message_begins_afresh()
    {
        var text = default(WebSocketText);
        Assert.False(text.Check([0xc3], isLast: true));
        Assert.True(text.Check("ok"u8, isLast: true));
    }

    [Fact]
    public void Random_bytes_are_judged_as_by_the_decoder()
    {
        var random = new Random(3629);
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        string letters = "a\u00e9\u20ac\U0001F600";
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(letters, letters, letters)[..^random.Next(3)]);
            if (random.Next(2) == 0)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bool good;
            try
            {
                strict.GetString(bytes);
                good = true;
            }
            catch (DecoderFallbackException)
            {
                good = false;
            }

            int cut = random.Next(bytes.Length);
            Assert.Equal(good, Check([bytes[..cut], bytes[cut..]]));
        }
    }

    private static bool Check(System.Collections.Generic.IReadOnlyList<byte[]> parts)
    {
        var text = default(WebSocketText);
        for (int i = 0; i < parts.Count; i++)
        {
            if (!text.Check(parts[i], isLast: i == parts.Count - 1))
                return false;
        }

        return true;
    }
}
