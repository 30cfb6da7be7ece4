namespace Nng.WebSockets;

/// <summary>What a receive has put into the caller's memory: one whole message.</summary>
/// <param name="Count">Its bytes.</param>
/// <param name="IsText">It came as text.</param>
public readonly record struct NngWebSocketResult(int Count, bool IsText);
