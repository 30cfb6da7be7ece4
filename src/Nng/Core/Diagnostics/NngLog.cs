using System.Threading;
using Microsoft.Extensions.Logging;
using Nng.Core;

namespace Nng;

/// <summary>Where the library tells what happens to its connections.</summary>
/// <remarks>
/// <para>
/// Nothing is logged until a logger is set. Errors and warnings are failures somebody may want to look into;
/// information tells of endpoints that start; debug of every connection. The name of each event's id is that of the C
/// library (<c>NNG-DIAL</c>, <c>NNG-CONN-FAIL</c>, ...).
/// </para>
/// <para>
/// Threading: may be set and read from any thread at any time. The logger is called on the library's threads, by
/// several at once; it should return soon. What it throws is swallowed.
/// </para>
/// </remarks>
public static class NngLog
{
    private static GuardedLogger? s_logger;

    /// <summary>
    /// The logger of the whole process; null, the default, for none. C function: <c>nng_log_set_logger</c>.
    /// </summary>
    public static ILogger? Logger
    {
        get => Volatile.Read(ref s_logger)?.Inner;
        set
        {
            GuardedLogger? guarded = value is null ? null : new GuardedLogger(value);
            Volatile.Write(ref s_logger, guarded);
            if (guarded is not null)
                CoreLog.Initialized(guarded);
        }
    }

    /// <summary>The logger if it wants events of this level; null makes the event cost a branch.</summary>
    internal static ILogger? For(LogLevel level)
    {
        GuardedLogger? logger = Volatile.Read(ref s_logger);
        return logger is not null && logger.IsEnabled(level) ? logger : null;
    }
}
