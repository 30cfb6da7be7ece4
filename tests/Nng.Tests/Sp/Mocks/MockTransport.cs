using System;
using System.Collections.Generic;
using Nng.Core;
using Nng.Sp;

namespace Nng.Tests.Sp.Mocks;

/// <summary>A transport that does nothing by itself: attempts and accepts wait until the test ends them.</summary>
internal sealed class MockTransport : SpTransport
{
    /// <summary>An option that endpoints know.</summary>
    public const string EndpointOption = "mock:endpoint";

    /// <summary>An option that pipes know.</summary>
    public const string PipeOption = "mock:pipe";

    public override IReadOnlyList<string> Schemes => ["inproc"];

    /// <summary>What the creation of an endpoint answers.</summary>
    public NngError Creation { get; set; }

    public MockDialer? LastDialer { get; private set; }

    public MockListener? LastListener { get; private set; }

    public override NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer)
    {
        dialer = LastDialer = Creation == NngError.None ? new MockDialer() : null;
        return Creation;
    }

    public override NngError CreateListener(SpListener owner, out SpTransportListener? listener)
    {
        listener = LastListener = Creation == NngError.None ? new MockListener() : null;
        return Creation;
    }

    /// <summary>A socket on this transport.</summary>
    public SpSocket Open(Func<SpSocket, SpProtocol> protocol, SpPolicy? policy = null) =>
        new(protocol, policy ?? SpPolicy.Managed, scheme => scheme == "inproc" ? this : null);
}
