using System.Collections.Generic;
using System.Linq;

namespace Nng.Interop.Tests.Conversations;

/// <summary>A pair of protocols, and how a conversation between them goes.</summary>
/// <param name="Name">Its name in the tests.</param>
/// <param name="Asker">Who speaks first.</param>
/// <param name="Answerer">Who hears it.</param>
/// <param name="Replies">The answerer speaks, too.</param>
/// <param name="Loses">What is sent while nobody is attached, or too fast, is lost.</param>
internal sealed record Pattern(string Name, string Asker, string Answerer, bool Replies, bool Loses)
{
    public static IReadOnlyList<Pattern> All { get; } =
    [
        new("reqrep", "req", "rep", Replies: true, Loses: false),
        new("pipeline", "push", "pull", Replies: false, Loses: false),
        new("pubsub", "pub", "sub", Replies: false, Loses: true),
        new("survey", "surveyor", "respondent", Replies: true, Loses: true),
        new("bus", "bus", "bus", Replies: true, Loses: true),
        new("pair0", "pair0", "pair0", Replies: true, Loses: false),
        new("pair1", "pair1", "pair1", Replies: true, Loses: false),
    ];

    /// <summary>Both ends may speak at any time.</summary>
    public bool IsSymmetric => Asker == Answerer;

    public static Pattern Named(string name) => All.Single(pattern => pattern.Name == name);

    /// <summary>Whether a library or tool knows the pattern over the transport; tools get no certificates.</summary>
    public static bool Knows(string peer, string pattern, string scheme) => scheme switch
    {
        "tls+tcp" or "wss" => peer == "libnng",
        "abstract" => peer is "libnng" or "nngcat",
        _ => peer is "libnng" or "nngcat" || pattern != "pair1",
    };
}
