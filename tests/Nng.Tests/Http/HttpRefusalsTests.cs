using System;
using System.Linq;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>What refusals mean.</summary>
public sealed class HttpRefusalsTests
{
    [Theory]
    [InlineData(HttpRefusal.RequestLineTooLong, 414, NngError.MessageTooLarge)]
    [InlineData(HttpRefusal.HeadersTooLarge, 431, NngError.MessageTooLarge)]
    [InlineData(HttpRefusal.TooManyHeaders, 431, NngError.MessageTooLarge)]
    [InlineData(HttpRefusal.BodyTooLarge, 413, NngError.MessageTooLarge)]
    [InlineData(HttpRefusal.ChunkSizeTooLarge, 400, NngError.MessageTooLarge)]
    [InlineData(HttpRefusal.VersionUnsupported, 505, NngError.Protocol)]
    [InlineData(HttpRefusal.TransferEncodingUnsupported, 501, NngError.Protocol)]
    [InlineData(HttpRefusal.HostMissing, 400, NngError.Protocol)]
    public void A_refusal_has_a_status_and_an_error(HttpRefusal refusal, int status, NngError error)
    {
        Assert.Equal(status, refusal.ToStatus());
        Assert.Equal(error, refusal.ToError());
    }

    [Fact]
    public void Every_refusal_has_a_sentence_of_its_own()
    {
        HttpRefusal[] all = Enum.GetValues<HttpRefusal>();
        Assert.Equal(all.Length, all.Select(refusal => refusal.ToText()).Distinct().Count());
        Assert.All(all, refusal => Assert.EndsWith(".", refusal.ToText()));
        Assert.DoesNotContain(((HttpRefusal)9999).ToText(), all.Select(refusal => refusal.ToText()));
    }

    [Fact]
    public void No_refusal_has_no_status()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HttpRefusal.None.ToStatus());
        Assert.Equal(NngError.None, HttpRefusal.None.ToError());
    }
}
