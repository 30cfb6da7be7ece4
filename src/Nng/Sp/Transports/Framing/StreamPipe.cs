using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>An SP connection over a byte stream: frames out in batches, frames in as many as one read brings.</summary>
/// <remarks>
/// Threading: sending — <see cref="_lock"/> guards the filling batch and the flags; whoever finds the writer's place
/// free takes it, and writes without the lock. Receiving — one ask is outstanding, so its state belongs to the thread
/// that carries it on: the asker, a loop, a driving thread.
/// </remarks>
internal sealed partial class StreamPipe : SpTransportPipe, IIoHandler
{
    /// <summary>
    /// Bytes that a pipe moves, either way, before the thread that serves it lets others have their turn: a peer that
    /// floods, or reads as fast as we write, would else have a loop for itself. About a tenth of a millisecond.
    /// </summary>
    private const int TurnBytes = 256 * 1024;

    /// <summary>What a received message costs of the turn beside its bytes: its way through the protocol.</summary>
    private const int MessageCost = 256;

    private readonly NngStream _stream;
    private readonly IoChannel _channel;
    private readonly FrameFormat _format;
    private readonly long _maxLength;
    private int _closed;

    /// <param name="stream">Connected, its handshake done.</param>
    /// <param name="format">tcp's or ipc's frame heads.</param>
    /// <param name="peerProtocol">What the peer announced.</param>
    /// <param name="maxLength">Longest payload accepted; 0 = unlimited.</param>
    public StreamPipe(NngStream stream, FrameFormat format, ushort peerProtocol, long maxLength)
    {
        _stream = stream;
        _channel = stream.Channel;
        _format = format;
        _maxLength = maxLength;
        PeerProtocol = peerProtocol;
        _channel.Handler = this;
    }

    public override ushort PeerProtocol { get; }

    public override NngAddress LocalAddress => _stream.LocalAddress;

    public override NngAddress RemoteAddress => _stream.RemoteAddress;

    public override WaitDriver? WaitDriver => _channel.WaitDriver;

    public override NngError GetOption(string name, out OptionValue value)
    {
        if (name != OptionNames.ReceiveMaxSize)
            return _stream.GetOption(name, out value);
        value = OptionValue.Size(_maxLength);
        return NngError.None;
    }

    public override void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        _channel.Close();
        CloseSending();
    }

    void IIoHandler.OnReadable() => Receive();

    void IIoHandler.OnWritable() => ContinueSending();

    void IIoHandler.OnFlush()
    {
        ContinueReceiving();
        Flush();
    }

    /// <summary>The connection failed: the machinery closes the pipe, and with it this.</summary>
    private void Fail(NngError error) => Pipe.Close(error == NngError.Closed ? NngError.ConnectionShutdown : error);
}
