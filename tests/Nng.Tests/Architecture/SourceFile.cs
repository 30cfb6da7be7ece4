using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Nng.Tests.Architecture;

/// <summary>One source file: its path from the root of the repository, with forward slashes, and its text.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<string> _code = new(() => CSharpCode.Strip(text));

    /// <summary>Path from the root, as in <c>src/Nng/Core/Aio/Aio.cs</c>.</summary>
    public string Path { get; } = path;

    /// <summary>The text as it stands.</summary>
    public string Text { get; } = text;

    /// <summary>The text without comments and literals.</summary>
    public string Code => _code.Value;

    /// <summary>Number of lines.</summary>
    public int LineCount => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>The directory that holds the solution, found upwards from the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files under a folder of the repository, without build output; none if the folder is missing.</summary>
    public static IReadOnlyList<SourceFile> Under(string folder)
    {
        string directory = System.IO.Path.Combine(Root, folder);
        if (!Directory.Exists(directory))
        {
            return [];
        }

        return
        [
            .. Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
                .Select(file => System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(path => !path.Contains("/bin/") && !path.Contains("/obj/"))
                .Order(StringComparer.Ordinal)
                .Select(path => new SourceFile(path, File.ReadAllText(System.IO.Path.Combine(Root, path)))),
        ];
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "Nng.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"No Nng.slnx above {AppContext.BaseDirectory}.");
    }
}
