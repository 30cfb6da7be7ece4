using Nng.Streams;

namespace Nng.Tests.Streams;

public sealed class PortableAcceptorTests : AcceptorContract
{
    internal override IoEngine Engine { get; } = new PortableEngine();
}
