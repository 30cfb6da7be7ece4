using System.Collections.Generic;

namespace Nng.Interop.Tests.Conversations;

/// <summary>The rows of the matrix: peer, transport, pattern, who asks, who listens.</summary>
internal static class Matrix
{
    /// <summary>Lengths of the messages exchanged.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [0, 1, 64 << 10, (1 << 20) - 1, 4 << 20];

    public static IEnumerable<object[]> Rows(string peer)
    {
        foreach (string scheme in (string[])["tcp", "ipc", "abstract", "tls+tcp", "ws", "wss"])
        {
            foreach (Pattern pattern in Pattern.All)
            {
                if (!Pattern.Knows(peer, pattern.Name, scheme))
                    continue;
                foreach (bool weAsk in (bool[])[true, false])
                {
                    yield return [peer, scheme, pattern.Name, weAsk, true];
                    yield return [peer, scheme, pattern.Name, weAsk, false];
                }
            }
        }
    }
}
