using System.Threading.Tasks;
using Nng.Streams;
using Nng.Tests.Conformance;

namespace Nng.Tests.Streams;

/// <summary>TCP streams on the portable engine.</summary>
public sealed class PortableTcpStreamTests : StreamConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() =>
        Task.FromResult(StreamPairs.On(new PortableEngine(), "tcp"));
}

/// <summary>Unix-socket streams on the portable engine.</summary>
public sealed class PortableIpcStreamTests : StreamConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() =>
        Task.FromResult(StreamPairs.On(new PortableEngine(), "ipc"));
}
