using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Nng.CApi.Tests;

/// <summary>
/// Writes a C program that calls every exported function, as the table of functions declares it, with what it should not
/// be given: nothing, objects that have been freed, or live objects and nothing else.
/// </summary>
internal static partial class BoundaryProgram
{
    /// <summary>What C holds by a pointer that the library looks up, and by number.</summary>
    private static readonly string[] s_objects =
    [
        "aio", "msg", "stream", "stream_dialer", "stream_listener", "http_req", "http_res", "http_server", "http_client",
        "http_conn", "http_handler", "tls_config", "udp", "id_map", "socket", "ctx", "dialer", "listener", "pipe",
    ];

    /// <summary>Memory of the C heap: only what was allocated may be freed, NULL always.</summary>
    private static readonly string[] s_heap =
        ["nng_url*", "nng_stat*", "nng_thread*", "nng_mtx*", "nng_cv*"];

    /// <summary>They take a buffer back.</summary>
    private static readonly string[] s_free = ["nng_free", "nng_strfree"];

    /// <summary>A provider that begins an operation has to finish it; aio.c does.</summary>
    private static readonly string[] s_begins = ["nng_aio_begin"];

    /// <summary>Writes the program; gives its path.</summary>
    public static string Write()
    {
        string[][] functions = [.. File.ReadLines(Path.Combine(Native.Root, "src", "Nng.CApi", "functions.tsv"))
            .Skip(1).Select(line => line.Split('\t'))];
        var text = new StringBuilder("#include \"objects.h\"\n");
        foreach (string header in functions.Select(function => function[3]).Distinct())
            text.Append($"#include <{header}>\n");
        text.Append("static struct objects o;\nstatic char room[8192];\n");
        text.Append("#define CALL(call) do { objects_make(&o); call; objects_free(&o); calls++; } while (0)\n");
        text.Append("#define FREED(call) do { objects_make(&o); objects_free(&o); call; objects_free(&o); calls++; } while (0)\n");
        text.Append("static int calls;\nint main(void)\n{\n");
        foreach (string[] function in functions)
        {
            text.Append($"\tfprintf(stderr, \"{function[0]}\\n\");\n\tmemset(room, 0, sizeof(room));\n");
            text.Append($"\t{Refused(function, Call(function, _ => "NULL", live: false))};\n\tcalls++;\n");
            text.Append($"\tFREED({Refused(function, Call(function, Room(function[0]), live: true))});\n");
            text.Append($"\tFREED({Refused(function, Call(function, _ => "NULL", live: true))});\n");
            if (!s_begins.Contains(function[0]))
                text.Append($"\tCALL({Call(function, _ => "NULL", live: true)});\n");
        }

        text.Append("\tprintf(\"%d calls\\n\", calls);\n\treturn 0;\n}\n");
        string path = Path.Combine(Native.Root, "artifacts", "capi-tests", "boundary.c");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <summary>An error is expected of what returns one and was given no live object.</summary>
    private static string Refused(string[] function, string call)
    {
        string first = Parameters(function)[0];
        return function[1] == "int" && ObjectOf(first) is not null ? $"MUST({call} != 0)" : call;
    }

    private static string Call(string[] function, Func<string, string> pointer, bool live)
    {
        IEnumerable<string> arguments = Parameters(function).Where(parameter => parameter is not ("void" or "..."))
            .Select(parameter => Argument(parameter, pointer, live));
        return $"{function[0]}({string.Join(", ", arguments)})";
    }

    private static string Argument(string parameter, Func<string, string> pointer, bool live)
    {
        string? name = ObjectOf(parameter);
        bool isPointer = parameter.Contains('*', StringComparison.Ordinal) || parameter.Contains('[', StringComparison.Ordinal);
        if (name is not null && live)
            return $"o.{name}";
        if (name is not null && !isPointer)
            return $"(nng_{name}) {{ 0 }}";
        if (parameter.Contains("(*", StringComparison.Ordinal) || Functions().IsMatch(parameter))
            return "NULL";
        return isPointer ? pointer(parameter) : "0";
    }

    private static Func<string, string> Room(string function) => parameter =>
        s_free.Contains(function) || s_heap.Contains(Bare(parameter)) ? "NULL" : "(void *) room";

    /// <summary>The kind of object a parameter is: a pointer to an opaque one, or a number by value.</summary>
    private static string? ObjectOf(string parameter)
    {
        string bare = Bare(parameter);
        return s_objects.FirstOrDefault(name => bare == (IsNumber(name) ? $"nng_{name}" : $"nng_{name}*"));
    }

    private static bool IsNumber(string name) => name is "socket" or "ctx" or "dialer" or "listener" or "pipe";

    private static string Bare(string parameter) => Qualifiers().Replace(parameter, string.Empty).Replace(" ", string.Empty, StringComparison.Ordinal);

    /// <summary>Split at commas outside of parentheses.</summary>
    private static string[] Parameters(string[] function) => Commas().Split(function[2]);

    [GeneratedRegex(@",\s*(?![^()]*\))")]
    private static partial Regex Commas();

    [GeneratedRegex(@"\b(const|struct)\b")]
    private static partial Regex Qualifiers();

    [GeneratedRegex("^(nng_pipe_cb|nng_logger|nng_aio_cancelfn)$")]
    private static partial Regex Functions();
}
