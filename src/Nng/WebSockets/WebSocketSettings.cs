namespace Nng.WebSockets;

/// <summary>What a connection is made with: its endpoint's options at the time, and what was negotiated.</summary>
internal sealed record WebSocketSettings
{
    /// <summary>This side is the server: it receives masked frames and sends unmasked ones.</summary>
    public required bool IsServer { get; init; }

    /// <summary>Each receive is a whole message, each post becomes one; else bytes whose boundaries mean nothing.</summary>
    public bool IsMessageMode { get; init; }

    /// <summary>
    /// Messages are the application's own: each is text or binary as it says, a close waits for what was sent before, and
    /// the peer's close is answered with its code.
    /// </summary>
    public bool IsApplication { get; init; }

    /// <summary>A close frame waits for what was sent before; else it overtakes, and what waits is dropped.</summary>
    public bool ClosesInOrder => IsApplication || !IsMessageMode;

    /// <summary>How long a close may take, in milliseconds.</summary>
    public int CloseTimeoutMs { get; init; } = WebSocketLink.LingerMs;

    /// <summary>Longest payload of a frame that is sent; 0 = unlimited.</summary>
    public long SendFrameMax { get; init; } = WebSocketOptions.DefaultSendFrameMax;

    /// <summary>
    /// Longest payload of a frame that is received; 0 = unlimited, null = the default, or the longest message where that
    /// is longer (TW-15).
    /// </summary>
    public long? ReceiveFrameMax { get; init; }

    /// <summary>Longest message that is received in message mode; 0 = unlimited.</summary>
    public long ReceiveMax { get; init; }

    /// <summary>Messages go out as text.</summary>
    public bool SendsText { get; init; }

    /// <summary>Text messages are taken.</summary>
    public bool TakesText { get; init; }

    /// <summary>Text messages must be UTF-8.</summary>
    public bool ChecksText { get; init; }

    /// <summary>Compression that was agreed on; null for none.</summary>
    public WebSocketDeflateTerms? Deflate { get; init; }

    /// <summary>What the end of a stream is called.</summary>
    public NngError EndError { get; init; } = NngError.ConnectionShutdown;

    /// <summary>Silence after which a ping is sent, in milliseconds; 0 for never.</summary>
    public int PingIntervalMs { get; init; }

    /// <summary>Silence after a ping that ends the connection, in milliseconds.</summary>
    public int PingTimeoutMs { get; init; }
}
