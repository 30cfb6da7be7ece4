using System.Threading.Tasks;
using Nng.Streams;
using Nng.Tests.Conformance;

namespace Nng.Tests.Http;

/// <summary>HTTP connections over TLS (http sheet, 45 and 46: counts are of plaintext).</summary>
public sealed class HttpConnectionOverTlsTests : HttpConnectionConformance
{
    protected override bool DeliversAfterClose => false;

    protected override bool HasHalfClose => false;

    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("tls+tcp");
}
