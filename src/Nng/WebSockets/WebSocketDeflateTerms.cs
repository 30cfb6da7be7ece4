namespace Nng.WebSockets;

/// <summary>What permessage-deflate was agreed on (RFC 7692, 7.1).</summary>
/// <param name="ClientTakeover">The client's messages may refer to its earlier ones.</param>
/// <param name="ServerTakeover">The server's messages may refer to its earlier ones.</param>
internal sealed record WebSocketDeflateTerms(bool ClientTakeover, bool ServerTakeover);
