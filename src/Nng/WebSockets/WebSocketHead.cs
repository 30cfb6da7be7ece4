namespace Nng.WebSockets;

/// <summary>The head of a frame as it was received.</summary>
/// <param name="First">FIN, the reserved bits and the opcode.</param>
/// <param name="IsMasked">The payload is masked.</param>
/// <param name="Length">Payload bytes.</param>
/// <param name="Key">The mask, in the order of the wire as a little-endian number.</param>
/// <param name="HeadLength">Bytes of the head.</param>
internal readonly record struct WebSocketHead(byte First, bool IsMasked, ulong Length, uint Key, int HeadLength)
{
    /// <summary>The frame is the last of its message.</summary>
    public bool IsFinal => (First & WebSocketFrame.Fin) != 0;

    public WebSocketOpcode Opcode => (WebSocketOpcode)(First & WebSocketFrame.OpcodeMask);

    /// <summary>Close, ping, pong, or one of the reserved ones of that kind.</summary>
    public bool IsControl => (First & WebSocketFrame.ControlBit) != 0;
}
