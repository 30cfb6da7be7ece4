using System.Threading.Tasks;
using Nng.Streams;
using Nng.Tests.Conformance;

namespace Nng.Tests.Http;

/// <summary>HTTP connections over TCP.</summary>
public sealed class HttpConnectionTests : HttpConnectionConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("tcp");
}
