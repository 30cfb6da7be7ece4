namespace Nng;

/// <summary>The outcome of moving bytes: how it ended, and how many went.</summary>
/// <param name="Error"><see cref="NngError.None"/>, or why the transfer ended before its goal.</param>
/// <param name="Count">
/// Bytes moved, exact also after a failure: for a send the length of the prefix that was handed to the operating
/// system (over TLS: whose records were), for a receive the bytes that lie in the caller's memory.
/// </param>
public readonly record struct TransferResult(NngError Error, long Count);
