using System;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Nng.CApi;

/// <summary>Hands the library's events to the logger that the C program has installed, under its filter.</summary>
internal sealed unsafe class CLogger : ILogger
{
    private const int Error = 3;
    private const int Warning = 4;
    private const int Info = 6;
    private const int Debug = 7;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => Shim.LogWants(ToC(logLevel)) != 0;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Tell(ToC(logLevel), eventId.Name, formatter(state, exception));
    }

    /// <summary>The program called in a way that no result can answer; the call did nothing.</summary>
    public static void Misused(Exception failure)
    {
        if (Shim.LogWants(Error) != 0)
            Tell(Error, "NNG-MISUSE", failure.Message);
    }

    private static void Tell(int level, string? id, string text)
    {
        byte* idBytes = Utf8.Copy(id);
        byte* textBytes = Utf8.Copy(text);
        Shim.Log(level, idBytes, textBytes);
        NativeMemory.Free(idBytes);
        NativeMemory.Free(textBytes);
    }

    private static int ToC(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => Error,
        LogLevel.Warning => Warning,
        LogLevel.Information => Info,
        _ => Debug,
    };
}
