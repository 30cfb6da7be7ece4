using Nng.Tools.Nngcat;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>Words of the command line as bytes.</summary>
public sealed class ByteTextTests
{
    [Fact]
    public void The_last_words_are_ours() =>
        Assert.Equal(["-D", "x"], ByteText.Last("/bin/nngcat\0-D\0x\0", ["-D", "x"])!);

    [Fact]
    public void The_runtime_s_own_words_come_before() =>
        Assert.Equal(["-D"], ByteText.Last("dotnet\0nngcat.dll\0-D\0", ["-D"])!);

    [Fact]
    public void Empty_words_are_words() =>
        Assert.Equal(["-D", "", "-v", ""], ByteText.Last("nngcat\0-D\0\0-v\0\0", ["-D", "", "-v", ""])!);

    [Fact]
    public void Bytes_that_are_no_text_are_kept() =>
        Assert.Equal(["-D", "\u00ff"], ByteText.Last("nngcat\0-D\0\u00ff\0", ["-D", "\ufffd"])!);

    [Theory]
    [InlineData("nngcat\0-D\0y\0")]
    [InlineData("nngcat\0")]
    [InlineData("")]
    public void A_line_that_is_not_ours_is_not_believed(string line) => Assert.Null(ByteText.Last(line, ["-D", "x"]));

    [Fact]
    public void Text_comes_back_as_it_went() =>
        Assert.Equal("\u00fc\u20ac", ByteText.ToText(ByteText.FromText("\u00fc\u20ac")));
}
