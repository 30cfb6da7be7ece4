using System;
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
        byte* id = Utf8.Copy(eventId.Name);
        byte* text = Utf8.Copy(formatter(state, exception));
        Shim.Log(ToC(logLevel), id, text);
        System.Runtime.InteropServices.NativeMemory.Free(id);
        System.Runtime.InteropServices.NativeMemory.Free(text);
    }

    private static int ToC(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => Error,
        LogLevel.Warning => Warning,
        LogLevel.Information => Info,
        _ => Debug,
    };
}
