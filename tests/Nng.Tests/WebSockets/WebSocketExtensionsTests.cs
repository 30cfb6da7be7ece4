using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>The negotiation of permessage-deflate (RFC 7692, 7.1).</summary>
public sealed class WebSocketExtensionsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("x-webkit-deflate-frame", null)]
    [InlineData("permessage-deflate", "permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits", "permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits=10", "permessage-deflate")]
    [InlineData("permessage-deflate;server_max_window_bits=15", "permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=\"15\"", "permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=10", null)]
    [InlineData("permessage-deflate; server_max_window_bits", null)]
    [InlineData("permessage-deflate; server_max_window_bits=16", null)]
    [InlineData("permessage-deflate; server_max_window_bits=015", null)]
    [InlineData("permessage-deflate; x", null)]
    [InlineData("permessage-deflate; server_no_context_takeover=1", null)]
    [InlineData("permessage-deflate; server_no_context_takeover; server_no_context_takeover", null)]
    [InlineData("permessage-deflate; server_max_window_bits=10, permessage-deflate", "permessage-deflate")]
    [InlineData(
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover")]
    public void A_server_takes_the_first_offer_that_it_can_serve(string? offers, string? answer)
    {
        WebSocketDeflateTerms? terms = WebSocketExtensions.Choose(offers, out string? chosen);
        Assert.Equal(answer, chosen);
        Assert.Equal(answer is null, terms is null);
        if (terms is not null)
            Assert.Equal(!answer!.Contains("server_no"), terms.ServerTakeover);
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("permessage-deflate", true, true)]
    [InlineData("permessage-deflate; server_max_window_bits=9", true, true)]
    [InlineData("permessage-deflate; client_no_context_takeover", true, true)]
    [InlineData("permessage-deflate; client_max_window_bits=12", false, false)]
    [InlineData("permessage-deflate; client_max_window_bits", false, false)]
    [InlineData("permessage-deflate; server_max_window_bits", false, false)]
    [InlineData("permessage-deflate; server_max_window_bits=7", false, false)]
    [InlineData("permessage-deflate, permessage-deflate", false, false)]
    [InlineData("something", false, false)]
    public void A_client_takes_what_it_has_offered(string? answer, bool good, bool compresses)
    {
        Assert.Equal(good, WebSocketExtensions.TryAccept(answer, offered: true, out WebSocketDeflateTerms? terms));
        Assert.Equal(compresses, terms is not null);
        Assert.Equal(answer is null, WebSocketExtensions.TryAccept(answer, offered: false, out _));
    }
}
