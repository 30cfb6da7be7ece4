using System;
using System.IO;

namespace Nng.Http;

/// <summary>Paths with every symbolic link on their way followed.</summary>
internal static class RealPaths
{
    /// <summary>Links in a row that are followed; more are taken for a circle.</summary>
    private const int MaxLinks = 40;

    /// <summary>The full path without links; parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Resolve(string path)
    {
        string root = Path.GetPathRoot(path)!;
        string real = root;
        string rest = path[root.Length..];
        for (int links = 0; rest.Length > 0;)
        {
            int slash = rest.IndexOf(Path.DirectorySeparatorChar);
            string name = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? string.Empty : rest[(slash + 1)..];
            if (name is "" or ".")
                continue;
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }

            string next = Path.Combine(real, name);
            string? target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
                throw new IOException($"Too many symbolic links in '{path}'.");
            // Elsewhere the dots in a target count from where the links before them lead.
            if (OperatingSystem.IsWindows())
                target = Path.GetFullPath(target, real);
            if (Path.IsPathRooted(target))
            {
                root = Path.GetPathRoot(target)!;
                real = root;
                target = target[root.Length..];
            }

            rest = Path.Join(target, rest);
        }

        return real;
    }
}
