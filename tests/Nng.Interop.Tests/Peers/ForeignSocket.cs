using System;

namespace Nng.Interop.Tests.Peers;

/// <summary>A socket of one of the C libraries.</summary>
internal sealed class ForeignSocket : IDisposable
{
    private readonly bool _nanomsg;
    private readonly Libnng.Socket _nng;
    private readonly int _nn;

    public ForeignSocket(string library, string protocol)
    {
        _nanomsg = library == "libnanomsg";
        if (_nanomsg)
            _nn = Libnanomsg.Open(protocol);
        else
            _nng = Libnng.Open(protocol);
    }

    public void Listen(string url)
    {
        if (_nanomsg)
            Libnanomsg.Listen(_nn, url);
        else
            Libnng.Listen(_nng, url);
    }

    public void Dial(string url)
    {
        if (_nanomsg)
            Libnanomsg.Dial(_nn, url);
        else
            Libnng.Dial(_nng, url);
    }

    public void Send(byte[] body)
    {
        if (_nanomsg)
            Libnanomsg.Send(_nn, body);
        else
            Libnng.Send(_nng, body);
    }

    public byte[] Receive() => _nanomsg ? Libnanomsg.Receive(_nn) : Libnng.Receive(_nng);

    public void Dispose()
    {
        if (_nanomsg)
            Libnanomsg.Close(_nn);
        else
            Libnng.Close(_nng);
    }
}
