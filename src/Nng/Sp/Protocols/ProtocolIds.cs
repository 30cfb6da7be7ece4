namespace Nng.Sp.Protocols;

/// <summary>The identities of the protocols (protocols sheet, 2.1): number = major x 16 + minor.</summary>
internal static class ProtocolIds
{
    public static readonly SpProtocolInfo Pair0 = new(0x10, 0x10, "pair", "pair");

    public static readonly SpProtocolInfo Pair1 = new(0x11, 0x11, "pair1", "pair1");

    public static readonly SpProtocolInfo Pub = new(0x20, 0x21, "pub", "sub") { CanReceive = false };

    public static readonly SpProtocolInfo Sub = new(0x21, 0x20, "sub", "pub") { CanSend = false, HasContexts = true };

    public static readonly SpProtocolInfo Req = new(0x30, 0x31, "req", "rep") { HasContexts = true };

    public static readonly SpProtocolInfo Rep = new(0x31, 0x30, "rep", "req") { HasContexts = true };

    public static readonly SpProtocolInfo Push = new(0x50, 0x51, "push", "pull") { CanReceive = false };

    public static readonly SpProtocolInfo Pull = new(0x51, 0x50, "pull", "push") { CanSend = false };

    public static readonly SpProtocolInfo Surveyor = new(0x62, 0x63, "surveyor", "respondent") { HasContexts = true };

    public static readonly SpProtocolInfo Respondent = new(0x63, 0x62, "respondent", "surveyor") { HasContexts = true };

    public static readonly SpProtocolInfo Bus = new(0x70, 0x70, "bus", "bus");

    /// <summary>The raw form of a protocol: same identity, no contexts.</summary>
    public static SpProtocolInfo AsRaw(this SpProtocolInfo info) => info with { Raw = true, HasContexts = false };
}
