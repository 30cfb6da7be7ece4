using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>The matrix with the C library in this process.</summary>
public sealed class LibnngTests
{
    public static IEnumerable<object[]> Rows() => Matrix.Rows("libnng");

    [PeerTheory("libnng")]
    [MemberData(nameof(Rows))]
    public Task Messages_of_all_sizes_arrive(string peer, string scheme, string pattern, bool weAsk, bool weListen) =>
        LibraryMatrix.ExchangeAsync(peer, scheme, pattern, weAsk, weListen);
}
