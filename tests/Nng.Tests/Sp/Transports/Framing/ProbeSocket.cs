using System;
using Nng.Sockets;
using Nng.Sp;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>A socket of the probe protocol, with endpoints that a transport test drives itself.</summary>
internal sealed class ProbeSocket : IDisposable
{
    public ProbeSocket()
    {
        ProbeProtocol? protocol = null;
        Socket = new SpSocket(s => protocol = new ProbeProtocol(s), SpPolicy.Managed, TransportTable.Find);
        Protocol = protocol!;
    }

    public SpSocket Socket { get; }

    public ProbeProtocol Protocol { get; }

    public SpDialer Dialer(string url) => new(Socket, NngUrl.Parse(url));

    public SpListener Listener(string url) => new(Socket, NngUrl.Parse(url));

    public void Dispose() => Socket.Close();

    /// <summary>An operation under way: wait for it, then look at its result.</summary>
    public static Aio Begun(Action<Aio> submit)
    {
        var aio = new Aio();
        submit(aio);
        return aio;
    }

    /// <summary>Waits, bounded, and returns the result.</summary>
    public static NngError ResultOf(Aio aio)
    {
        Nng.TestKit.Eventually.True(() => !aio.IsBusy, "the operation to complete");
        return aio.Result;
    }

    /// <summary>Waits for success and returns the pipe.</summary>
    public static SpTransportPipe PipeOf(Aio aio)
    {
        Assert.Equal(NngError.None, ResultOf(aio));
        return Assert.IsAssignableFrom<SpTransportPipe>(aio.GetOutput(0));
    }
}
