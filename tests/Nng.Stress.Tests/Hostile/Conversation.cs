using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Nng.TestKit;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Makes the bytes of a peer: a valid conversation, one that lies in its protocol headers, or one whose bytes were
/// damaged. The same seed gives the same bytes.
/// </summary>
internal sealed class Conversation(RawFraming framing, SocketKind kind, int seed)
{
    /// <summary>Lengths at the edges of what a length field can claim.</summary>
    private static readonly ulong[] s_lengths =
    [
        0, 1, 3, 4, 7, 65_527, 65_528, 65_536, 1 << 20, (1 << 20) + 1, int.MaxValue, 1u << 31, uint.MaxValue, 1ul << 32,
        1ul << 62, long.MaxValue, 1ul << 63, ulong.MaxValue,
    ];

    private static readonly int[] s_bodies = [0, 0, 1, 2, 3, 4, 5, 8, 17, 63, 64, 300, 1000, 5000, 9000];

    private static readonly uint[] s_words =
    [
        0, 1, 2, 7, 8, 9, 15, 16, 254, 255, 256, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_ffff,
    ];

    private readonly Random _random = new(seed);

    /// <summary>Where its chances come from; goes on behind <see cref="Bytes"/>.</summary>
    public Random Random => _random;

    /// <summary>The bytes to send, in any number of pieces.</summary>
    public byte[] Bytes()
    {
        int strategy = _random.Next(10);
        if (strategy == 0)
            return Noise(_random.Next(0, 200));
        var bytes = new List<byte>(SpHandshake.Block(strategy == 1 ? _random.Next(0x10000) : kind.Peer));
        if (strategy == 2)
        {
            bytes.AddRange(Noise(_random.Next(0, 300)));
            return [.. bytes];
        }

        for (int frames = _random.Next(1, 5); frames > 0; frames--)
            AddFrame(bytes, lies: strategy >= 4);
        return strategy <= 6 ? [.. bytes] : Damaged(bytes);
    }

    private void AddFrame(List<byte> bytes, bool lies)
    {
        byte[] payload = [.. Header(lies && _random.Next(2) == 0), .. Noise(s_bodies[_random.Next(s_bodies.Length)])];
        ulong length = (ulong)payload.Length;
        if (lies && _random.Next(8) == 0)
            length = s_lengths[_random.Next(s_lengths.Length)];
        bytes.AddRange(RawPeer.FrameHead(framing, length));
        bytes.AddRange(payload);
    }

    /// <summary>What the socket under attack reads off the front of a message.</summary>
    private byte[] Header(bool lies)
    {
        var words = new List<uint>();
        if (kind.Self == 0x11)
        {
            words.Add(lies ? s_words[_random.Next(s_words.Length)] : 1);
        }
        else if (kind.Self is 0x30 or 0x31 or 0x62 or 0x63)
        {
            // Hops: none directly, up to a bomb of them, perhaps without an end.
            for (int hops = lies ? _random.Next(0, 40) : _random.Next(0, 3); hops > 0; hops--)
                words.Add((uint)_random.Next() & 0x7fff_ffff);
            if (!lies || _random.Next(2) == 0)
                words.Add(0x8000_0000u | (uint)_random.Next());
        }

        byte[] header = new byte[words.Count * 4];
        for (int i = 0; i < words.Count; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(i * 4), words[i]);
        return lies && header.Length > 0 && _random.Next(4) == 0 ? header[.._random.Next(header.Length)] : header;
    }

    /// <summary>One to four bytes changed, removed, added or repeated, or the end cut off.</summary>
    private byte[] Damaged(List<byte> bytes)
    {
        for (int n = _random.Next(1, 5); n > 0 && bytes.Count > 0; n--)
        {
            int at = _random.Next(bytes.Count);
            switch (_random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, (byte)_random.Next(256));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(_random.Next(1, 20), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private byte[] Noise(int count)
    {
        byte[] noise = new byte[count];
        _random.NextBytes(noise);
        return noise;
    }
}
