using System;
using System.IO;
using System.Threading;

namespace Nng.Stress.Tests.Children;

/// <summary>A child's answers to the questions of its test, one a line, until it is told <c>next</c> or its input ends.</summary>
internal static class ChildFacts
{
    /// <summary>How long processor time is watched.</summary>
    public const int WindowMs = 2000;

    private const string ResidentLine = "VmRSS:";

    /// <summary>
    /// Answers: <c>cpu</c> with the milliseconds of processor time used within the window, <c>live</c> with the
    /// managed bytes in use, <c>resident</c> with the process's memory in bytes.
    /// </summary>
    public static void Answer()
    {
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } question and not "next")
        {
            Console.WriteLine(question switch
            {
                "cpu" => CpuMs(),
                "live" => ProcessFacts.LiveBytes,
                "resident" => ResidentBytes(),
                _ => throw new ArgumentException($"No answer to '{question}'."),
            });
        }
    }

    /// <summary>Asked of the system without a descriptor: the child may have none left.</summary>
    private static long CpuMs()
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Thread.Sleep(WindowMs);
        return (long)(Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    private static long ResidentBytes()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith(ResidentLine, StringComparison.Ordinal))
                return 1024 * long.Parse(line[ResidentLine.Length..].Replace("kB", string.Empty, StringComparison.Ordinal));
        }

        return 0;
    }
}
