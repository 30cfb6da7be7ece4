using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Xunit.Sdk;

namespace Nng.TestKit;

/// <summary>
/// Waits for a condition with a generous deadline: the only place in the tests that lets time pass by polling.
/// </summary>
public static class Eventually
{
    /// <summary>How long a condition may take before the test fails, unless the call says otherwise.</summary>
    public const int DefaultTimeoutMs = 10_000;

    /// <summary>Longest pause between two looks at the condition.</summary>
    private const int LongestPauseMs = 10;

    /// <summary>Returns once <paramref name="condition"/> holds; fails the test when the deadline passes first.</summary>
    public static void True(Func<bool> condition, string? what = null, int timeoutMs = DefaultTimeoutMs)
    {
        if (!Holds(condition, timeoutMs))
        {
            throw Failure(what, timeoutMs);
        }
    }

    /// <summary>As <see cref="True"/>, without blocking the thread between two looks.</summary>
    public static Task TrueAsync(Func<bool> condition, string? what = null, int timeoutMs = DefaultTimeoutMs) =>
        TrueAsync(condition, () => what, timeoutMs);

    /// <summary>As <see cref="TrueAsync(Func{bool}, string?, int)"/>, for a text that tells what was last seen.</summary>
    public static async Task TrueAsync(Func<bool> condition, Func<string?> what, int timeoutMs = DefaultTimeoutMs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int pauseMs = 1; !condition(); pauseMs = Math.Min(pauseMs + 1, LongestPauseMs))
        {
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds >= timeoutMs)
            {
                throw Failure(what(), timeoutMs);
            }

            await Task.Delay(pauseMs);
        }
    }

    /// <summary>Returns once <paramref name="actual"/> yields <paramref name="expected"/>; the failure names the last value.</summary>
    public static void Equal<T>(T expected, Func<T> actual, string? what = null, int timeoutMs = DefaultTimeoutMs)
    {
        T last = default!;
        if (!Holds(() => EqualityComparer<T>.Default.Equals(expected, last = actual()), timeoutMs))
        {
            throw Failure($"{what ?? "value"} = {expected} (it is {last})", timeoutMs);
        }
    }

    /// <summary>Whether <paramref name="condition"/> came true before the deadline.</summary>
    public static bool Holds(Func<bool> condition, int timeoutMs = DefaultTimeoutMs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int pauseMs = 1; !condition(); pauseMs = Math.Min(pauseMs + 1, LongestPauseMs))
        {
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds >= timeoutMs)
            {
                return false;
            }

            Thread.Sleep(pauseMs);
        }

        return true;
    }

    /// <summary>
    /// For claims that nothing happens: fails as soon as <paramref name="condition"/> stops holding within the window.
    /// </summary>
    public static void Stays(Func<bool> condition, string? what = null, int windowMs = 50)
    {
        if (Holds(() => !condition(), windowMs))
        {
            throw new XunitException($"Did not stay so for {windowMs} ms: {what ?? "the condition"}.");
        }
    }

    /// <summary>Awaits <paramref name="task"/>, failing the test instead of hanging when it does not end in time.</summary>
    public static async Task Completes(Task task, string? what = null, int timeoutMs = DefaultTimeoutMs)
    {
        if (await Task.WhenAny(task, Task.Delay(timeoutMs)) != task)
        {
            throw Failure(what ?? "the task ends", timeoutMs);
        }

        await task;
    }

    /// <summary>Awaits <paramref name="task"/> and returns its result, failing the test instead of hanging.</summary>
    public static async Task<T> Completes<T>(Task<T> task, string? what = null, int timeoutMs = DefaultTimeoutMs)
    {
        await Completes((Task)task, what, timeoutMs);
        return await task;
    }

    private static XunitException Failure(string? what, int timeoutMs)
    {
        return new XunitException($"Not within {timeoutMs} ms: {what ?? "the condition"}.");
    }
}
