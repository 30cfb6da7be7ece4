using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace Nng.Tests.Architecture;

/// <summary>Reads C# text just far enough for the architecture checks: no comments, no literals, tokens, type names.</summary>
internal static partial class CSharpCode
{
    /// <summary>
    /// Blanks out comments, strings and characters, keeping line breaks and the code inside interpolation holes.
    /// </summary>
    public static string Strip(string text)
    {
        var code = new StringBuilder(text.Length);
        int at = 0;
        StripUntil(text, ref at, code, holeBraces: 0);
        return code.ToString();
    }

    /// <summary>Identifiers, keywords and single punctuation characters of stripped code.</summary>
    public static IReadOnlyList<string> Tokens(string code)
    {
        var tokens = new List<string>();
        foreach (Match match in TokenPattern().Matches(code))
        {
            tokens.Add(match.Value);
        }

        return tokens;
    }

    /// <summary>Names of the types that stripped code declares outside other types, with whether each is partial.</summary>
    public static IEnumerable<(string Name, bool IsPartial)> DeclaredTypes(string code)
    {
        int depth = 0;
        int scanned = 0;
        foreach (Match match in TypePattern().Matches(code))
        {
            for (; scanned < match.Index; scanned++)
            {
                depth += code[scanned] switch { '{' => 1, '}' => -1, _ => 0 };
            }

            string name = match.Groups["name"].Value;
            if (depth == 0 && name != "where")
            {
                yield return (name, match.Groups["partial"].Success);
            }
        }
    }

    /// <summary>The file-scoped namespace; empty when there is none.</summary>
    public static string Namespace(string code) => NamespacePattern().Match(code).Groups[1].Value;

    private static void StripUntil(string text, ref int at, StringBuilder code, int holeBraces)
    {
        int depth = 0;
        while (at < text.Length)
        {
            char c = text[at];
            char next = at + 1 < text.Length ? text[at + 1] : '\0';
            if (c == '/' && next == '/')
            {
                at = EndOf(text, at, "\n", keep: 1);
            }
            else if (c == '/' && next == '*')
            {
                int end = EndOf(text, at + 2, "*/", keep: 0);
                code.Append('\n', text.AsSpan(at, end - at).Count('\n'));
                at = end;
            }
            else if (c == '\'')
            {
                at = SkipQuoted(text, at + 1, '\'');
                code.Append("''");
            }
            else if (c is '"' or '$' or '@' && StringStart(text, at) is { } start)
            {
                StripString(text, ref at, start, code);
            }
            else
            {
                depth += c switch { '{' => 1, '}' => -1, _ => 0 };
                if (holeBraces > 0 && depth < 0)
                {
                    return;
                }

                code.Append(c);
                at++;
            }
        }
    }

    private static void StripString(string text, ref int at, StringForm form, StringBuilder code)
    {
        code.Append("\"\"");
        at += form.PrefixLength;
        while (at < text.Length)
        {
            if (form.Quotes >= 3 ? RunLength(text, at, '"') >= form.Quotes : text[at] == '"')
            {
                if (form is { IsVerbatim: true, Quotes: 1 } && at + 1 < text.Length && text[at + 1] == '"')
                {
                    at += 2;
                    continue;
                }

                at += form.Quotes >= 3 ? RunLength(text, at, '"') : 1;
                return;
            }

            if (text[at] == '\\' && form is { IsVerbatim: false, Quotes: 1 })
            {
                at += 2;
            }
            else if (form.Dollars > 0 && text[at] == '{')
            {
                StripHole(text, ref at, form, code);
            }
            else
            {
                if (text[at] == '\n')
                {
                    code.Append('\n');
                }

                at++;
            }
        }
    }

    private static void StripHole(string text, ref int at, StringForm form, StringBuilder code)
    {
        int run = RunLength(text, at, '{');
        bool isHole = form.Quotes >= 3 ? run >= form.Dollars : run % 2 == 1;
        at += run;
        if (isHole)
        {
            code.Append(' ');
            StripUntil(text, ref at, code, form.Dollars);
            at += RunLength(text, at, '}');
            code.Append(' ');
        }
    }

    /// <summary>What kind of string starts here; null when none does.</summary>
    private static StringForm? StringStart(string text, int at)
    {
        int dollars = 0;
        bool verbatim = false;
        int i = at;
        for (; i < text.Length && text[i] is '$' or '@'; i++)
        {
            dollars += text[i] == '$' ? 1 : 0;
            verbatim |= text[i] == '@';
        }

        int quotes = RunLength(text, i, '"');
        return quotes switch
        {
            0 => null,
            >= 3 when !verbatim => new StringForm(i - at + quotes, quotes, dollars, verbatim),
            _ => new StringForm(i - at + 1, 1, dollars, verbatim),
        };
    }

    private static int RunLength(string text, int at, char c)
    {
        int end = at;
        while (end < text.Length && text[end] == c)
        {
            end++;
        }

        return end - at;
    }

    private static int SkipQuoted(string text, int at, char quote)
    {
        while (at < text.Length && text[at] != quote && text[at] != '\n')
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return at + 1;
    }

    private static int EndOf(string text, int at, string mark, int keep)
    {
        int end = text.IndexOf(mark, at, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + mark.Length - keep;
    }

    [GeneratedRegex(@"@?[A-Za-z_]\w*|\S")]
    private static partial Regex TokenPattern();

    [GeneratedRegex(
        @"(?<partial>\bpartial\s+)?\b(?:(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Za-z_]\w*)"
        + @"|delegate\s+[\w.<>\[\],? ]+?\s(?<name>[A-Za-z_]\w*)\s*[(<])")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    /// <summary>How a string literal is written.</summary>
    private readonly record struct StringForm(int PrefixLength, int Quotes, int Dollars, bool IsVerbatim);
}
