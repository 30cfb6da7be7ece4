using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace Nng.Core;

/// <summary>The object an awaited operation belongs to, which words its failures.</summary>
internal interface IAioOwner
{
    /// <summary>
    /// Throws what the awaiter shall see.
    /// </summary>
    /// <param name="error">Why the operation failed.</param>
    /// <param name="token">The token it was started with.</param>
    [DoesNotReturn]
    void ThrowFailure(NngError error, CancellationToken token);

    /// <summary>The same for transfers of bytes, some of which went.</summary>
    /// <param name="error">Why the operation failed.</param>
    /// <param name="count">Bytes moved.</param>
    /// <param name="token">The token it was started with.</param>
    [DoesNotReturn]
    void ThrowFailure(NngError error, long count, CancellationToken token) => ThrowFailure(error, token);
}
