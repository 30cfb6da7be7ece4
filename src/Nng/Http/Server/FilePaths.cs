using System;
using System.Collections.Generic;
using System.IO;

namespace Nng.Http;

/// <summary>From the path of a request to a file below a directory, and never beside it; pure.</summary>
internal static class FilePaths
{
    /// <summary>Names that Windows takes for devices, whatever their extension.</summary>
    private static readonly HashSet<string> s_devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "CONIN$", "CONOUT$", "CLOCK$",
    };

    /// <summary>Joins a directory and the rest of a canonical path; null when a segment may not be used.</summary>
    /// <param name="directory">Absolute, without a slash at its end unless it is a root.</param>
    /// <param name="rest">Empty, or from a slash on.</param>
    /// <param name="dotFiles">Names may start with a dot.</param>
    public static string? Join(string directory, string rest, bool dotFiles)
    {
        var path = new System.Text.StringBuilder(directory);
        foreach (Range part in rest.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> segment = rest.AsSpan(part);
            if (segment.IsEmpty)
                continue;
            if (!IsUsable(segment) || (segment[0] == '.' && !dotFiles))
                return null;
            if (path.Length == 0 || path[^1] != Path.DirectorySeparatorChar)
                path.Append(Path.DirectorySeparatorChar);
            path.Append(segment);
        }

        return path.ToString();
    }

    /// <summary>Whether a full path lies in a directory.</summary>
    public static bool IsInside(string directory, string path) =>
        path.StartsWith(directory, StringComparison.Ordinal)
        && (path.Length == directory.Length
            || directory.EndsWith(Path.DirectorySeparatorChar)
            || path[directory.Length] == Path.DirectorySeparatorChar);

    /// <summary>No dots, separators, drives, streams, devices, or names that Windows reads as another name.</summary>
    private static bool IsUsable(ReadOnlySpan<char> segment)
    {
        if (segment is "." or ".." || segment[^1] is '.' or ' ')
            return false;
        foreach (char c in segment)
        {
            if (c is '\\' or ':' or '/' or < ' ' or '\x7f')
                return false;
        }

        // Escapes that a canonical path keeps would be separators.
        if (segment.Contains("%2F", StringComparison.Ordinal) || segment.Contains("%5C", StringComparison.Ordinal))
            return false;
        int dot = segment.IndexOf('.');
        ReadOnlySpan<char> stem = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ');
        return !s_devices.GetAlternateLookup<ReadOnlySpan<char>>().Contains(stem);
    }
}
