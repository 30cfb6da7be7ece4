using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>Our sockets go on with the C tool nngcat after it was killed and started again.</summary>
public sealed class NngcatRestartTests
{
    public static IEnumerable<object[]> Rows() => Matrix.Rows("nngcat");

    [PeerTheory("nngcat")]
    [MemberData(nameof(Rows))]
    public Task A_killed_and_restarted_peer_is_found_again(
        string peer, string scheme, string pattern, bool weAsk, bool weListen) =>
        ToolMatrix.SurviveKillsAsync(peer, scheme, pattern, weAsk, weListen);
}
