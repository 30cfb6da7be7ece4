using Xunit;

namespace Nng.Interop.Tests.Peers;

/// <summary>A fact that needs a C peer: skipped where it is not installed, but never in CI, where it must be.</summary>
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute(string peer) => Skip = Peer.SkipReason(peer);
}
