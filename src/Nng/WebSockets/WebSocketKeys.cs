using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nng.WebSockets;

/// <summary>Masks of a client: each is fresh and cannot be guessed (RFC 6455, 5.3), and many are drawn at a time.</summary>
/// <remarks>Not thread-safe: it belongs to a batch.</remarks>
internal struct WebSocketKeys
{
    private const int Drawn = 256;

    private uint[]? _keys;
    private int _left;

    public uint Next()
    {
        if (_left == 0)
        {
            _keys ??= new uint[Drawn];
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(_keys.AsSpan()));
            _left = Drawn;
        }

        return _keys![--_left];
    }
}
