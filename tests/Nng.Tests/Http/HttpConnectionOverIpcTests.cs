using System.Threading.Tasks;
using Nng.Streams;
using Nng.Tests.Conformance;

namespace Nng.Tests.Http;

/// <summary>HTTP connections over Unix sockets.</summary>
public sealed class HttpConnectionOverIpcTests : HttpConnectionConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("ipc");
}
