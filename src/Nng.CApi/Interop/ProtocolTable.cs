using Nng.Sp;
using Nng.Sp.Protocols;

namespace Nng.CApi;

/// <summary>The protocols that can be opened, by number and mode.</summary>
internal static class ProtocolTable
{
    public const int Cooked = 0;
    public const int Raw = 1;
    public const int Polyamorous = 2;

    public static SpProtocol Create(SpSocket socket, int protocol, int mode) => mode switch
    {
        Raw => RawSocket.Create(socket, (RawProtocol)protocol),
        Polyamorous => new PairV1PolyProtocol(socket),
        _ => CreateCooked(socket, (RawProtocol)protocol),
    };

    private static SpProtocol CreateCooked(SpSocket socket, RawProtocol protocol) => protocol switch
    {
        RawProtocol.Pair0 => new PairProtocol(socket, raw: false),
        RawProtocol.Pair1 => new PairV1Protocol(socket, raw: false),
        RawProtocol.Pub => new PubProtocol(socket, raw: false),
        RawProtocol.Sub => new SubProtocol(socket),
        RawProtocol.Req => new ReqProtocol(socket),
        RawProtocol.Rep => new ReplierProtocol(socket, ProtocolIds.Rep),
        RawProtocol.Push => new PushProtocol(socket, raw: false),
        RawProtocol.Pull => new PullProtocol(socket, raw: false),
        RawProtocol.Surveyor => new SurveyorProtocol(socket),
        RawProtocol.Respondent => new ReplierProtocol(socket, ProtocolIds.Respondent),
        RawProtocol.Bus => new BusProtocol(socket, raw: false),
        _ => throw new NngException(NngError.NotSupported, $"There is no protocol {(int)protocol}."),
    };
}
