using System;
using System.Collections.Generic;
using System.Linq;

namespace Nng.Tests.Architecture;

/// <summary>
/// The walls between the rooms, as pure functions over source files: who declares which type, and who names a type
/// it must not know. One assembly means that the compiler does not guard these walls.
/// </summary>
internal static class Layering
{
    /// <summary>Words after which a name is a type, not the name of a member of that type.</summary>
    private static readonly HashSet<string> s_beforeType =
    [
        "new", "is", "as", "return", "in", "out", "ref", "params", "this", "readonly", "public", "private", "protected",
        "internal", "static", "sealed", "override", "virtual", "abstract", "async", "const", "event", "partial", "case",
        "throw", "await", "yield", "else", "do", "unsafe", "extern", "required", "volatile", "fixed", "using", "when",
        "not", "and", "or", "scoped", "where", "lock", "global", "implicit", "explicit", "operator", "with", "switch",
    ];

    /// <summary>Words that may follow an expression, so what stands before them need not be a type.</summary>
    private static readonly HashSet<string> s_afterExpression =
        ["is", "as", "and", "or", "switch", "when", "with", "in", "not", "where"];

    /// <summary>Every file that sits in no room.</summary>
    public static IEnumerable<string> Homeless(IEnumerable<SourceFile> files)
    {
        return files.Where(file => Room.Of(file.Path) is null).Select(file => $"{file.Path} sits in no room");
    }

    /// <summary>Every type name declared twice, except the parts of one partial type in one folder.</summary>
    public static IEnumerable<string> RepeatedTypeNames(IEnumerable<SourceFile> files)
    {
        return files
            .SelectMany(file => CSharpCode.DeclaredTypes(file.Code), (file, type) => (file.Path, type.Name, type.IsPartial))
            .GroupBy(declared => declared.Name)
            .Where(group => group.Select(declared => declared.Path).Distinct().Count() > 1)
            .Where(group => group.Any(declared => !declared.IsPartial)
                || group.Select(declared => Folder(declared.Path)).Distinct().Count() > 1)
            .Select(group => $"{group.Key} is declared in {string.Join(", ", group.Select(declared => declared.Path))}");
    }

