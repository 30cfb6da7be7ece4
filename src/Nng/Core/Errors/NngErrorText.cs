using System.Globalization;
using System.Runtime.InteropServices;

namespace Nng;

/// <summary>The English text of an <see cref="NngError"/>, as <c>nng_strerror</c> gives it.</summary>
public static class NngErrorText
{
    /// <summary>
    /// Returns the text for <paramref name="error"/>. Never null; unknown numbers give
    /// <c>Unknown error #n</c>. C function: <c>nng_strerror</c>.
    /// </summary>
    /// <param name="error">Any value, defined or not.</param>
    public static string Text(this NngError error)
    {
        string? known = Known(error);
        if (known is not null)
            return known;
        int number = (int)error;
        if (number > 0 && (number & (int)NngError.SystemFlag) != 0)
            return Marshal.GetPInvokeErrorMessage(number & ~(int)NngError.SystemFlag);
        if (number > 0 && (number & (int)NngError.TransportFlag) != 0)
            return "Transport error #" + Number(number & ~(int)NngError.TransportFlag);
        return "Unknown error #" + Number(number);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Known(NngError error) => error switch
    {
        NngError.None => "Hunky dory",
        NngError.Interrupted => "Interrupted",
        NngError.OutOfMemory => "Out of memory",
        NngError.InvalidArgument => "Invalid argument",
        NngError.Busy => "Resource busy",
        NngError.TimedOut => "Timed out",
        NngError.ConnectionRefused => "Connection refused",
        NngError.Closed => "Object closed",
        NngError.TryAgain => "Try again",
        NngError.NotSupported => "Not supported",
        NngError.AddressInUse => "Address in use",
        NngError.IncorrectState => "Incorrect state",
        NngError.NotFound => "Entry not found",
        NngError.Protocol => "Protocol error",
        NngError.Unreachable => "Destination unreachable",
        NngError.AddressInvalid => "Address invalid",
        NngError.PermissionDenied => "Permission denied",
        NngError.MessageTooLarge => "Message too large",
        NngError.ConnectionAborted => "Connection aborted",
        NngError.ConnectionReset => "Connection reset",
        NngError.Canceled => "Operation canceled",
        NngError.OutOfFiles => "Out of files",
        NngError.OutOfSpace => "Out of space",
        NngError.AlreadyExists => "Resource already exists",
        NngError.ReadOnly => "Read only resource",
        NngError.WriteOnly => "Write only resource",
        NngError.Crypto => "Cryptographic error",
        NngError.PeerAuthentication => "Peer could not be authenticated",
        NngError.NoArgument => "Option requires argument",
        NngError.Ambiguous => "Ambiguous option",
        NngError.BadType => "Incorrect type",
        NngError.ConnectionShutdown => "Connection shutdown",
        NngError.Internal => "Internal error detected",
        _ => null,
    };
}
