using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Nng.Tests.Architecture;

/// <summary>Words that do not get into shipped code, and suppressions that do not say why.</summary>
internal static partial class ForbiddenText
{
    /// <summary>Every line of shipped code that says what is left to do, or uses what we decided not to use.</summary>
    public static IEnumerable<string> In(SourceFile file)
    {
        string[] lines = file.Text.Split('\n');
        string[] code = file.Code.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string? found = FirstMatch(InText(), lines[i]) ?? FirstMatch(InCode(), i < code.Length ? code[i] : "");
            if (found is not null)
            {
                yield return $"{file.Path}({i + 1}): {found}";
            }
        }
    }

    /// <summary>Every suppression without its reason: a comment on or above a pragma, a Justification in an attribute.</summary>
    public static IEnumerable<string> UnreasonedSuppressions(SourceFile file)
    {
        string[] lines = file.Text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            string above = i > 0 ? lines[i - 1].Trim() : "";
            bool isPragma = line.StartsWith("#pragma warning disable") || line.StartsWith("#nullable disable");
            bool isAttribute = SuppressAttribute().IsMatch(line);
            bool reasoned = isPragma
                ? line.Contains("//") || above.StartsWith("//")
                : lines.Skip(i).Take(4).Any(next => next.Contains("Justification"));
            if ((isPragma || isAttribute) && !reasoned)
            {
                yield return $"{file.Path}({i + 1}): a suppression without a reason: {line}";
            }
        }
    }

    /// <summary>Every test skipped by attribute without a reason of more than a word.</summary>
    public static IEnumerable<string> UnreasonedSkips(SourceFile file)
    {
        return Skip().Matches(file.Text)
            .Where(match => match.Groups[1].Value.Split(' ').Length < 4)
            .Select(match => $"{file.Path}: {match.Value}");
    }

    private static string? FirstMatch(Regex pattern, string line)
    {
        Match match = pattern.Match(line);
        return match.Success ? match.Value : null;
    }

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b|^\s*#region\b")]
    private static partial Regex InText();

    [GeneratedRegex(@"\bNotImplementedException\b|\basync\s+void\b|\bdynamic\b|^\s*global\s+using\b|\bthis\.[A-Za-z_]")]
    private static partial Regex InCode();

    [GeneratedRegex(@"^\[(\w+:\s*)?([\w.]+\.)?(Unconditional)?SuppressMessage(Attribute)?\(")]
    private static partial Regex SuppressAttribute();

    [GeneratedRegex(@"\bSkip\s*=\s*""([^""]*)""")]
    private static partial Regex Skip();
}
