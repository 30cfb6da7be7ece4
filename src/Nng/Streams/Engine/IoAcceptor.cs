using System.Net.Sockets;

namespace Nng.Streams;

/// <summary>The contract of a listening descriptor.</summary>
/// <remarks>Threading: one accept at a time; <see cref="Close"/> from any thread.</remarks>
internal abstract class IoAcceptor
{
    /// <summary>Told when an accept that had to wait may be tried again; set before the first.</summary>
    public IIoHandler Handler { get; set; } = null!;

    /// <summary>
    /// Takes the next connection. <see cref="NngError.TryAgain"/>: <see cref="IIoHandler.OnReadable"/> follows.
    /// Connections that were gone before they were taken are skipped.
    /// </summary>
    public abstract NngError TryAccept(out Socket? accepted);

    /// <summary>Frees the descriptor. Idempotent.</summary>
    public abstract void Close();
}
