using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>The options of in-process endpoints: the name, and a size limit that is stored but not enforced (N-9).</summary>
internal static class InprocOptions
{
    private static readonly OptionTable<SpEndpoint> s_rows = new(
        OptionRows.Size<SpEndpoint>(
            OptionNames.ReceiveMaxSize, uint.MaxValue, e => e.ReceiveMaxSize, (e, n) => e.ReceiveMaxSize = n),
        Address(OptionNames.LocalAddress),
        Address(OptionNames.RemoteAddress));

    public static NngError Get(SpEndpoint owner, string name, out OptionValue value) =>
        s_rows.Get(owner, name, out value);

    public static NngError Set(SpEndpoint owner, string name, OptionValue value) => s_rows.Set(owner, name, value);

    private static OptionRow<SpEndpoint> Address(string name) => new()
    {
        Name = name,
        Type = OptionType.Address,
        Get = owner => OptionValue.Address(NngAddress.Inproc(owner.Url.Raw)),
    };
}
