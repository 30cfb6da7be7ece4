using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nng.TestKit;

namespace Nng.Stress.Tests;

/// <summary>What this process holds, asked of the system and the library's own statistics.</summary>
/// <param name="Sockets">
/// Open sockets of the process; its other descriptors grow by what the runtime loads when it is first needed.
/// </param>
/// <param name="LibraryThreads">Threads that the library started; the pool's come and go as they like.</param>
/// <param name="LivingObjects">Sockets, endpoints and pipes of the library.</param>
internal sealed record ProcessFacts(int Sockets, int LibraryThreads, int LivingObjects)
{
    /// <summary>A look at the present.</summary>
    public static ProcessFacts Now => new(CountSockets(), CountLibraryThreads(), NngStatistics.Snapshot().Children.Count);

    /// <summary>Managed memory in use, after everything unreachable is gone.</summary>
    public static long LiveBytes
    {
        get
        {
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }

    /// <summary>Processor time of all threads so far.</summary>
    public static TimeSpan ProcessorTime
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.TotalProcessorTime;
        }
    }

    /// <summary>Waits until the process holds no more than it did.</summary>
    public static Task ReturnToAsync(ProcessFacts earlier, int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        ProcessFacts last = earlier;
        return Eventually.TrueAsync(
            () => (last = Now).IsNoMoreThan(earlier), () => $"no more than {earlier} (it is {last})", timeoutMs);
    }

    private bool IsNoMoreThan(ProcessFacts earlier) =>
        Sockets <= earlier.Sockets && LibraryThreads <= earlier.LibraryThreads && LivingObjects <= earlier.LivingObjects;

    private static int CountSockets() => Directory.GetFileSystemEntries("/proc/self/fd").Count(IsSocket);

    private static bool IsSocket(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) ?? false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int CountLibraryThreads() =>
        Directory.GetDirectories("/proc/self/task").Count(task => NameOf(task).StartsWith("nng:", StringComparison.Ordinal));

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
