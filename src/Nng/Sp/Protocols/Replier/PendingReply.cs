namespace Nng.Sp.Protocols;

/// <summary>A reply that waits for its pipe.</summary>
/// <param name="Context">Whose reply it is.</param>
/// <param name="Pipe">The pipe it waits for.</param>
/// <param name="Aio">The waiting send.</param>
/// <param name="Taken">The context's request count when it was submitted.</param>
internal sealed record PendingReply(ReplierContext Context, ReplierPipe Pipe, Aio Aio, int Taken);
