namespace Nng;

/// <summary>What closing a socket left behind.</summary>
/// <param name="UnsentMessages">
/// Messages that were accepted for sending and did not reach the operating system, or on inproc the peer, since the
/// close began; copies for several peers count each (<see cref="DropReason.Unsent"/>).
/// </param>
/// <param name="Drained">Nothing was left.</param>
public readonly record struct CloseResult(int UnsentMessages, bool Drained);
