namespace Nng.Sp;

/// <summary>What a protocol keeps for one pipe, and its callbacks.</summary>
/// <remarks>
/// Threading: callbacks come from the pipe's transport, on any thread and without locks. <see cref="OnReceived"/> is
/// never called twice at a time, nor is <see cref="OnSendReady"/>, but the two may overlap each other and
/// <see cref="OnClosed"/>, after which late calls of either must be harmless.
/// </remarks>
internal abstract class SpPipeState
{
    protected SpPipeState(SpPipe pipe)
    {
        Pipe = pipe;
    }

    public SpPipe Pipe { get; }

    /// <summary>
    /// The pipe is usable: send what waits, and ask for the first message with <see cref="SpPipe.StartReceive"/>.
    /// </summary>
    public abstract void Start();

    /// <summary>
    /// A message has arrived (header empty, everything in the body) and belongs to the protocol now. True asks for
    /// the next one at once; false applies back-pressure until <see cref="SpPipe.StartReceive"/> is called.
    /// </summary>
    public abstract bool OnReceived(Message message);

    /// <summary>The pipe, for which <see cref="SpPipe.Post"/> returned false, can take a message again.</summary>
    public abstract void OnSendReady();

    /// <summary>The pipe is closed: forget it, drop what is queued for it alone. Called once if started.</summary>
    public abstract void OnClosed();
}
