using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using Nng.WebSockets;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Makes the bytes of a WebSocket peer: an upgrade and frames, good ones, ones that break a rule, or ones whose bytes
/// were damaged. The same seed gives the same bytes.
/// </summary>
/// <param name="upgrade">A good upgrade: all lines of a request or a response.</param>
/// <param name="masks">The peer is a client.</param>
/// <param name="random">Where the chances come from.</param>
internal sealed class WsConversation(string upgrade, bool masks, Random random)
{
    /// <summary>A key, and any.</summary>
    public const string Key = "EBESExQVFhcYGRobHB0eHw==";

    private const int BombBytes = 4 << 20;

    /// <summary>The claims at the edges of what a length field can say.</summary>
    private static readonly long[] s_claims =
        [0, 1, 125, 126, 127, 65535, 65536, 1 << 20, (1 << 20) + 1, int.MaxValue, 1L << 31, 1L << 62, long.MaxValue, long.MinValue, -1];

    private static readonly int[] s_bodies = [0, 0, 1, 2, 3, 4, 5, 17, 125, 126, 127, 300, 5000, 9000];

    /// <summary>Zeros that are longer than the limit by a few times, a thousandth of it on the wire.</summary>
    private static readonly byte[] s_bomb = MakeBomb();

    /// <summary>A good request.</summary>
    public static string Request(string url, string protocol, bool deflates) => Lines(
    [
        $"GET {new Uri(url).PathAndQuery} HTTP/1.1",
        $"Host: {new Uri(url).Authority}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        $"Sec-WebSocket-Key: {Key}",
        "Sec-WebSocket-Version: 13",
        $"Sec-WebSocket-Protocol: {protocol}",
        .. deflates ? (string[])["Sec-WebSocket-Extensions: permessage-deflate"] : [],
    ]);

    /// <summary>A good response to a request with this key.</summary>
    public static string Response(string key, string protocol, bool deflates) => Lines(
    [
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        $"Sec-WebSocket-Accept: {WebSocketHandshake.AcceptOf(key)}",
        $"Sec-WebSocket-Protocol: {protocol}",
        .. deflates ? (string[])["Sec-WebSocket-Extensions: permessage-deflate"] : [],
    ]);

    /// <summary>The key of a request.</summary>
    public static string KeyOf(string request)
    {
        const string name = "Sec-WebSocket-Key: ";
        return request.Substring(request.IndexOf(name, StringComparison.Ordinal) + name.Length, Key.Length);
    }

    /// <summary>The bytes to send, in any number of pieces.</summary>
    public byte[] Bytes()
    {
        byte[] head = Encoding.ASCII.GetBytes(upgrade);
        byte[] frames = Frames(lies: random.Next(3) > 0);
        return random.Next(4) switch
        {
            0 => [.. Damage.Of(head, random), .. frames],
            1 => [.. head, .. Damage.Of(frames, random)],
            _ => [.. head, .. frames],
        };
    }

    private static string Lines(string[] lines) => string.Join("\r\n", lines) + "\r\n\r\n";

    private static byte[] MakeBomb()
    {
        using var target = new MemoryStream();
        using (var deflate = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(new byte[BombBytes]);
        return target.ToArray();
    }

    private byte[] Frames(bool lies)
    {
        var bytes = new List<byte>();
        for (int n = random.Next(1, 6); n > 0; n--)
        {
            bool isControl = random.Next(3) == 0;
            byte first = (byte)(WebSocketFrame.Fin | (isControl ? random.Next(8, 11) : 2));
            byte[] payload = Noise(isControl ? random.Next(126) : s_bodies[random.Next(s_bodies.Length)]);
            if (lies)
                AddLie(bytes, first, payload);
            else
                AddFrame(bytes, first, payload, payload.Length, masks);
        }

        return [.. bytes];
    }

    /// <summary>A frame that breaks one of the rules, or one that begins a fragmented message and bends it.</summary>
    private void AddLie(List<byte> bytes, byte first, byte[] payload)
    {
        switch (random.Next(10))
        {
            case 0:
                AddFrame(bytes, first, payload, payload.Length, !masks);
                break;
            case 1:
                AddFrame(bytes, (byte)random.Next(256), payload, payload.Length, masks);
                break;
            case 2:
                AddFrame(bytes, first, payload, s_claims[random.Next(s_claims.Length)], masks);
                break;
            case 3:
                // A control frame in fragments, or longer than any may be.
                AddFrame(bytes, (byte)random.Next(8, 11), payload, payload.Length, masks);
                AddFrame(bytes, 0x89, Noise(random.Next(126, 300)), null, masks);
                break;
            case 4:
                AddFrame(bytes, 0x81, [.. payload, 0xc3, 0x28], null, masks);
                break;
            case 5:
                AddFrame(bytes, 0xc2, s_bomb, null, masks);
                break;
            case 6:
                AddFrame(bytes, 0xc2, payload, null, masks);
                break;
            case 7:
                for (int n = random.Next(1, 60); n > 0; n--)
                    AddFrame(bytes, (byte)(n == 1 ? 2 : 0), Noise(random.Next(3)), null, masks);
                break;
            case 8:
                // Lengths that take more bytes than they need.
                bytes.AddRange([first, (byte)(masks ? 0xfe : 0x7e), 0, (byte)random.Next(126), .. Noise(8)]);
                break;
            default:
                AddFrame(bytes, first, payload, payload.Length, masks);
                break;
        }
    }

    private void AddFrame(List<byte> bytes, byte first, byte[] payload, long? claim, bool masked)
    {
        byte[] head = new byte[WebSocketFrame.MaxHead];
        uint key = (uint)random.Next();
        long length = claim ?? payload.Length;
        int count = WebSocketFrame.Write(head, first, length < 0 ? long.MaxValue : length, masked, key);
        if (length < 0)
            head[2] |= 0x80;
        byte[] masking = [.. payload];
        if (masked)
            WebSocketMask.Apply(masking, key, 0);
        bytes.AddRange(head.AsSpan(0, count));
        bytes.AddRange(masking);
    }

    private byte[] Noise(int count)
    {
        byte[] noise = new byte[count];
        random.NextBytes(noise);
        return noise;
    }
}
