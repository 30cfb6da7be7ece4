using System;
using System.Collections.Generic;
using System.Linq;
using Xunit.Sdk;

namespace Nng.TestKit;

/// <summary>
/// Runs a parser test on the same bytes cut in every way that matters: whole, one byte at a time, and in two at each
/// boundary. A parser that holds no state it should not gives the same answer each time.
/// </summary>
public static class Fragmenter
{
    /// <summary>Above this length the two-part cuts are a seeded sample, so that long inputs stay cheap.</summary>
    private const int EveryBoundaryUpTo = 1024;

    /// <summary>All ways to cut the input, each with a name for the failure message.</summary>
    public static IEnumerable<(string Name, byte[][] Parts)> Cuts(byte[] input)
    {
        yield return ("whole", [input]);
        yield return ("byte by byte", [.. input.Select(b => new[] { b })]);
        foreach (int at in Boundaries(input.Length))
        {
            yield return ($"split at {at}", [input[..at], input[at..]]);
        }
    }

    /// <summary>Calls <paramref name="test"/> once for each cut; a failure names the cut.</summary>
    public static void Run(byte[] input, Action<IReadOnlyList<byte[]>> test)
    {
        foreach ((string name, byte[][] parts) in Cuts(input))
        {
            try
            {
                test(parts);
            }
            catch (Exception e)
            {
                throw new XunitException($"Failed when the input comes {name}: {e.Message}", e);
            }
        }
    }

    /// <summary>As <see cref="Run(byte[], Action{IReadOnlyList{byte[]}})"/>, input in the notation of <see cref="WireText"/>.</summary>
    public static void Run(string notation, Action<IReadOnlyList<byte[]>> test) => Run(WireText.Bytes(notation), test);

    private static IEnumerable<int> Boundaries(int length)
    {
        if (length <= EveryBoundaryUpTo)
        {
            return Enumerable.Range(1, Math.Max(0, length - 1));
        }

        var random = new Random(length);
        return Enumerable.Range(1, 64)
            .Concat(Enumerable.Range(length - 64, 64))
            .Concat(Enumerable.Range(0, 256).Select(_ => random.Next(65, length - 64)));
    }
}
