using System;
using System.Collections.Generic;
using System.Linq;

namespace Nng.Tests.Http;

/// <summary>Valid messages with a few bytes changed, for peers that mean no good.</summary>
internal static class Mutation
{
    /// <summary>Bytes that mean something to the grammar, and some that never do.</summary>
    private const string Telling = "\r\n\t :;,\"\\#?%/*.0159afxZ\0\x01\x7f\x80\xff";

    /// <summary>A copy with one to three changes.</summary>
    public static byte[] Of(byte[] input, Random random)
    {
        var bytes = input.ToList();
        for (int changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            byte value = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)Telling[random.Next(Telling.Length)];
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = value;
                    break;
                case 1:
                    bytes.Insert(at, value);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                default:
                    int length = random.Next(1, Math.Min(20, bytes.Count - at + 1));
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(length, bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
