using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>The option that all endpoints over byte streams share.</summary>
internal static class StreamEndpointOptions
{
    private static readonly OptionTable<SpEndpoint> s_rows = new(
        OptionRows.Size<SpEndpoint>(
            OptionNames.ReceiveMaxSize, uint.MaxValue, e => e.ReceiveMaxSize, (e, n) => e.ReceiveMaxSize = n));

    public static NngError Get(SpEndpoint owner, string name, out OptionValue value) =>
        s_rows.Get(owner, name, out value);

    public static NngError Set(SpEndpoint owner, string name, OptionValue value) => s_rows.Set(owner, name, value);
}
