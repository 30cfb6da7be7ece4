using System;
using System.IO;
using Microsoft.Extensions.Logging;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

public sealed class StderrLoggerTests
{
    private readonly StringWriter _writer = new() { NewLine = "\n" };
    private readonly FixedTime _time = new();

    [Theory]
    [InlineData(LogLevel.Critical, "[ERROR ]")]
    [InlineData(LogLevel.Error, "[ERROR ]")]
    [InlineData(LogLevel.Warning, "[WARN  ]")]
    [InlineData(LogLevel.Information, "[INFO  ]")]
    public void Line_has_level_time_id_and_text(LogLevel level, string expected)
    {
        Write(Logger(LogLevel.Information), level, new EventId(1, "NNG-X"), "hello");

        Assert.Equal(expected + ": 13:05:09.007: NNG-X: hello\n", _writer.ToString());
    }

    [Fact]
    public void Library_notice_is_called_so()
    {
        Write(Logger(LogLevel.Information), LogLevel.Information, LogIds.Init, "ready");

        Assert.Equal("[NOTICE]: 13:05:09.007: NNG-INIT: ready\n", _writer.ToString());
    }

    [Fact]
    public void Absent_id_is_left_out_and_a_newline_is_not_doubled()
    {
        Write(Logger(LogLevel.Information), LogLevel.Error, 5, "text\n");

        Assert.Equal("[ERROR ]: 13:05:09.007: text\n", _writer.ToString());
    }

    [Fact]
    public void Exception_is_told_behind_the_text()
    {
        Logger(LogLevel.Information).Log(
            LogLevel.Error, default, "text", new InvalidOperationException("why"), (s, _) => s);

        Assert.EndsWith(": text (InvalidOperationException: why)\n", _writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_below_the_minimum_are_dropped()
    {
        StderrLogger logger = Logger(LogLevel.Warning);

        Write(logger, LogLevel.Information, default, "no");
        Write(logger, LogLevel.None, default, "no");

        Assert.Equal("", _writer.ToString());
        Assert.False(logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
        Assert.False(logger.IsEnabled(LogLevel.None));
    }

    [Fact]
    public void Date_line_comes_first_and_on_a_new_day_at_debug_level_only()
    {
        StderrLogger logger = Logger(LogLevel.Debug);
        Write(logger, LogLevel.Debug, default, "one");
        Write(logger, LogLevel.Debug, default, "two");
        _time.Now = _time.Now.AddDays(1);
        Write(logger, LogLevel.Debug, default, "three");

        Assert.Equal(
            """
            [DEBUG ]: 13:05:09.007: NNG-DATE: 2026-03-01 UTC+00:00
            [DEBUG ]: 13:05:09.007: one
            [DEBUG ]: 13:05:09.007: two
            [DEBUG ]: 13:05:09.007: NNG-DATE: 2026-03-02 UTC+00:00
            [DEBUG ]: 13:05:09.007: three

            """,
            _writer.ToString());
    }

    [Theory]
    [InlineData(LogLevel.Error, "\e[31m")]
    [InlineData(LogLevel.Warning, "\e[33m")]
    public void Level_has_its_colour(LogLevel level, string color)
    {
        Write(Logger(LogLevel.Warning, color: true), level, default, "x");

        Assert.StartsWith(color + "[", _writer.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("x\e[0m\n", _writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Information_is_plain_and_notice_is_bold()
    {
        StderrLogger logger = Logger(LogLevel.Information, color: true);

        Write(logger, LogLevel.Information, default, "x");
        Assert.StartsWith("[INFO  ]", _writer.ToString(), StringComparison.Ordinal);
        Write(logger, LogLevel.Information, LogIds.Init, "y");
        Assert.Contains("\e[1m[NOTICE]", _writer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, null, null, "xterm", true)]
    [InlineData(true, false, null, null, "xterm", false)]
    [InlineData(false, false, "", null, "xterm", false)]
    [InlineData(false, false, null, "0", "xterm", false)]
    [InlineData(false, false, null, null, "", false)]
    [InlineData(false, false, null, null, null, false)]
    [InlineData(false, true, null, null, null, true)]
    public void Colour_needs_a_terminal_and_consent(
        bool redirected, bool windows, string? noColor, string? nngNoColor, string? term, bool expected)
    {
        bool wanted = StderrLogger.WantsColor(redirected, windows, name => name switch
        {
            "NO_COLOR" => noColor,
            "NNG_LOG_NO_COLOR" => nngNoColor,
            "TERM" => term,
            _ => null,
        });

        Assert.Equal(expected, wanted);
    }

    private static void Write(StderrLogger logger, LogLevel level, EventId id, string text) =>
        logger.Log(level, id, text, null, (s, _) => s);

    private StderrLogger Logger(LogLevel minimum, bool color = false) => new(minimum, _writer, color, _time);

    private sealed class FixedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 13, 5, 9, 7, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
