using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Nng.Stress.Tests;

/// <summary>What this process holds, asked of the system and the library's own statistics.</summary>
internal sealed record ProcessFacts(int Descriptors, int LibraryThreads, int LivingObjects)
{
    /// <summary>A look at the present.</summary>
    public static ProcessFacts Now => new(CountDescriptors(), CountLibraryThreads(), CountLivingObjects());

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

    /// <summary>
    /// Open sockets: those of the process, where its other descriptors grow by what the runtime loads when it is first needed.
    /// </summary>
    public static int Sockets => Directory.GetFileSystemEntries("/proc/self/fd").Count(IsSocket);

    /// <summary>No more than at an earlier time.</summary>
    public bool IsNoMoreThan(ProcessFacts earlier) =>
        Descriptors <= earlier.Descriptors && LibraryThreads <= earlier.LibraryThreads
        && LivingObjects <= earlier.LivingObjects;

    /// <summary>Open descriptors, that of the look itself not counted.</summary>
    private static int CountDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length - 1;

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

    /// <summary>Threads that the library started; the pool's come and go as they like.</summary>
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

    /// <summary>Sockets, endpoints and pipes.</summary>
    private static int CountLivingObjects() => NngStatistics.Snapshot().Children.Count;
}
