namespace Nng;

/// <summary>The moments in a pipe's life. C type: <c>nng_pipe_ev</c>.</summary>
public enum PipeEvent
{
    /// <summary>Connected, not yet usable: closing the pipe now rejects it.</summary>
    AddPre = 0,

    /// <summary>The protocol uses the pipe.</summary>
    AddPost = 1,

    /// <summary>The pipe is closed for good.</summary>
    RemovePost = 2,
}
