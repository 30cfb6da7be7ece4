namespace Nng.Stress.Tests.Hostile;

/// <summary>The part a socket under attack plays in the good traffic.</summary>
internal enum Talk
{
    /// <summary>It sends back what it receives.</summary>
    Echo,

    /// <summary>It only receives.</summary>
    Receives,

    /// <summary>It only sends.</summary>
    Sends,

    /// <summary>It asks and the good peer answers.</summary>
    Asks,
}
