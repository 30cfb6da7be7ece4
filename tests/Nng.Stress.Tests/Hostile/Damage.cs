using System;
using System.Collections.Generic;

namespace Nng.Stress.Tests.Hostile;

/// <summary>Spoils a recorded flight of bytes; the same seed spoils it the same way.</summary>
internal static class Damage
{
    /// <summary>One to six bytes or runs changed, removed, added or repeated, or the end cut off; now and then only noise.</summary>
    public static byte[] Of(byte[] recorded, Random random)
    {
        if (random.Next(20) == 0)
        {
            byte[] noise = new byte[random.Next(0, 400)];
            random.NextBytes(noise);
            return noise;
        }

        var bytes = new List<byte>(recorded);
        for (int n = random.Next(1, 7); n > 0 && bytes.Count > 0; n--)
        {
            // Most of what a parser looks at stands in front.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Count, 80) : bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 60), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
