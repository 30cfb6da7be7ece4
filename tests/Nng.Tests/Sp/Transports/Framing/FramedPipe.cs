using System;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.Streams;

namespace Nng.Tests.Sp.Transports;

/// <summary>A stream pipe between a scripted channel and a probe protocol, attached.</summary>
internal sealed class FramedPipe : IDisposable
{
    private readonly SpSocket _socket;

    public FramedPipe(bool asks = true, bool typed = false, long maxLength = 0)
    {
        Protocol = null!;
        _socket = new SpSocket(s => Protocol = new ProbeProtocol(s), SpPolicy.Managed, _ => null);
        Protocol.AsksAtOnce = asks;
        Channel = new ScriptedChannel();
        var stream = new NngStream(
            Channel, NngAddress.Unspecified, NngAddress.Unspecified, new OptionTable<NngStream>());
        Transport = new StreamPipe(
            stream, typed ? FrameFormat.Typed : FrameFormat.Plain, ProbeProtocol.Number, maxLength);
        Pipe = new SpPipe(new SpListener(_socket, NngUrl.Parse("tcp://127.0.0.1:0")), Transport);
        Pipe.Attach();
        Probe = Protocol.Pipes[0];
    }

    public ProbeProtocol Protocol { get; private set; }

    public ScriptedChannel Channel { get; }

    public StreamPipe Transport { get; }

    public SpPipe Pipe { get; }

    public ProbePipe Probe { get; }

    public void Dispose()
    {
        Pipe.Close(NngError.Closed);
        _socket.Close();
    }
}
