namespace Nng.TestKit;

/// <summary>The patterns that two sockets can talk in, for tests that go through all of them.</summary>
public enum SocketPattern
{
    /// <summary>Push to pull.</summary>
    PushPull,

    /// <summary>Pub to sub.</summary>
    PubSub,

    /// <summary>Pair of version 0.</summary>
    Pair0,

    /// <summary>Pair of version 1.</summary>
    Pair1,

    /// <summary>Pair of version 1, polyamorous.</summary>
    Pair1Poly,

    /// <summary>Req to rep.</summary>
    ReqRep,

    /// <summary>Surveyor to respondent.</summary>
    SurveyorRespondent,

    /// <summary>Bus to bus.</summary>
    Bus,
}
