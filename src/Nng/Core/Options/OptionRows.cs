using System;

namespace Nng.Core;

/// <summary>Makes the common kinds of option rows.</summary>
internal static class OptionRows
{
    public static OptionRow<T> Boolean<T>(string name, Func<T, bool> get, Action<T, bool>? set = null) => new()
    {
        Name = name,
        Type = OptionType.Boolean,
        Get = owner => OptionValue.Boolean(get(owner)),
        Set = set is null ? null : (owner, value) =>
        {
            set(owner, value.Flag);
            return NngError.None;
        },
    };

    public static OptionRow<T> Int32<T>(
        string name, int min, int max, Func<T, int> get, Action<T, int>? set = null) => new()
    {
        Name = name,
        Type = OptionType.Int32,
        Min = min,
        Max = max,
        Get = owner => OptionValue.Int32(get(owner)),
        Set = set is null ? null : (owner, value) =>
        {
            set(owner, value.Int);
            return NngError.None;
        },
    };

    public static OptionRow<T> Size<T>(string name, long max, Func<T, long> get, Action<T, long>? set = null) => new()
    {
        Name = name,
        Type = OptionType.Size,
        Min = 0,
        Max = max,
        Get = owner => OptionValue.Size(get(owner)),
        Set = set is null ? null : (owner, value) =>
        {
            set(owner, value.Number);
            return NngError.None;
        },
    };

    /// <summary>Durations of at least <paramref name="min"/>, normally -1 = infinite.</summary>
    public static OptionRow<T> Duration<T>(
        string name, Func<T, int> get, Action<T, int>? set = null, int min = -1) => new()
    {
        Name = name,
        Type = OptionType.Duration,
        Min = min,
        Max = int.MaxValue,
        Get = owner => OptionValue.Duration(get(owner)),
        Set = set is null ? null : (owner, value) =>
        {
            set(owner, value.Int);
            return NngError.None;
        },
    };

    public static OptionRow<T> Text<T>(string name, Func<T, string> get, Func<T, string, NngError>? set = null) => new()
    {
        Name = name,
        Type = OptionType.Text,
        Get = owner => OptionValue.Text(get(owner)),
        Set = set is null ? null : (owner, value) => set(owner, value.TextValue),
    };
}
