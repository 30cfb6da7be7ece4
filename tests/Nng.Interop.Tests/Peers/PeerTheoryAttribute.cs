using Xunit;

namespace Nng.Interop.Tests.Peers;

/// <summary>A theory that needs C peers: skipped where one is not installed, but never in CI.</summary>
internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute(params string[] peers) => Skip = Peer.SkipReason(peers);
}
