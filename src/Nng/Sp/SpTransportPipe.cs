using Nng.Core;

namespace Nng.Sp;

/// <summary>The contract of a connection: the transport's side of a pipe.</summary>
/// <remarks>
/// Threading: all calls are safe from any thread. Up-calls go through <see cref="Pipe"/>: <see cref="SpPipe.Deliver"/>
/// one at a time, <see cref="SpPipe.OnSendReady"/> one at a time, <see cref="SpPipe.Close"/> on failure; none under
/// the transport's locks.
/// </remarks>
internal abstract class SpTransportPipe
{
    /// <summary>The machinery's side; set before any other call.</summary>
    public SpPipe Pipe { get; private set; } = null!;

    /// <summary>The protocol number the peer announced.</summary>
    public abstract ushort PeerProtocol { get; }

    public abstract NngAddress LocalAddress { get; }

    public abstract NngAddress RemoteAddress { get; }

    /// <summary>The loop that a thread waiting for this pipe can drive; null for none.</summary>
    public virtual WaitDriver? WaitDriver => null;

    /// <summary>Messages taken by <see cref="Post"/> that the operating system or the peer has not taken yet.</summary>
    public abstract int UnsentCount { get; }

    /// <summary>Binds the two sides of a pipe to each other.</summary>
    public void Attach(SpPipe pipe) => Pipe = pipe;

    /// <summary>
    /// Takes a message for transmission, header first. Called under the protocol's lock: only memory moves. True: the
    /// pipe can take another one at once; false: not before <see cref="SpPipe.OnSendReady"/>. Not to be called
    /// between false and that. On a closed pipe the message is dropped and the result is false.
    /// </summary>
    public abstract bool Post(Message message);

    /// <summary>Moves what was posted; called after the protocol's unlock by the thread that posted.</summary>
    public abstract void Kick();

    /// <summary>
    /// Asks for messages: each goes to <see cref="SpPipe.Deliver"/> until that returns false. May deliver on the
    /// calling thread. Called only when no ask is outstanding.
    /// </summary>
    public abstract void StartReceive();

    /// <summary>Sends what lies in batch buffers without waiting for more.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Tells the peer that nothing more comes; it may still send. Only where the transport can say so.</summary>
    public virtual void EndSending()
    {
    }

    /// <summary>Ends the connection; what is not yet with the operating system is dropped. Idempotent.</summary>
    public abstract void Close();

    /// <summary>Messages that were posted are dropped, because the connection is closed.</summary>
    protected void CountUnsent(int messages)
    {
        // A connection that nobody took has no other side, and no messages either.
        if (messages > 0)
            Pipe.CountUnsent(messages);
    }

    /// <summary>Reads an option of the connection; not supported when unknown.</summary>
    public abstract NngError GetOption(string name, out OptionValue value);
}
