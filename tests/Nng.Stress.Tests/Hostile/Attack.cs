using System;
using System.Collections.Generic;
using System.Net.Sockets;
using Nng.TestKit;

namespace Nng.Stress.Tests.Hostile;

/// <summary>Carries a hostile conversation to a socket under attack; that it is cut off is the point.</summary>
internal static class Attack
{
    /// <summary>Longest wait for the other side at the end of a conversation.</summary>
    private const int LingerMs = 5;

    /// <summary>Connects to a listener and talks.</summary>
    public static void Listener(string url, SocketKind kind, int seed)
    {
        try
        {
            using RawPeer peer = RawPeer.Dial(url);
            Talk(peer, new Conversation(peer.Framing, kind, seed));
        }
        catch (SocketException)
        {
            // Refused or reset while talking.
        }
    }

    /// <summary>Talks on a connection.</summary>
    public static void Talk(RawPeer peer, Conversation conversation) =>
        Talk(peer, conversation.Bytes(), conversation.Random);

    /// <summary>Sends bytes in any number of pieces and leaves in any way.</summary>
    public static void Talk(RawPeer peer, byte[] bytes, Random random)
    {
        int[] cuts = Cuts(bytes.Length, random);
        var ending = (Ending)random.Next(Enum.GetValues<Ending>().Length);
        try
        {
            int from = 0;
            foreach (int to in cuts)
            {
                peer.Send(bytes.AsSpan(from..to));
                from = to;
            }

            Leave(peer, ending);
        }
        catch (SocketException)
        {
            // The other side has had enough.
        }
    }

    /// <summary>Where to cut the bytes: each piece is sent on its own.</summary>
    private static int[] Cuts(int length, Random random)
    {
        var cuts = new SortedSet<int> { length };
        for (int n = random.Next(0, 4); n > 0; n--)
            cuts.Add(random.Next(0, length + 1));
        return [.. cuts];
    }

    private static void Leave(RawPeer peer, Ending ending)
    {
        byte[] announced = new byte[64];
        switch (ending)
        {
            case Ending.Reset:
                peer.Reset();
                break;
            case Ending.HalfClose:
                peer.ShutdownSend();
                if (peer.Socket.Poll(TimeSpan.FromMilliseconds(LingerMs), SelectMode.SelectRead))
                    _ = peer.Socket.Receive(announced);
                break;
            case Ending.ReadThenClose:
                if (peer.Socket.Poll(TimeSpan.FromMilliseconds(LingerMs), SelectMode.SelectRead))
                    _ = peer.Socket.Receive(announced);
                break;
        }
    }
}
