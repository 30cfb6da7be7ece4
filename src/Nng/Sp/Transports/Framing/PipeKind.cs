using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>How SP is spoken over a kind of stream.</summary>
internal abstract class PipeKind
{
    /// <summary>tcp, tls and handed-over descriptors.</summary>
    public static PipeKind Plain { get; } = new Framed(FrameFormat.Plain);

    /// <summary>ipc, on every operating system.</summary>
    public static PipeKind Typed { get; } = new Framed(FrameFormat.Typed);

    /// <summary>
    /// Both sides send the SP handshake first; else the stream's own has said all, and the peer's protocol is the
    /// expected one.
    /// </summary>
    public virtual bool Negotiates => true;

    /// <summary>The pipe over a stream that is ready for messages.</summary>
    /// <param name="stream">Owned by the pipe.</param>
    /// <param name="peerProtocol">The peer's number.</param>
    /// <param name="maxLength">Longest payload accepted; 0 = unlimited.</param>
    public abstract SpTransportPipe Create(NngStream stream, ushort peerProtocol, long maxLength);

    private sealed class Framed(FrameFormat format) : PipeKind
    {
        public override SpTransportPipe Create(NngStream stream, ushort peerProtocol, long maxLength) =>
            new StreamPipe(stream, format, peerProtocol, maxLength);
    }
}
