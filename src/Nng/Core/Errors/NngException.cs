using System;

namespace Nng;

/// <summary>An operation of the library failed; <see cref="Error"/> says why, in the C library's numbers.</summary>
public class NngException : Exception
{
    /// <summary>Creates the exception with the error's standard text.</summary>
    /// <param name="error">Why the operation failed.</param>
    public NngException(NngError error)
        : this(error, error.Text())
    {
    }

    /// <summary>Creates the exception with a message that names the offending value.</summary>
    /// <param name="error">Why the operation failed.</param>
    /// <param name="message">What a reader needs to mend it.</param>
    public NngException(NngError error, string message)
        : base(message)
    {
        Error = error;
        HResult = unchecked((int)0x80131600) | (int)error & 0xff;
    }

    /// <summary>Why the operation failed.</summary>
    public NngError Error { get; }
}
