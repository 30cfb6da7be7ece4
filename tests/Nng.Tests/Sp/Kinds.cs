using System;
using System.Collections.Generic;

namespace Nng.Tests.Sp;

/// <summary>The 23 kinds of sockets (protocols sheet, 2.1).</summary>
public static class Kinds
{
    public sealed record Kind(
        string Name, Func<NngSocket> Open, int Self, int Peer, string SelfName, string PeerName, bool Send, bool Recv,
        bool Contexts, bool Raw)
    {
        public override string ToString() => Name;
    }

    public static IReadOnlyList<Kind> All { get; } =
    [
        new("pair0", () => new Pair0Socket(), 0x10, 0x10, "pair", "pair", true, true, false, false),
        Raw("pair0", RawProtocol.Pair0, 0x10, 0x10, "pair", "pair", true, true),
        new("pair1", () => new Pair1Socket(), 0x11, 0x11, "pair1", "pair1", true, true, false, false),
        Raw("pair1", RawProtocol.Pair1, 0x11, 0x11, "pair1", "pair1", true, true),
        new("pair1 poly", () => new Pair1PolySocket(), 0x11, 0x11, "pair1", "pair1", true, true, false, false),
        new("pub0", () => new PubSocket(), 0x20, 0x21, "pub", "sub", true, false, false, false),
        Raw("pub0", RawProtocol.Pub, 0x20, 0x21, "pub", "sub", true, false),
        new("sub0", () => new SubSocket(), 0x21, 0x20, "sub", "pub", false, true, true, false),
        Raw("sub0", RawProtocol.Sub, 0x21, 0x20, "sub", "pub", false, true),
        new("req0", () => new ReqSocket(), 0x30, 0x31, "req", "rep", true, true, true, false),
        Raw("req0", RawProtocol.Req, 0x30, 0x31, "req", "rep", true, true),
        new("rep0", () => new RepSocket(), 0x31, 0x30, "rep", "req", true, true, true, false),
        Raw("rep0", RawProtocol.Rep, 0x31, 0x30, "rep", "req", true, true),
        new("push0", () => new PushSocket(), 0x50, 0x51, "push", "pull", true, false, false, false),
        Raw("push0", RawProtocol.Push, 0x50, 0x51, "push", "pull", true, false),
        new("pull0", () => new PullSocket(), 0x51, 0x50, "pull", "push", false, true, false, false),
        Raw("pull0", RawProtocol.Pull, 0x51, 0x50, "pull", "push", false, true),
        new("surveyor0", () => new SurveyorSocket(), 0x62, 0x63, "surveyor", "respondent", true, true, true, false),
        Raw("surveyor0", RawProtocol.Surveyor, 0x62, 0x63, "surveyor", "respondent", true, true),
        new("respondent0", () => new RespondentSocket(), 0x63, 0x62, "respondent", "surveyor", true, true, true, false),
        Raw("respondent0", RawProtocol.Respondent, 0x63, 0x62, "respondent", "surveyor", true, true),
        new("bus0", () => new BusSocket(), 0x70, 0x70, "bus", "bus", true, true, false, false),
        Raw("bus0", RawProtocol.Bus, 0x70, 0x70, "bus", "bus", true, true),
    ];

    private static Kind Raw(
        string name, RawProtocol protocol, int self, int peer, string selfName, string peerName, bool send, bool recv) =>
        new(name + " raw", () => new RawSocket(protocol), self, peer, selfName, peerName, send, recv, false, true);
}
