using System;

namespace Nng.Tests.Architecture;

/// <summary>The place of a file in the house, and which other places it may know (ARCHITECTURE.md, "The rooms").</summary>
internal readonly record struct Room(RoomKind Kind, string Part = "")
{
    private const string SourceRoot = "src/Nng/";

    /// <summary>The room of a file of the library; null for a file that sits in none.</summary>
    public static Room? Of(string path)
    {
        if (!path.StartsWith(SourceRoot, StringComparison.Ordinal))
        {
            return null;
        }

        string[] folders = path[SourceRoot.Length..].Split('/')[..^1];
        return folders switch
        {
            ["Core", ..] => new Room(RoomKind.Core),
            ["Streams", ..] => new Room(RoomKind.Streams),
            ["Http", ..] => new Room(RoomKind.Http),
            ["WebSockets", ..] => new Room(RoomKind.WebSockets),
            ["Sp", "Protocols"] => new Room(RoomKind.Protocol),
            ["Sp", "Protocols", var part, ..] => new Room(RoomKind.Protocol, part),
            ["Sp", "Transports"] => new Room(RoomKind.Transport),
            ["Sp", "Transports", "Framing", ..] => new Room(RoomKind.Transport),
            ["Sp", "Transports", var part, ..] => new Room(RoomKind.Transport, part),
            ["Sp", ..] => new Room(RoomKind.Sp),
            ["Sockets", ..] => new Room(RoomKind.Sockets),
            _ => null,
        };
    }

    /// <summary>Whether a file of this room may name a type of <paramref name="other"/>.</summary>
    public bool MayUse(Room other)
    {
        if (Kind == other.Kind)
        {
            return other.Part.Length == 0 || other.Part == Part;
        }

        return Kind switch
        {
            RoomKind.Core => false,
            RoomKind.Streams => other.Kind is RoomKind.Core,
            RoomKind.Http => other.Kind is RoomKind.Core or RoomKind.Streams,
            RoomKind.WebSockets => other.Kind is RoomKind.Core or RoomKind.Streams or RoomKind.Http,
            RoomKind.Sp => other.Kind is RoomKind.Core,
            RoomKind.Protocol => other.Kind is RoomKind.Core or RoomKind.Sp,
            RoomKind.Transport =>
                other.Kind is RoomKind.Core or RoomKind.Sp or RoomKind.Streams or RoomKind.WebSockets,
            RoomKind.Sockets => true,
            _ => throw new InvalidOperationException($"No rule for {this}."),
        };
    }

    /// <summary>The namespace of internal types; public ones may also use the shorter <see cref="PublicNamespace"/>.</summary>
    public string InternalNamespace => Kind switch
    {
        RoomKind.Protocol => "Nng.Sp.Protocols",
        RoomKind.Transport => "Nng.Sp.Transports",
        _ => "Nng." + Kind,
    };

    /// <summary>The namespace of public types: <c>Nng</c>, except in the rooms that are an audience of their own.</summary>
    public string PublicNamespace => Kind is RoomKind.Streams or RoomKind.Http ? InternalNamespace : "Nng";

    public override string ToString() => Part.Length == 0 ? Kind.ToString() : $"{Kind}/{Part}";
}
