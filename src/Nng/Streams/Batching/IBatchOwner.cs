namespace Nng.Streams;

/// <summary>Who posts messages to a <see cref="BatchWriter"/>.</summary>
internal interface IBatchOwner
{
    /// <summary>A post returned false, and there is room again. Called by the writing thread, without locks.</summary>
    void OnSendReady();

    /// <summary>The channel failed: nothing is sent any more. Called once, without locks.</summary>
    void OnSendFailed(NngError error);

    /// <summary>Messages that were posted are dropped. May be called under the writer's lock.</summary>
    void OnUnsent(int messages);
}
