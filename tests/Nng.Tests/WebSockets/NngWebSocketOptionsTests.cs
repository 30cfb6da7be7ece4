using System;
using System.Threading;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>What the options of a WebSocket take, and what they are unless set.</summary>
public sealed class NngWebSocketOptionsTests
{
    internal static NngWebSocketOptions Plain { get; } = new();

    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        Assert.Empty(Plain.Subprotocols);
        Assert.Empty(Plain.Headers);
        Assert.Empty(Plain.Origins);
        Assert.Null(Plain.TlsConfig);
        Assert.Equal(1 << 20, Plain.MaxMessageSize);
        Assert.Null(Plain.MaxFrameSize);
        Assert.Equal(65536, Plain.FragmentSize);
        Assert.True(Plain.ValidateText);
        Assert.False(Plain.Compress);
        Assert.Equal(TimeSpan.Zero, Plain.PingInterval);
        Assert.Equal(TimeSpan.FromSeconds(10), Plain.PingTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), Plain.CloseTimeout);
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NngWebSocketOptions { MaxMessageSize = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NngWebSocketOptions { MaxFrameSize = 1L << 32 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NngWebSocketOptions { FragmentSize = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NngWebSocketOptions { PingInterval = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NngWebSocketOptions { CloseTimeout = Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentException>(() => new NngWebSocketOptions { Subprotocols = ["a, b"] });
        Assert.Throws<ArgumentException>(() => new NngWebSocketOptions { Subprotocols = [""] });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData("https://a.example, https://b.example")]
    public void A_list_of_origins_that_is_none_is_refused(string? origin) =>
        Assert.Throws<ArgumentException>(() => new NngWebSocketOptions { Origins = ["https://app.example", origin!] });

    [Fact]
    public void Options_become_the_settings_of_a_connection()
    {
        var options = new WebSocketOptions(isServer: true) { IsMessageMode = true };
        Assert.Equal(NngError.None, options.Apply(new NngWebSocketOptions
        {
            MaxMessageSize = 7,
            MaxFrameSize = 5,
            FragmentSize = 3,
            PingInterval = TimeSpan.FromSeconds(1),
            PingTimeout = Timeout.InfiniteTimeSpan,
            CloseTimeout = TimeSpan.FromSeconds(2),
            Compress = true,
        }));
        WebSocketSettings settings = options.Settings(null);
        Assert.Equal((7, 5L, 3), (settings.ReceiveMax, settings.ReceiveFrameMax, settings.SendFrameMax));
        Assert.Equal((1000, int.MaxValue, 2000), (settings.PingIntervalMs, settings.PingTimeoutMs, settings.CloseTimeoutMs));
        Assert.True(settings is { IsApplication: true, ClosesInOrder: true, TakesText: true, ChecksText: true });
        Assert.True(options.Deflates);
    }
}
