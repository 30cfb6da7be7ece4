using System.Buffers.Binary;

namespace Nng.Sp.Protocols;

/// <summary>The hop count of pair1: one big-endian word in front of the body (protocols sheet, C-41).</summary>
internal static class PairV1Hops
{
    /// <summary>A count above is malformed; the 24 bits above it are reserved and sent as 0.</summary>
    public const uint Max = 0xff;

    /// <summary>
    /// Moves the count of an arrival into the header. Drop tells why not: malformed closes the pipe, too many hops
    /// does not.
    /// </summary>
    public static DropReason? Parse(Message message, int maxTtl)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(message.Body, out uint hops) || hops > Max)
            return DropReason.Malformed;
        if (hops > maxTtl)
            return DropReason.TtlExceeded;
        message.AppendHeader(message.Body[..4]);
        message.Trim(4);
        return null;
    }

    /// <summary>Cooked: whatever header there was, the message starts its journey.</summary>
    public static void Start(Message message)
    {
        message.ClearHeader();
        message.AppendHeaderUInt32(1);
    }

    /// <summary>Raw: exactly one word that can be incremented (P1R-1).</summary>
    public static NngError Check(Message message) =>
        message.HeaderLength == 4 && BinaryPrimitives.ReadUInt32BigEndian(message.Header) < Max
            ? NngError.None
            : NngError.Protocol;

    /// <summary>Raw: one hop more.</summary>
    public static void Increment(Message message) => message.AppendHeaderUInt32(message.ChopHeaderUInt32() + 1);
}
