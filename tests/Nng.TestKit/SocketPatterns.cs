using System;

namespace Nng.TestKit;

/// <summary>Opens the two sockets of a pattern.</summary>
public static class SocketPatterns
{
    /// <summary>A busy machine ends no survey.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>The one that speaks first, and the one that hears it; a sub hears everything.</summary>
    public static (NngSocket First, NngSocket Second) Open(this SocketPattern pattern)
    {
        switch (pattern)
        {
            case SocketPattern.PushPull:
                return (new PushSocket(), new PullSocket());
            case SocketPattern.PubSub:
                var sub = new SubSocket();
                sub.Subscribe(string.Empty);
                return (new PubSocket(), sub);
            case SocketPattern.Pair0:
                return (new Pair0Socket(), new Pair0Socket());
            case SocketPattern.Pair1:
                return (new Pair1Socket(), new Pair1Socket());
            case SocketPattern.Pair1Poly:
                return (new Pair1PolySocket(), new Pair1PolySocket());
            case SocketPattern.ReqRep:
                return (new ReqSocket(), new RepSocket());
            case SocketPattern.SurveyorRespondent:
                var surveyor = new SurveyorSocket();
                surveyor.SetOption(OptionNames.SurveyorSurveyTime, s_patience);
                return (surveyor, new RespondentSocket());
            default:
                return (new BusSocket(), new BusSocket());
        }
    }
}
