using System;
using System.Collections.Generic;

namespace Nng.Stress.Tests.Hostile;

/// <summary>A kind of socket to attack: how to open it, what its peers announce, and how a good peer talks to it.</summary>
/// <param name="Name">For test names.</param>
/// <param name="Open">Opens one.</param>
/// <param name="Self">Its own protocol number.</param>
/// <param name="Peer">The number its peers announce.</param>
/// <param name="OpenPeer">Opens a good peer.</param>
/// <param name="Talk">Who begins.</param>
internal sealed record SocketKind(
    string Name, Func<NngSocket> Open, int Self, int Peer, Func<NngSocket> OpenPeer, Talk Talk)
{
    /// <summary>For kinds that drop what their queues cannot hold: deep enough that none need be.</summary>
    private static readonly SocketOptions s_deep = new() { ReceiveBuffer = 8192, SendBuffer = 8192 };

    /// <summary>All 23 kinds.</summary>
    public static IReadOnlyList<SocketKind> All { get; } =
    [
        new("pair0", () => new Pair0Socket(), 0x10, 0x10, () => new Pair0Socket(), Talk.Echo),
        Raw("pair0", RawProtocol.Pair0, 0x10, () => new Pair0Socket(), Talk.Echo),
        new("pair1", () => new Pair1Socket(), 0x11, 0x11, () => new Pair1Socket(), Talk.Echo),
        Raw("pair1", RawProtocol.Pair1, 0x11, () => new Pair1Socket(), Talk.Echo),
        new("pair1 poly", () => new Pair1PolySocket(), 0x11, 0x11, () => new Pair1Socket(), Talk.Echo),
        new("pub", () => new PubSocket(), 0x20, 0x21, Subscribed, Talk.Sends),
        Raw("pub", RawProtocol.Pub, 0x21, Subscribed, Talk.Sends),
        new("sub", Subscribed, 0x21, 0x20, () => new PubSocket(), Talk.Receives),
        Raw("sub", RawProtocol.Sub, 0x20, () => new PubSocket(), Talk.Receives),
        new("req", Requester, 0x30, 0x31, () => new RepSocket(), Talk.Asks),
        Raw("req", RawProtocol.Req, 0x31, () => new RepSocket(), Talk.Asks),
        new("rep", () => new RepSocket(), 0x31, 0x30, () => new ReqSocket(), Talk.Echo),
        Raw("rep", RawProtocol.Rep, 0x30, () => new ReqSocket(), Talk.Echo),
        new("push", () => new PushSocket(), 0x50, 0x51, () => new PullSocket(), Talk.Sends),
        Raw("push", RawProtocol.Push, 0x51, () => new PullSocket(), Talk.Sends),
        new("pull", () => new PullSocket(), 0x51, 0x50, () => new PushSocket(), Talk.Receives),
        Raw("pull", RawProtocol.Pull, 0x50, () => new PushSocket(), Talk.Receives),
        new("surveyor", Surveyor, 0x62, 0x63, () => new RespondentSocket(), Talk.Asks),
        Raw("surveyor", RawProtocol.Surveyor, 0x63, () => new RespondentSocket(), Talk.Asks),
        new("respondent", () => new RespondentSocket(), 0x63, 0x62, Surveyor, Talk.Echo),
        Raw("respondent", RawProtocol.Respondent, 0x62, Surveyor, Talk.Echo),
        new("bus", Bus, 0x70, 0x70, Bus, Talk.Echo),
        Raw("bus", RawProtocol.Bus, 0x70, Bus, Talk.Echo),
    ];

    /// <summary>Messages go to one of the peers: what a hostile one takes is gone by the pattern's own rules.</summary>
    public bool DealsOut => Self is 0x30 or 0x50;

    /// <summary>One peer at a time.</summary>
    public bool HasOnePeer => Self is 0x10 or 0x11 && Name != "pair1 poly";

    public bool IsRaw => Name.EndsWith("raw", StringComparison.Ordinal);

    public static SocketKind Named(string name)
    {
        foreach (SocketKind kind in All)
        {
            if (kind.Name == name)
                return kind;
        }

        throw new ArgumentException($"No kind of socket is called '{name}'.", nameof(name));
    }

    public override string ToString() => Name;

    private static SocketKind Raw(
        string name, RawProtocol protocol, int peer, Func<NngSocket> openPeer, Talk talk) =>
        new(name + " raw", () => new RawSocket(protocol, s_deep), (int)protocol, peer, openPeer, talk);

    private static BusSocket Bus() => new(s_deep);

    private static SubSocket Subscribed()
    {
        var sub = new SubSocket();
        sub.Subscribe(GoodTraffic.Mark);
        return sub;
    }

    /// <summary>What a hostile peer swallowed is asked again soon.</summary>
    private static ReqSocket Requester()
    {
        var req = new ReqSocket();
        req.SetOption(OptionNames.ReqResendTick, TimeSpan.FromMilliseconds(5));
        req.SetOption(OptionNames.ReqResendTime, TimeSpan.FromMilliseconds(20));
        return req;
    }

    private static SurveyorSocket Surveyor()
    {
        var surveyor = new SurveyorSocket();
        surveyor.SetOption(OptionNames.SurveyorSurveyTime, GoodTraffic.Patience);
        return surveyor;
    }
}
