namespace Nng;

/// <summary>Moving bytes failed; <see cref="BytesTransferred"/> of them went before.</summary>
public sealed class TransferException : NngException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="error">Why the transfer failed.</param>
    /// <param name="bytesTransferred">Bytes moved before it failed, exact.</param>
    /// <param name="message">What a reader needs to mend it.</param>
    public TransferException(NngError error, long bytesTransferred, string message)
        : base(error, message)
    {
        BytesTransferred = bytesTransferred;
    }

    /// <summary>Bytes moved before the failure, exact (see <see cref="TransferResult"/>).</summary>
    public long BytesTransferred { get; }
}
