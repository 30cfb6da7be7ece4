using System;
using System.Threading;

namespace Nng;

/// <summary>Moving bytes was cancelled; <see cref="BytesTransferred"/> of them went before.</summary>
public sealed class TransferCanceledException : OperationCanceledException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="bytesTransferred">Bytes moved before the cancellation, exact.</param>
    /// <param name="token">The token that was cancelled.</param>
    public TransferCanceledException(long bytesTransferred, CancellationToken token)
        : base($"The transfer was cancelled after {bytesTransferred} bytes.", token)
    {
        BytesTransferred = bytesTransferred;
    }

    /// <summary>Bytes moved before the cancellation, exact (see <see cref="TransferResult"/>).</summary>
    public long BytesTransferred { get; }
}
