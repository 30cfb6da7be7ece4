using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nng.Tools.Nngcat;

/// <summary>Reads a file of the command line whole; a single dash is standard input.</summary>
internal static class InputFile
{
    /// <summary>Numbers of the system's errors end here; greater ones are the runtime's own.</summary>
    private const int HighestSystemError = 4095;

    /// <exception cref="FatalException">The file cannot be opened or read; the text says why, as in C.</exception>
    public static byte[] Read(string path)
    {
        if (Directory.Exists(path))
            throw new FatalException($"Read from {path} failed: Is a directory");
        using Stream input = path == "-" ? Console.OpenStandardInput() : Open(path);
        try
        {
            using var all = new MemoryStream();
            input.CopyTo(all);
            return all.ToArray();
        }
        catch (IOException failure)
        {
            throw new FatalException($"Read from {path} failed: {Reason(failure, path)}");
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            SafeFileHandle handle = File.OpenHandle(path);
            return new FileStream(handle, FileAccess.Read, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FatalException($"Cannot open file {path}: {Reason(failure, path)}");
        }
    }

    private static string Reason(Exception failure, string path) => failure switch
    {
        UnauthorizedAccessException => "Permission denied",
        PathTooLongException => "File name too long",
        DirectoryNotFoundException when File.Exists(Path.GetDirectoryName(path)) => "Not a directory",
        // The empty path is an argument error of the runtime.
        FileNotFoundException or DirectoryNotFoundException or ArgumentException => "No such file or directory",
        { HResult: > 0 and <= HighestSystemError } => Marshal.GetPInvokeErrorMessage(failure.HResult),
        _ => failure.Message,
    };
}
