using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Nng.Tools.Nngcat;

/// <summary>
/// Words of the command line as the bytes they are, one character a byte: data and topics need not be valid UTF-8, and
/// the runtime's own arguments have lost what is not.
/// </summary>
internal static class ByteText
{
    /// <summary>The words behind <paramref name="args"/>, as bytes.</summary>
    public static IReadOnlyList<string> Words(string[] args) => FromSystem(args) ?? Array.ConvertAll(args, FromText);

    public static string FromText(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static byte[] ToBytes(string word) => Encoding.Latin1.GetBytes(word);

    public static string ToText(string word) => Encoding.UTF8.GetString(ToBytes(word));

    /// <summary>Linux keeps the command line of a process, each word ended by a NUL; ours are the last ones.</summary>
    private static string[]? FromSystem(string[] args)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return Last(Encoding.Latin1.GetString(File.ReadAllBytes("/proc/self/cmdline")), args);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The last words of a NUL-separated line, if they are what the runtime made of them.</summary>
    internal static string[]? Last(string line, string[] args)
    {
        string[] all = line.Split('\0');
        if (all.Length <= args.Length)
            return null;
        // The last NUL ends a word, so one empty word follows it.
        string[] words = all[^(args.Length + 1)..^1];
        for (int i = 0; i < args.Length; i++)
        {
            if (ToText(words[i]) != args[i])
                return null;
        }

        return words;
    }
}
