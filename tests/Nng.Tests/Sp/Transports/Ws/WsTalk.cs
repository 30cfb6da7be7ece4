using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>A scripted WebSocket peer: upgrades as text, frames as bytes. The keys are those of the transports sheet.</summary>
internal static class WsTalk
{
    /// <summary>The key of the sheet's examples (13.3), and the answer it must get (13.4).</summary>
    public const string Key = "EBESExQVFhcYGRobHB0eHw==";

    public const string Accept = "cW0HMpChSOllUrDZnf5AIF3ENuY=";

    /// <summary>The mask of the sheet's frames.</summary>
    private static readonly byte[] s_mask = [0x11, 0x22, 0x33, 0x44];

    public static string HostOf(string url) => new Uri(url).Authority;

    public static RawPeer Dial(string url) => RawPeer.Dial("tcp://" + HostOf(url));

    /// <summary>The header lines of a good request, in order.</summary>
    public static List<string> Lines(string url, string? protocol)
    {
        List<string> lines =
        [
            $"GET {new Uri(url).PathAndQuery} HTTP/1.1",
            $"Host: {HostOf(url)}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            $"Sec-WebSocket-Key: {Key}",
            "Sec-WebSocket-Version: 13",
        ];
        if (protocol is not null)
            lines.Add($"Sec-WebSocket-Protocol: {protocol}");
        return lines;
    }

    /// <summary>Connects and upgrades; the response has been read.</summary>
    public static RawPeer Upgraded(string url, string? protocol, params string[] more)
    {
        RawPeer peer = Dial(url);
        Head head = Ask(peer, [.. Lines(url, protocol), .. more]);
        Assert.Equal(101, head.Status);
        return peer;
    }

    /// <summary>Sends a head and reads the answer's.</summary>
    public static Head Ask(RawPeer peer, IEnumerable<string> lines)
    {
        SendHead(peer, lines);
        return ReadHead(peer);
    }

    public static void SendHead(RawPeer peer, IEnumerable<string> lines) =>
        peer.Send(Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"));

    /// <summary>Reads up to the empty line, and no byte beyond.</summary>
    public static Head ReadHead(RawPeer peer)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            text.Append((char)peer.Read(1)[0]);
        return new Head(text.ToString());
    }

    /// <summary>A server's side of the upgrade; returns the request.</summary>
    public static Head AcceptUpgrade(RawPeer peer, string? protocol, params string[] more)
    {
        Head request = ReadHead(peer);
        SendHead(peer, Answer(request, protocol, more));
        return request;
    }

    /// <summary>A good answer to a request.</summary>
    public static List<string> Answer(Head request, string? protocol, params string[] more)
    {
        List<string> lines =
        [
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            $"Sec-WebSocket-Accept: {WebSockets.WebSocketHandshakeTests.AcceptOf(request["Sec-WebSocket-Key"]!)}",
        ];
        if (protocol is not null)
            lines.Add($"Sec-WebSocket-Protocol: {protocol}");
        lines.AddRange(more);
        return lines;
    }

    /// <summary>A frame as a client sends it, with the mask of the sheet.</summary>
    public static byte[] Masked(byte first, ReadOnlySpan<byte> payload)
    {
        byte[] frame = Frame(first, payload, 0x80);
        int head = frame.Length - payload.Length;
        byte[] masked = [.. frame[..head], .. s_mask, .. frame[head..]];
        for (int i = 0; i < payload.Length; i++)
            masked[head + 4 + i] ^= s_mask[i & 3];
        return masked;
    }

    /// <summary>A frame as a server sends it.</summary>
    public static byte[] Plain(byte first, ReadOnlySpan<byte> payload) => Frame(first, payload, 0);

    /// <summary>Reads a frame of either side; its payload is unmasked.</summary>
    public static (byte First, bool IsMasked, byte[] Payload) ReadFrame(RawPeer peer)
    {
        byte[] head = peer.Read(2);
        int length = head[1] & 0x7f;
        if (length == 126)
            length = (peer.Read(1)[0] << 8) | peer.Read(1)[0];
        else if (length == 127)
            length = checked((int)peer.Read(8).Aggregate(0L, (sum, b) => (sum << 8) | b));
        bool masked = (head[1] & 0x80) != 0;
        byte[] key = masked ? peer.Read(4) : new byte[4];
        byte[] payload = peer.Read(length);
        for (int i = 0; i < length; i++)
            payload[i] ^= key[i & 3];
        return (head[0], masked, payload);
    }

    private static byte[] Frame(byte first, ReadOnlySpan<byte> payload, byte maskBit)
    {
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)(maskBit | payload.Length)],
            <= 65535 => [(byte)(maskBit | 126), (byte)(payload.Length >> 8), (byte)payload.Length],
            _ =>
            [
                (byte)(maskBit | 127), 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16),
                (byte)(payload.Length >> 8), (byte)payload.Length,
            ],
        };
        return [first, .. length, .. payload];
    }

    /// <summary>The head of a request or response.</summary>
    internal sealed class Head(string text)
    {
        private readonly string[] _lines = text.Split("\r\n");

        public string Start => _lines[0];

        public int Status => int.Parse(Start.Split(' ')[1], CultureInfo.InvariantCulture);

        public string? this[string name] => _lines.Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .FirstOrDefault();

        public override string ToString() => text;
    }
}
