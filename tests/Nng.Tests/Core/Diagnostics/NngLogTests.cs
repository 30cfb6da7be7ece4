using System;
using Microsoft.Extensions.Logging;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

[Collection(LoggerCollection.Name)]
public sealed class NngLogTests : IDisposable
{
    public void Dispose() => NngLog.Logger = null;

    [Fact]
    public void Nothing_is_logged_by_default()
    {
        Assert.Null(NngLog.Logger);
        Assert.Null(NngLog.For(LogLevel.Critical));
    }

    [Fact]
    public void Logger_is_given_back_and_hears_that_the_library_is_ready()
    {
        var logger = new RecordingLogger();

        NngLog.Logger = logger;

        Assert.Same(logger, NngLog.Logger);
        Assert.Contains(
            logger.Entries, e => e.Id.Name == "NNG-INIT" && e.Text.Contains(NngVersion.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Disabled_level_gives_no_logger()
    {
        NngLog.Logger = new RecordingLogger(LogLevel.Warning);

        Assert.Null(NngLog.For(LogLevel.Information));
        Assert.NotNull(NngLog.For(LogLevel.Warning));
    }

    [Fact]
    public void Throwing_logger_harms_nobody()
    {
        NngLog.Logger = new ThrowingLogger(isEnabled: true);
        NngLog.For(LogLevel.Error)!.Log(LogLevel.Error, "x");

        NngLog.Logger = new ThrowingLogger(isEnabled: false);
        Assert.Null(NngLog.For(LogLevel.Error));
    }

    private sealed class ThrowingLogger(bool isEnabled) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            isEnabled ? true : throw new InvalidOperationException("as the test wants");

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => throw new InvalidOperationException("as the test wants");
    }
}
