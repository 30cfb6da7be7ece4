using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>Our sockets and the C tool nanocat as a process: the matrix of exchanges.</summary>
public sealed class NanocatTests
{
    public static IEnumerable<object[]> Rows() => Matrix.Rows("nanocat");

    [PeerTheory("nanocat")]
    [MemberData(nameof(Rows))]
    public Task Messages_of_all_sizes_arrive(string peer, string scheme, string pattern, bool weAsk, bool weListen) =>
        ToolMatrix.ExchangeAsync(peer, scheme, pattern, weAsk, weListen);
}
