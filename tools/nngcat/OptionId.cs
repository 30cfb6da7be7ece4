namespace Nng.Tools.Nngcat;

/// <summary>The meanings of options.</summary>
internal enum OptionId
{
    Help, Version, Verbose, Silent, Stats,
    Req, Rep, Pub, Sub, Push, Pull, Surveyor, Respondent, Bus, Pair0, Pair1, Pair,
    Dial, Listen, DialLocal, ListenLocal, DialIpc, ListenIpc,
    Data, File, Subscribe,
    Format, Ascii, Quoted, Hex, Msgpack, RawFormat,
    Count, Delay, Interval, ReceiveTimeout, SendTimeout, ReceiveMaxSize, SocketName,
    Compat, Async, Insecure, CaCert, Cert, Key, ZtHome,
}
