using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Nng.Interop.Tests.Peers;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>The file of command lines and of what the C tool answers to them.</summary>
internal static class CommandLineRecords
{
    private const string FileName = "command-lines.txt";

    /// <summary>The file, without the answers' lines.</summary>
    private static readonly List<string> s_layout = [];

    /// <summary>Each command line with its recorded answer.</summary>
    public static IReadOnlyDictionary<string, ToolOutcome> All { get; } =
        Parse(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Nngcat", FileName)));

    /// <summary>The file's text with these answers.</summary>
    public static string Render(IReadOnlyDictionary<string, ToolOutcome> answers)
    {
        var text = new StringBuilder();
        foreach (string line in s_layout)
        {
            text.Append(line).Append('\n');
            if (!IsCommand(line))
                continue;
            ToolOutcome answer = answers[Arguments(line)];
            AppendLines(text, '>', answer.Output);
            AppendLines(text, '!', answer.Errors);
            text.Append(CultureInfo.InvariantCulture, $"= {answer.Code}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes the file in the source tree.</summary>
    public static void Save(string text, [CallerFilePath] string here = "") =>
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(here)!, FileName), text);

    private static Dictionary<string, ToolOutcome> Parse(string[] lines)
    {
        var answers = new Dictionary<string, ToolOutcome>();
        string current = string.Empty;
        foreach (string line in lines)
        {
            string rest = line.Length > 2 ? line[2..] : string.Empty;
            switch (line.FirstOrDefault())
            {
                case '>':
                    answers[current] = answers[current] with { Output = answers[current].Output + rest + "\n" };
                    break;
                case '!':
                    answers[current] = answers[current] with { Errors = answers[current].Errors + rest + "\n" };
                    break;
                case '=':
                    int code = int.Parse(rest, CultureInfo.InvariantCulture);
                    answers[current] = answers[current] with { Code = code };
                    break;
                default:
                    s_layout.Add(line);
                    if (!IsCommand(line))
                        break;
                    current = Arguments(line);
                    answers.Add(current, new ToolOutcome(-1, string.Empty, string.Empty));
                    break;
            }
        }

        return answers;
    }

    private static bool IsCommand(string line) => line.StartsWith('$');

    private static string Arguments(string line) => line.Length > 2 ? line[2..] : string.Empty;

    private static void AppendLines(StringBuilder text, char mark, string lines)
    {
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            text.Append(CultureInfo.InvariantCulture, $"{mark} {line}\n");
    }
}
