using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Nng.Tests.Architecture;

/// <summary>A part of the base class library that only a few folders may open, and why.</summary>
/// <param name="Name">What a finding calls it.</param>
/// <param name="Pattern">How its use looks in stripped code.</param>
/// <param name="Folders">Folders or files under src that may use it; none means nobody.</param>
internal sealed record BclDoor(string Name, string Pattern, params string[] Folders)
{
    /// <summary>The doors of the library.</summary>
    public static IReadOnlyList<BclDoor> All { get; } =
    [
        new("System.Net.Sockets", @"\bSystem\.Net\.Sockets\b", "Nng/Streams"),
        new("TLS and certificates", @"\bSystem\.Net\.Security\b|\bX509Certificates\b", "Nng/Streams/Tls"),

        // The loops of the engine own their threads; everybody else is served by the aio and the expirer.
        new("threads", @"\bnew\s+Thread\b|\bThread\s*\.\s*[A-Z]", "Nng/Core/Aio", "Nng/Core/Time", "Nng/Streams/Engine"),
        new("timers", @"\b(new|Threading\s*\.)\s*(Timer|PeriodicTimer)\b|\bTask\s*\.\s*Delay\b", "Nng/Core/Aio", "Nng/Core/Time"),
        new("Task.Run", @"\bTask\s*\.\s*(Run|Factory)\b", "Nng/Core/Aio", "Nng/Core/Time"),

        new("LINQ", @"\bSystem\.Linq\b"),
        new("reflection", @"\bSystem\.Reflection\b|\bActivator\b|\bGetType\(\)\s*\.\s*Get"),
        new("UnmanagedCallersOnly", @"\bUnmanagedCallersOnly\b", "Nng.CApi"),
        new("native calls", @"\b(LibraryImport|DllImport)\b", "Nng/Streams/Engine", "Nng.CApi"),
        new("unsafe code", @"\bunsafe\b", "Nng/Core/Buffers", "Nng/Streams/Engine", "Nng/WebSockets/WebSocketMask.cs", "Nng.CApi"),
    ];

    /// <summary>Every use of a door by a file outside its folders.</summary>
    public static IEnumerable<string> Misused(IEnumerable<BclDoor> doors, IReadOnlyCollection<SourceFile> files)
    {
        foreach (BclDoor door in doors)
        {
            var pattern = new Regex(door.Pattern, RegexOptions.CultureInvariant);
            foreach (SourceFile file in files.Where(file => !door.Admits(file.Path)))
            {
                foreach (Match match in pattern.Matches(file.Code))
                {
                    int line = file.Code.AsSpan(0, match.Index).Count('\n') + 1;
                    yield return $"{file.Path}({line}) uses {door.Name}: {match.Value}";
                }
            }
        }
    }

    private bool Admits(string path)
    {
        return Folders.Any(place => path == "src/" + place || path.StartsWith($"src/{place}/", StringComparison.Ordinal));
    }
}
