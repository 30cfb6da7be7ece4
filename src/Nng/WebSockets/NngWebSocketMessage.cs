using System;
using System.Text;

namespace Nng.WebSockets;

/// <summary>A received message: its bytes, and whether they are text.</summary>
/// <param name="Message">The bytes; dispose it, or this, when done.</param>
/// <param name="IsText">It came as text: UTF-8, if that is validated.</param>
public readonly record struct NngWebSocketMessage(Message Message, bool IsText) : IDisposable
{
    /// <summary>The bytes, until the message is disposed.</summary>
    public ReadOnlySpan<byte> Body => Message.Body;

    /// <summary>The bytes as text, whatever they came as; what is not UTF-8 becomes U+FFFD.</summary>
    public string GetText() => Encoding.UTF8.GetString(Message.Body);

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => Message?.Dispose();
}
