using Xunit;

namespace Nng.Interop.Tests.Peers;

/// <summary>A fact that needs C peers: skipped where one is not installed, but never in CI.</summary>
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute(params string[] peers) => Skip = Peer.SkipReason(peers);
}
