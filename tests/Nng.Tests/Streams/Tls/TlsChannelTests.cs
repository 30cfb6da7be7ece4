using System;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>TLS does all that a stream must do.</summary>
public sealed class TlsChannelTests : StreamConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("tls+tcp");
}
