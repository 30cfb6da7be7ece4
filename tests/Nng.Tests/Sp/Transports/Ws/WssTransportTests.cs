using Nng.TestKit;

namespace Nng.Tests.Sp.Transports;

/// <summary>WebSocket over TLS: what every transport does.</summary>
public sealed class WssTransportTests : WsTransportTests
{
    protected override string Scheme => "wss";

    protected override void Configure(Listener listener) =>
        listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());

    protected override void Configure(Dialer dialer) =>
        dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
}