    /// <summary>Every file whose namespace is not the one of its room, internal or public.</summary>
    public static IEnumerable<string> StrayNamespaces(IEnumerable<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            string declared = CSharpCode.Namespace(file.Code);
            if (Room.Of(file.Path) is { } room && declared != room.InternalNamespace && declared != room.PublicNamespace)
            {
                yield return $"{file.Path} declares namespace '{declared}', its room is {room.InternalNamespace}"
                    + $" (public: {room.PublicNamespace})";
            }
        }
    }

    /// <summary>Every mention of a type of a room that the mentioning file must not know.</summary>
    public static IEnumerable<string> ForbiddenMentions(IReadOnlyCollection<SourceFile> files)
    {
        var roomOfType = new Dictionary<string, Room>();
        foreach (SourceFile file in files)
        {
            foreach ((string name, _) in CSharpCode.DeclaredTypes(file.Code))
            {
                if (Room.Of(file.Path) is { } room)
                {
                    roomOfType[name] = room;
                }
            }
        }

        Dictionary<RoomKind, HashSet<string>> memberNames = files
            .Where(file => Room.Of(file.Path) is not null)
            .GroupBy(file => Room.Of(file.Path)!.Value.Kind)
            .ToDictionary(group => group.Key, group => group.SelectMany(MemberNames).ToHashSet());

        foreach (SourceFile file in files)
        {
            if (Room.Of(file.Path) is not { } room)
            {
                continue;
            }

            foreach (string name in MentionedTypes(file, memberNames[room.Kind]).Distinct())
            {
                if (roomOfType.TryGetValue(name, out Room other) && !room.MayUse(other))
                {
                    yield return $"{file.Path} ({room}) mentions {name} of {other}";
                }
            }
        }
    }

    /// <summary>Every using directive of a namespace that holds only rooms the file must not know.</summary>
    public static IEnumerable<string> ForbiddenUsings(IEnumerable<SourceFile> files)
    {
        RoomKind[] kinds = Enum.GetValues<RoomKind>();
        foreach (SourceFile file in files)
        {
            if (Room.Of(file.Path) is not { } room)
            {
                continue;
            }

            foreach (RoomKind kind in kinds)
            {
                var other = new Room(kind);
                if (!room.MayUse(other) && file.Code.Contains($"using {other.InternalNamespace};"))
                {
                    yield return $"{file.Path} ({room}) uses {other.InternalNamespace}";
                }
            }
        }
    }

    private static string Folder(string path) => path[..path.LastIndexOf('/')];

    /// <summary>Names in a position where only the name of a member, parameter or local can stand.</summary>
    private static IEnumerable<string> MemberNames(SourceFile file)
    {
        IReadOnlyList<string> tokens = CSharpCode.Tokens(file.Code);
        return Enumerable.Range(0, tokens.Count).Where(i => IsDeclaredName(tokens, i)).Select(i => tokens[i]);
    }

    /// <summary>Names in a position where a type can stand; members of the room with the same name excuse the doubtful.</summary>
    private static IEnumerable<string> MentionedTypes(SourceFile file, HashSet<string> memberNames)
    {
        IReadOnlyList<string> tokens = CSharpCode.Tokens(file.Code);
        for (int i = 0; i < tokens.Count; i++)
        {
            string name = tokens[i];
            if (!char.IsUpper(name[0]) || IsDeclaredName(tokens, i) || IsMemberAccess(tokens, i) || IsLabel(tokens, i))
            {
                continue;
            }

            if (!memberNames.Contains(name) || IsSurelyType(tokens, i))
            {
                yield return name;
            }
        }
    }

    private static bool IsDeclaredName(IReadOnlyList<string> tokens, int i)
    {
        string before = At(tokens, i - 1);
        bool afterType = before is ">" or "?" or "]" || (IsWord(before) && !s_beforeType.Contains(before));
        return afterType && IsWord(tokens[i]) && !IsTypeKeyword(before) && At(tokens, i - 2) != "using";
    }

    private static bool IsMemberAccess(IReadOnlyList<string> tokens, int i)
    {
        return At(tokens, i - 1) == "." && At(tokens, i - 2) is not ("Nng" or "Core" or "Streams" or "Sp" or "Sockets");
    }

    /// <summary>The left side of an initializer, of a property pattern or of a named argument, or an enum member.</summary>
    private static bool IsLabel(IReadOnlyList<string> tokens, int i)
    {
        bool first = At(tokens, i - 1) is "{" or "," or "(" or "]";
        string after = At(tokens, i + 1);
        return first && ((after == "=" && At(tokens, i + 2) != "=") || after == ":" || IsInEnum(tokens, i));
    }

    private static bool IsInEnum(IReadOnlyList<string> tokens, int i)
    {
        int open = i;
        while (open >= 0 && tokens[open] is not ("{" or "}" or ";"))
        {
            open--;
        }

        for (int back = open - 1; back >= 0 && back >= open - 4; back--)
        {
            if (tokens[back] == "enum")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSurelyType(IReadOnlyList<string> tokens, int i)
    {
        string before = At(tokens, i - 1);
        string after = At(tokens, i + 1);
        string second = At(tokens, i + 2);
        return before is "new" or "as"
            || (before == "(" && At(tokens, i - 2) == "typeof")
            || (IsWord(after) && !s_afterExpression.Contains(after))
            || (after == "?" && IsWord(second) && At(tokens, i + 3) is ";" or "=" or "," or ")" or "{")
            || (after == "[" && second == "]")
            || (before is "<" or "," && after == ">");
    }

    private static bool IsTypeKeyword(string token) => token is "class" or "struct" or "interface" or "enum" or "record";

    private static bool IsWord(string token) => token.Length > 0 && (char.IsLetter(token[0]) || token[0] == '_');

    private static string At(IReadOnlyList<string> tokens, int i) => i >= 0 && i < tokens.Count ? tokens[i] : "";
}
