namespace Nng.WebSockets;

/// <summary>Who uses a <see cref="WebSocketLink"/>.</summary>
internal interface IWebSocketOwner
{
    /// <summary>
    /// A message has arrived, or in byte mode a piece of one; it is the owner's. One call at a time. True asks for the
    /// next one; after false not before <see cref="WebSocketLink.StartReceive"/>.
    /// </summary>
    bool OnMessage(Message message);

    /// <summary>The link can take messages again.</summary>
    void OnSendReady();

    /// <summary>
    /// The peer has ended the connection, or it has failed; not after a close from here. Called once, without locks.
    /// </summary>
    /// <param name="reason">
    /// <see cref="NngError.Closed"/>: the peer's close frame; <see cref="NngError.ConnectionShutdown"/>: its end of the
    /// stream; a refusal's error; <see cref="NngError.TimedOut"/>: it did not answer a ping; the channel's error.
    /// </param>
    void OnEnded(NngError reason);

    /// <summary>Messages that were posted are dropped. May be called under a lock.</summary>
    void OnUnsent(int messages);

    /// <summary>The connection is given up, whoever ended it: nothing is sent or received any more. Called once.</summary>
    void OnFinished()
    {
    }
}
