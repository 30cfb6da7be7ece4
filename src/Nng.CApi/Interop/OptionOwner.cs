namespace Nng.CApi;

/// <summary>Whose option is meant; numbers shared with native/options.c.</summary>
internal enum OptionOwner
{
    Socket = 0,
    Context = 1,
    Dialer = 2,
    Listener = 3,
    Pipe = 4,
    Stream = 5,
    StreamDialer = 6,
    StreamListener = 7,
}
