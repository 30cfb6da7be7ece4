using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nng.Core;

/// <summary>Option values between .NET's types and the library's.</summary>
internal static class OptionConversion
{
    /// <summary>Opaque bytes that an error's text shows.</summary>
    private const int ShownBytes = 16;

    /// <summary>The .NET value of an option that was read, or the exception for the error.</summary>
    public static T From<T>(NngError error, string name, OptionValue value)
    {
        if (error != NngError.None)
            ThrowUnread(error, name);
        object? result = value.Type switch
        {
            OptionType.Boolean => value.Flag,
            OptionType.Int32 => value.Int,
            OptionType.Size => value.Number,
            OptionType.UInt64 => unchecked((ulong)value.Number),
            OptionType.Duration => Durations.FromMilliseconds(value.Int),
            _ => value.Reference,
        };
        if (result is T typed)
            return typed;
        // A text or object that there is not; its option allows it.
        if (result is null && default(T) is null)
            return default!;
        throw new NngException(
            NngError.BadType, $"Cannot read option '{name}' as {typeof(T).Name}: it is {NameOf(value.Type)}.");
    }

    /// <summary>The library's value for a .NET one.</summary>
    public static OptionValue To<T>(string name, T value)
    {
        object? boxed = value;
        return boxed switch
        {
            bool flag => OptionValue.Boolean(flag),
            int number => OptionValue.Int32(number),
            long size => OptionValue.Size(size),
            ulong number => OptionValue.UInt64(number),
            TimeSpan span when Durations.TryToMilliseconds(span, out int milliseconds) =>
                OptionValue.Duration(milliseconds),
            TimeSpan => throw Unset(NngError.InvalidArgument, name, boxed),
            string text => OptionValue.Text(text),
            byte[] bytes => OptionValue.Bytes(bytes),
            NngAddress address => OptionValue.Address(address),
            null => OptionValue.Object(null),
            // Objects of the options that hold one; for all others the option's own check says "wrong type".
            _ when !boxed.GetType().IsPrimitive => OptionValue.Object(boxed),
            _ => throw Unset(NngError.BadType, name, boxed),
        };
    }

    /// <summary>Throws unless setting an option succeeded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Check(NngError error, string name, object? value)
    {
        if (error != NngError.None)
            throw Unset(error, name, value);
    }

    [DoesNotReturn]
    private static void ThrowUnread(NngError error, string name)
    {
        string why = error == NngError.NotSupported ? OptionGuide.OfFailure(error, name) : $"{error.Text()}.";
        Throw.Error(error, $"Cannot read option '{name}': {why}");
    }

    private static NngException Unset(NngError error, string name, object? value) => new(
        error, $"Cannot set option '{name}' to {Describe(value)}: {OptionGuide.OfFailure(error, name)}");

    private static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        byte[] bytes => $"0x{Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, ShownBytes)))} ({bytes.Length} bytes)",
        _ => $"'{value}' ({value.GetType().Name})",
    };

    private static string NameOf(OptionType type) => type switch
    {
        OptionType.Boolean => "a bool",
        OptionType.Int32 => "an int",
        OptionType.Size => "a long",
        OptionType.UInt64 => "a ulong",
        OptionType.Duration => "a TimeSpan",
        OptionType.Text => "a string",
        OptionType.Address => "an NngAddress",
        OptionType.Bytes => "a byte[]",
        _ => "an object of its own type",
    };
}
