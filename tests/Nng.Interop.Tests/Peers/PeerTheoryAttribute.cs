using Xunit;

namespace Nng.Interop.Tests.Peers;

/// <summary>A theory that needs a C peer: skipped where it is not installed, but never in CI, where it must be.</summary>
internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute(string peer) => Skip = Peer.SkipReason(peer);
}
