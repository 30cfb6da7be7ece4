using System;
using System.Text;

namespace Nng.Core;

/// <summary>A value on its way to or from an option, with its type.</summary>
internal readonly struct OptionValue
{
    private OptionValue(OptionType type, long number, object? reference)
    {
        Type = type;
        Number = number;
        Reference = reference;
    }

    public OptionType Type { get; }

    /// <summary>The value of booleans (0, 1), integers, sizes and durations (milliseconds).</summary>
    public long Number { get; }

    /// <summary>The value of texts, objects, addresses and bytes.</summary>
    public object? Reference { get; }

    public bool Flag => Number != 0;

    public int Int => (int)Number;

    public string TextValue => (string)Reference!;

    public static OptionValue Boolean(bool value) => new(OptionType.Boolean, value ? 1 : 0, null);

    public static OptionValue Int32(int value) => new(OptionType.Int32, value, null);

    public static OptionValue Size(long value) => new(OptionType.Size, value, null);

    public static OptionValue UInt64(ulong value) => new(OptionType.UInt64, unchecked((long)value), null);

    public static OptionValue Duration(int milliseconds) => new(OptionType.Duration, milliseconds, null);

    public static OptionValue Text(string? value) => new(OptionType.Text, 0, value);

    public static OptionValue Object(object? value) => new(OptionType.Object, 0, value);

    public static OptionValue Address(object value) => new(OptionType.Address, 0, value);

    public static OptionValue Bytes(byte[] value) => new(OptionType.Bytes, 0, value);

    /// <summary>The value's raw bytes, for options that take any type.</summary>
    public byte[] ToBytes() => Type switch
    {
        OptionType.Bytes => (byte[])Reference!,
        OptionType.Text => Encoding.UTF8.GetBytes(TextValue),
        OptionType.Boolean => [(byte)Number],
        OptionType.Int32 or OptionType.Duration => BitConverter.GetBytes(Int),
        _ => BitConverter.GetBytes(Number),
    };

    /// <summary>
    /// Takes raw bytes for a value of another type: exactly as many as the type has, or a text with its end mark
    /// (untyped access, core sheet, section 4).
    /// </summary>
    public bool TryReadBytesAs(OptionType type, out OptionValue value)
    {
        var bytes = (byte[])Reference!;
        value = default;
        switch (type)
        {
            case OptionType.Boolean when bytes.Length == sizeof(byte):
                value = Boolean(bytes[0] != 0);
                return true;
            case OptionType.Int32 when bytes.Length == sizeof(int):
                value = Int32(BitConverter.ToInt32(bytes));
                return true;
            case OptionType.Duration when bytes.Length == sizeof(int):
                value = Duration(BitConverter.ToInt32(bytes));
                return true;
            case OptionType.Size when bytes.Length == sizeof(long):
                value = Size(BitConverter.ToInt64(bytes));
                return value.Number >= 0;
            case OptionType.UInt64 when bytes.Length == sizeof(ulong):
                value = UInt64(BitConverter.ToUInt64(bytes));
                return true;
            case OptionType.Text when Array.IndexOf(bytes, (byte)0) is >= 0 and var end:
                value = Text(Encoding.UTF8.GetString(bytes, 0, end));
                return true;
            default:
                return false;
        }
    }
}
