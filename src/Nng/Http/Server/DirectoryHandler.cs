using System;
using System.IO;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>Serves what lies in a directory.</summary>
internal sealed class DirectoryHandler(string directory, HttpFileOptions options)
{
    private static readonly string[] s_indexes = ["index.html", "index.htm"];

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    public ValueTask HandleAsync(HttpContext context)
    {
        string path = context.Request.Path;
        string rest = RedirectHandler.Rest(context.Handler.TrimmedPath, path);
        if (Find(rest, out bool isDirectory) is not { } file)
            return NotFound(context);
        if (isDirectory && !path.EndsWith('/') && options.RedirectToSlash)
            return ToSlash(context, path);
        // The slash after a file's name names a directory that is not there.
        if (!isDirectory && path.EndsWith('/'))
            return NotFound(context);
        return FileAnswer.SendAsync(context, file, options, options.LinksOutside ? null : StaysInside);
    }

    /// <summary>The file to serve; null for none that may be served.</summary>
    private string? Find(string rest, out bool isDirectory)
    {
        isDirectory = false;
        if (FilePaths.Join(_root, rest, options.DotFiles) is not { } path)
            return null;
        isDirectory = Directory.Exists(path);
        // What is not there is not looked at link by link: a path may be long, and cost more than a request is worth.
        string? file = isDirectory ? IndexOf(path) : IsThere(path) ? path : null;
        return file is not null && (options.LinksOutside || StaysInside(file)) ? file : null;
    }

    /// <summary>As itself, or in a precompressed form; what the system does not tell, opening the file will.</summary>
    private bool IsThere(string path)
    {
        try
        {
            return (int)new FileInfo(path).Attributes != -1 || (options.Precompressed && FileAnswer.HasForm(path));
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string? IndexOf(string path)
    {
        foreach (string name in s_indexes)
        {
            string index = Path.Combine(path, name);
            if (File.Exists(index))
                return index;
        }

        return null;
    }

    /// <summary>Whether every link on the way leads to something in the directory.</summary>
    private bool StaysInside(string file)
    {
        try
        {
            string root = RealPaths.Resolve(_root);
            return FilePaths.IsInside(root, RealPaths.Resolve(file));
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // The file itself will tell.
            return true;
        }
    }

    private static ValueTask NotFound(HttpContext context)
    {
        context.SetError(HttpStatus.NotFound);
        return default;
    }

    private static ValueTask ToSlash(HttpContext context, string path)
    {
        string query = context.Request.Query is { } text ? "?" + text : string.Empty;
        context.SetError(HttpStatus.MovedPermanently);
        context.Response.Headers.Set("Location", RedirectHandler.EscapePath(path) + "/" + query);
        return default;
    }
}
