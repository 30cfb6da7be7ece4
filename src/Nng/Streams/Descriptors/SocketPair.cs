using System;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Makes two connected Unix sockets, for listeners at <c>socket://</c> in one or two processes.</summary>
public static class SocketPair
{
    /// <summary>
    /// Makes two connected descriptors, which are not inherited by child processes. Each belongs to the caller until
    /// it was handed in with <see cref="OptionNames.SocketDescriptor"/>. C function: <c>nng_socket_pair</c>.
    /// </summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.NotSupported"/>: on Windows; <see cref="NngError.OutOfFiles"/>.
    /// </exception>
    public static (int First, int Second) Create()
    {
        NngError error = TryCreate(out (int First, int Second) pair);
        if (error != NngError.None)
            Throw.Error(error, $"Cannot make a pair of sockets: {error.Text()}.");
        return pair;
    }

    internal static NngError TryCreate(out (int First, int Second) pair)
    {
        pair = default;
        return OperatingSystem.IsWindows() ? NngError.NotSupported : UnixPair.Create(out pair);
    }
}
