using System;
using System.Runtime.CompilerServices;

namespace Nng.Core;

/// <summary>Option values between .NET's types and the library's.</summary>
internal static class OptionConversion
{
    /// <summary>The .NET value of an option that was read, or the exception for the error.</summary>
    public static T From<T>(NngError error, string name, OptionValue value)
    {
        if (error != NngError.None)
            Throw.Error(error, $"Cannot read option '{name}': {error.Text()}.");
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
        throw new NngException(
            NngError.BadType, $"Option '{name}' is of type {value.Type}, which is not read as {typeof(T).Name}.");
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
            TimeSpan span => OptionValue.Duration(Durations.ToMilliseconds(span)),
            string text => OptionValue.Text(text),
            byte[] bytes => OptionValue.Bytes(bytes),
            NngAddress address => OptionValue.Address(address),
            null => OptionValue.Object(null),
            // Objects of the options that hold one; for all others the option's own check says "wrong type".
            _ when !boxed.GetType().IsPrimitive => OptionValue.Object(boxed),
            _ => throw new NngException(
                NngError.BadType, $"Option '{name}' cannot be set to a value of type {typeof(T).Name}."),
        };
    }

    /// <summary>Throws unless setting an option succeeded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Check(NngError error, string name, object? value)
    {
        if (error != NngError.None)
            Throw.Error(error, $"Cannot set option '{name}' to '{value}': {error.Text()}.");
    }
}
