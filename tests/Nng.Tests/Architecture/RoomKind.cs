namespace Nng.Tests.Architecture;

/// <summary>The rooms of the library, lowest first; protocols and transports are at one height.</summary>
internal enum RoomKind
{
    Core,
    Streams,
    Http,
    WebSockets,
    Sp,
    Protocol,
    Transport,
    Sockets,
}
