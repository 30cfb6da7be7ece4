namespace Nng.Sp;

/// <summary>A protocol's identity and abilities (protocols sheet, 2.1).</summary>
/// <param name="Self">Own protocol number, sent in the handshake.</param>
/// <param name="Peer">The only number accepted from a peer.</param>
/// <param name="SelfName">Own name, lower case.</param>
/// <param name="PeerName">The peers' name.</param>
internal sealed record SpProtocolInfo(ushort Self, ushort Peer, string SelfName, string PeerName)
{
    /// <summary>Protocol headers are the application's business.</summary>
    public bool Raw { get; init; }

    public bool CanSend { get; init; } = true;

    public bool CanReceive { get; init; } = true;

    public bool HasContexts { get; init; }
}
