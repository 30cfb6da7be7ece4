using System;
using System.Buffers.Binary;

namespace Nng.Sp.Protocols;

/// <summary>Moves backtrace words between body and header (protocols sheet, 3.8 and 3.9).</summary>
internal static class Backtrace
{
    /// <summary>High bit of a word: it is the request or survey id, the end of the backtrace.</summary>
    public const uint IdFlag = 0x80000000;

    /// <summary>What became of a message.</summary>
    public enum Outcome
    {
        /// <summary>The backtrace is in the header now.</summary>
        Parsed,

        /// <summary>Too many hops: drop the message, keep the pipe.</summary>
        TooManyHops,

        /// <summary>No end of the backtrace: drop the message, close the pipe.</summary>
        Malformed,
    }

    /// <summary>
    /// Requests and surveys: words up to and including the first with the high bit; at most
    /// <paramref name="maxTtl"/>. The hop test comes before the length test (C-34, C-36).
    /// </summary>
    public static Outcome ParseRequest(Message message, int maxTtl)
    {
        for (int words = 1; ; words++)
        {
            if (words > maxTtl)
                return Outcome.TooManyHops;
            if (!TryMoveWord(message, out bool last))
                return Outcome.Malformed;
            if (last)
                return Outcome.Parsed;
        }
    }

    /// <summary>Replies on raw sockets: words up to and including the first with the high bit, at most 16 (C-40).</summary>
    public static bool TryParseReply(Message message)
    {
        bool last;
        do
        {
            if (!TryMoveWord(message, out last))
                return false;
        }
        while (!last);

        return true;
    }

    /// <summary>Reads the first word of the body; false when it is too short.</summary>
    public static bool TryPeekWord(ReadOnlySpan<byte> bytes, out uint word) =>
        BinaryPrimitives.TryReadUInt32BigEndian(bytes, out word);

    private static bool TryMoveWord(Message message, out bool last)
    {
        last = false;
        ReadOnlySpan<byte> body = message.Body;
        if (body.Length < 4 || !message.TryAppendHeader(body[..4]))
            return false;
        last = (body[0] & 0x80) != 0;
        message.Trim(4);
        return true;
    }
}
