using System;

namespace Nng.Interop.Tests.Peers;

/// <summary>
/// One end of a conversation, ours or a C library's: an open socket without a size limit whose operations give up after
/// <see cref="TimeoutMs"/>.
/// </summary>
internal abstract class Party : IDisposable
{
    /// <summary>Longest wait of one operation.</summary>
    public const int TimeoutMs = 20_000;

    /// <summary>How many peers are attached, and would get what is sent now.</summary>
    public abstract int Peers { get; }

    /// <summary>Opens a socket, <c>ours</c> or of <c>libnng</c> or <c>libnanomsg</c>; a sub hears everything.</summary>
    public static Party Open(string who, string protocol) => who switch
    {
        "ours" => new OurParty(protocol),
        "libnng" => LibnngParty.Open(protocol),
        "libnanomsg" => new LibnanomsgParty(protocol),
        _ => throw new ArgumentException(who),
    };

    /// <summary>Opens a raw socket, <c>ours</c> or of <c>libnng</c>.</summary>
    public static Party OpenRaw(string who, string protocol) => who switch
    {
        "ours" => OurParty.OpenRaw(protocol),
        "libnng" => LibnngParty.OpenRaw(protocol),
        _ => throw new ArgumentException(who),
    };

    public abstract void Listen(string url);

    public abstract void Dial(string url);

    public abstract void Send(byte[] body);

    public abstract byte[] Receive();

    public abstract void Dispose();
}
