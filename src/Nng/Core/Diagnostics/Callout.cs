using System;

namespace Nng.Core;

/// <summary>
/// Marks a thread while it runs user code that the library called in the middle of its own work: a pipe event, a
/// readiness handler, a logger. There nothing may wait for that work to end.
/// </summary>
/// <remarks>Threading: a mark of the thread.</remarks>
internal static class Callout
{
    [ThreadStatic]
    private static int t_depth;

    /// <summary>This thread is inside such code.</summary>
    public static bool IsRunning => t_depth > 0;

    public static void Enter() => t_depth++;

    public static void Leave() => t_depth--;
}
