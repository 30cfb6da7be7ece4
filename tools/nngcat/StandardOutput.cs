using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Nng.Tools.Nngcat;

/// <summary>
/// Standard output, unbuffered. The runtime's own stream hides that the reader of a pipe is gone, and a tool at the
/// head of a pipe would then run for ever; so on Unix the bytes go through write(2).
/// </summary>
internal static partial class StandardOutput
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    /// <summary>EAGAIN, the one of these numbers on which Unix systems differ.</summary>
    private static readonly int s_tryAgain = OperatingSystem.IsLinux() ? 11 : 35;

    /// <exception cref="ReaderGoneException">The reader of the pipe has ended.</exception>
    /// <exception cref="FatalException">The bytes cannot be written, for instance because the disk is full.</exception>
    public static void Write(ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            WriteByStream(bytes);
            return;
        }

        while (!bytes.IsEmpty)
        {
            nint written = WriteDescriptor(Descriptor, ref MemoryMarshal.GetReference(bytes), bytes.Length);
            if (written >= 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;
                case int error when error == s_tryAgain:
                    // Somebody made the descriptor non-blocking: the runtime's stream waits until there is room.
                    WriteByStream(bytes);
                    return;
                case BrokenPipe:
                    throw new ReaderGoneException();
                case int error:
                    throw Failure(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    public static void WriteLine(string text) => Write(Encoding.UTF8.GetBytes(text + "\n"));

    private static void WriteByStream(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using Stream stream = Console.OpenStandardOutput();
            stream.Write(bytes);
        }
        catch (IOException failure)
        {
            throw Failure(failure.Message);
        }
    }

    private static FatalException Failure(string reason) => new($"Cannot write to standard output: {reason}");

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteDescriptor(int descriptor, ref byte bytes, nint count);
}
