using System;
using System.Diagnostics.CodeAnalysis;

namespace Nng.Core;

/// <summary>Throws, out of line: one method per failure, each message with the offending value.</summary>
internal static class Throw
{
    [DoesNotReturn]
    public static void Error(NngError error, string message) => throw new NngException(error, message);

    [DoesNotReturn]
    public static void MessageTooShort(string verb, int wanted, int available) => throw new NngException(
        NngError.InvalidArgument,
        $"Cannot {verb} {wanted} bytes: only {available} are there.");

    [DoesNotReturn]
    public static void HeaderTooLong(int length, int added) => throw new NngException(
        NngError.InvalidArgument,
        $"Cannot add {added} bytes to a header of {length}: a header holds at most {Message.MaxHeaderLength}.");

    [DoesNotReturn]
    public static void AioBusy() =>
        throw new InvalidOperationException("The aio is busy: an operation was submitted before the last one ended.");

    [DoesNotReturn]
    public static void AioIdle() =>
        throw new InvalidOperationException("The aio is idle: an operation was finished twice, or never begun.");

    [DoesNotReturn]
    public static void AioWaitsForItself() =>
        throw new InvalidOperationException("The callback of an aio cannot wait for the aio: it would never end.");
}
