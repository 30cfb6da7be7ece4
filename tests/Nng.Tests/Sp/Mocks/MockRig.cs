using System;
using System.Collections.Generic;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Protocols;
using Xunit;

namespace Nng.Tests.Sp.Mocks;

/// <summary>A socket that listens on a <see cref="MockTransport"/>: the test plays all its peers.</summary>
internal sealed class MockRig : IDisposable
{
    private readonly List<SpPipe> _loose = [];

    public MockRig(Func<SpSocket, SpProtocol> protocol, SpPolicy? policy = null)
    {
        Socket = Transport.Open(protocol, policy);
        Assert.Equal(NngError.None, Socket.CreateListener(NngUrl.Parse("inproc://mock"), out SpListener? listener));
        Listener = listener!;
        Assert.Equal(NngError.None, Listener.Start());
    }

    public MockTransport Transport { get; } = new();

    public SpSocket Socket { get; }

    public SpListener Listener { get; }

    /// <summary>The transport's side of <see cref="Listener"/>.</summary>
    public MockListener Inner => Transport.LastListener!;

    /// <summary>A connection arrives from a peer of the right protocol.</summary>
    public MockPipe Accept() => Accept(new MockPipe(Socket.Info.Peer));

    public MockPipe Accept(MockPipe pipe)
    {
        Transport.LastListener!.Accepts.Succeed(pipe);
        return pipe;
    }

    /// <summary>A pipe that no protocol knows, for tests of a protocol's parts.</summary>
    public LoosePipe Loose(bool roomy = true)
    {
        var mock = new MockPipe(Socket.Info.Peer) { Roomy = roomy };
        var pipe = new SpPipe(Listener, mock);
        _loose.Add(pipe);
        return new LoosePipe(pipe, mock);
    }

    public void Dispose()
    {
        foreach (SpPipe pipe in _loose)
            SpRegistry.Pipes.Remove(pipe.Id);
        Socket.Close();
    }
}

/// <summary>A protocol's state of a pipe that does nothing.</summary>
internal sealed class LoosePipe(SpPipe pipe, MockPipe mock) : BroadcastPipe(pipe)
{
    public MockPipe Mock { get; } = mock;

    public override void Start()
    {
    }

    public override bool OnReceived(Message message)
    {
        message.Dispose();
        return true;
    }

    public override void OnSendReady()
    {
    }

    public override void OnClosed()
    {
    }
}
