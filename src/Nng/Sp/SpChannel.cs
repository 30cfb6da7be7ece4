namespace Nng.Sp;

/// <summary>What can be sent to and received from: a protocol's socket side or one of its contexts.</summary>
/// <remarks>Threading: all calls are safe from any thread and take the protocol's lock themselves.</remarks>
internal abstract class SpChannel
{
    /// <summary>
    /// Sends without waiting. <see cref="NngError.None"/>: the message is taken. <see cref="NngError.TryAgain"/>: the
    /// send would have to wait and nothing has changed. On any error the message is the caller's, as it was.
    /// </summary>
    public abstract NngError TrySend(Message message);

    /// <summary>
    /// Receives without waiting. <see cref="NngError.TryAgain"/>: nothing is there and nothing has changed.
    /// </summary>
    public abstract NngError TryReceive(out Message? message);

    /// <summary>
    /// Sends <see cref="Aio.Message"/> (not null). The protocol calls <see cref="Aio.Begin"/> first, and on success
    /// clears the slot; on failure the slot holds the same message without protocol header.
    /// </summary>
    public abstract void Send(Aio aio);

    /// <summary>Receives into <see cref="Aio.Message"/>. The protocol calls <see cref="Aio.Begin"/> first.</summary>
    public abstract void Receive(Aio aio);

    /// <summary>Nothing can come before the application asks for something: a subscriber without topics.</summary>
    public virtual bool IsDeaf => false;

    /// <summary>Completes an operation in a direction the protocol lacks.</summary>
    protected static void Refuse(Aio aio)
    {
        if (aio.Begin())
            aio.Finish(NngError.NotSupported);
    }
}
