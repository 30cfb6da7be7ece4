namespace Nng;

/// <summary>The protocols that <see cref="RawSocket"/> speaks, by their numbers.</summary>
public enum RawProtocol
{
    /// <summary>pair, version 0.</summary>
    Pair0 = 0x10,

    /// <summary>pair, version 1.</summary>
    Pair1 = 0x11,

    /// <summary>pub.</summary>
    Pub = 0x20,

    /// <summary>sub: receives everything, without topics.</summary>
    Sub = 0x21,

    /// <summary>req.</summary>
    Req = 0x30,

    /// <summary>rep.</summary>
    Rep = 0x31,

    /// <summary>push.</summary>
    Push = 0x50,

    /// <summary>pull.</summary>
    Pull = 0x51,

    /// <summary>surveyor.</summary>
    Surveyor = 0x62,

    /// <summary>respondent.</summary>
    Respondent = 0x63,

    /// <summary>bus.</summary>
    Bus = 0x70,
}
