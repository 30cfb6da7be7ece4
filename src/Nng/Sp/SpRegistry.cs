namespace Nng.Sp;

/// <summary>
/// The process-wide identifier spaces (core sheet, section 0): one each for sockets, contexts, dialers, listeners and
/// pipes.
/// </summary>
internal static class SpRegistry
{
    public static SpIdSpace<SpSocket> Sockets { get; } = new(randomStart: false);

    public static SpIdSpace<SpContext> Contexts { get; } = new(randomStart: false);

    public static SpIdSpace<SpDialer> Dialers { get; } = new(randomStart: false);

    public static SpIdSpace<SpListener> Listeners { get; } = new(randomStart: false);

    /// <summary>Pipe ids start anywhere, so that a restarted process does not repeat its backtraces.</summary>
    public static SpIdSpace<SpPipe> Pipes { get; } = new(randomStart: true);
}
