using Nng.Streams;

namespace Nng.Tests.Streams;

public sealed class EpollAcceptorTests : AcceptorContract
{
    private static readonly EpollEngine s_engine = new();

    internal override IoEngine Engine => s_engine;
}
