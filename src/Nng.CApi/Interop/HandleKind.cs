namespace Nng.CApi;

/// <summary>What an opaque pointer of the C face stands for; stored in front of the pointer's target.</summary>
internal enum HandleKind
{
    /// <summary>The block is free: the pointer is stale.</summary>
    None = 0,

    Message = 0x6d7367_01,
    Aio = 0x61696f_01,
    Stat = 0x737461_01,
    Stream = 0x737472_01,
    StreamDialer = 0x736469_01,
    StreamListener = 0x736c69_01,
    Udp = 0x756470_01,
    IdMap = 0x69646d_01,
    TlsConfig = 0x746c73_01,
    HttpRequest = 0x687271_01,
    HttpResponse = 0x687273_01,
    HttpConnection = 0x68636f_01,
    HttpHandler = 0x686861_01,
    HttpServer = 0x687365_01,
    HttpClient = 0x68636c_01,
}
