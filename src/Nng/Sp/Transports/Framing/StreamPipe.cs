using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>An SP connection over a byte stream: frames out in batches, frames in as many as one read brings.</summary>
/// <remarks>
/// Threading: sending — as its <see cref="BatchWriter"/> says. Receiving — one ask is outstanding, so its state
/// belongs to the thread that carries it on: the asker, a loop, a driving thread.
/// </remarks>
internal sealed partial class StreamPipe : SpTransportPipe, IIoHandler, IBatchOwner
{
    /// <summary>What a received message costs of the turn beside its bytes: its way through the protocol.</summary>
    private const int MessageCost = 256;

    private readonly NngStream _stream;
    private readonly IoChannel _channel;
    private readonly BatchWriter _writer;
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
        _writer = new BatchWriter(_channel, this, new FrameBatch(format), new FrameBatch(format));
        _channel.Handler = this;
    }

    public override ushort PeerProtocol { get; }

    public override NngAddress LocalAddress => _stream.LocalAddress;

    public override NngAddress RemoteAddress => _stream.RemoteAddress;

    public override WaitDriver? WaitDriver => _channel.WaitDriver;

    public override int UnsentCount => _writer.UnsentCount;

    public override bool Post(Message message) => _writer.Post(message);

    public override void Kick() => _writer.Kick();

    public override void Flush() => _writer.Flush();

    public override void EndSending() => _channel.ShutdownSend();

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
        _writer.Close();
        EndReceiving();
    }

    void IIoHandler.OnReadable() => Receive();

    void IIoHandler.OnWritable() => _writer.Continue();

    void IIoHandler.OnFlush()
    {
        ContinueReceiving();
        _writer.Flush();
    }

    void IBatchOwner.OnSendReady() => Pipe.OnSendReady();

    void IBatchOwner.OnSendFailed(NngError error) => Fail(error);

    void IBatchOwner.OnUnsent(int messages) => CountUnsent(messages);

    /// <summary>The connection failed: the machinery closes the pipe, and with it this.</summary>
    private void Fail(NngError error) => Pipe.Close(error == NngError.Closed ? NngError.ConnectionShutdown : error);
}
