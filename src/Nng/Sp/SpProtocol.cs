using Nng.Core;

namespace Nng.Sp;

/// <summary>
/// The contract of a protocol: one instance a socket, which admits pipes, takes messages and gives messages.
/// </summary>
/// <remarks>
/// <para>
/// Threading: all members may be called from any thread, concurrently. A protocol has one lock. Under it it may call
/// <see cref="SpPipe.Post"/>, nothing else of a pipe; <see cref="SpPipe.Kick"/>, <see cref="SpPipe.StartReceive"/>,
/// <see cref="SpPipe.Close"/>, completions (collect them in a <see cref="CompletionList"/>) and
/// <see cref="Readiness.Update"/> come after the unlock.
/// </para>
/// </remarks>
internal abstract class SpProtocol : SpChannel
{
    protected SpProtocol(SpSocket socket)
    {
        Socket = socket;
        ReceiveReadiness = new Readiness(() => IsReceiveReady);
        SendReadiness = new Readiness(() => IsSendReady);
    }

    public SpSocket Socket { get; }

    /// <summary>Identity; constant per class.</summary>
    public abstract SpProtocolInfo Info { get; }

    /// <summary>Level of "a receive would not wait", computed under the lock. Only asked while somebody looks.</summary>
    public abstract bool IsReceiveReady { get; }

    /// <summary>Level of "a send would not wait".</summary>
    public abstract bool IsSendReady { get; }

    /// <summary>Call <see cref="Readiness.Update"/> after any change that may touch the level (cheap).</summary>
    public Readiness ReceiveReadiness { get; }

    public Readiness SendReadiness { get; }

    /// <summary>The protocol's own statistics, shown below the socket's; null for none.</summary>
    public virtual StatSection? Statistics => null;

    /// <summary>Messages accepted for sending that no pipe has taken yet (buffers, not waiting senders).</summary>
    public virtual int UnsentCount => 0;

    /// <summary>What a closed pipe had not sent is sent again on another one, or its loss is reported.</summary>
    public virtual bool SendsAgain => false;

    /// <summary>Messages that could be received now.</summary>
    public virtual int UnreadCount => 0;

    /// <summary>
    /// Admits a pipe whose peer has the right number, or refuses it (pair: <see cref="NngError.Busy"/>). Must not
    /// start I/O: that is <see cref="SpPipeState.Start"/>'s part.
    /// </summary>
    public abstract NngError Attach(SpPipe pipe, out SpPipeState? state);

    /// <summary>A pipe was refused: <see cref="NngError.Protocol"/> for a wrong number. For statistics.</summary>
    public virtual void OnRejected(NngError error)
    {
    }

    /// <summary>Opens a context; null when the protocol has none. A closing socket is checked by the caller.</summary>
    public virtual SpProtocolContext? OpenContext() => null;

    /// <summary>Reads a protocol option of the socket; not supported when unknown.</summary>
    public virtual NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        return NngError.NotSupported;
    }

    /// <summary>Sets a protocol option of the socket; not supported when unknown.</summary>
    public virtual NngError SetOption(string name, OptionValue value) => NngError.NotSupported;

    /// <summary>
    /// The socket closes; pipes and contexts are gone or going. Fails every waiting operation with
    /// <see cref="NngError.Closed"/>, drops every queued message, and refuses later operations the same way.
    /// Called once.
    /// </summary>
    public abstract void Close();
}
