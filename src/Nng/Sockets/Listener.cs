using System;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp;

namespace Nng;

/// <summary>Accepts connections for a socket at one address. C type: <c>nng_listener</c>.</summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class Listener : IDisposable
{
    internal Listener(NngSocket socket, SpListener inner)
    {
        Socket = socket;
        Inner = inner;
    }

    /// <summary>The socket it accepts for.</summary>
    public NngSocket Socket { get; }

    /// <summary>The listener's id, unique among listeners. C function: <c>nng_listener_id</c>.</summary>
    public int Id => Inner.Id;

    /// <summary>The address; after the start with the real port, so that a literal host can be dialled.</summary>
    public string Url => Inner.EffectiveUrl;

    internal SpListener Inner { get; }

    /// <summary>
    /// Binds and accepts in the background. C function: <c>nng_listener_start</c>.
    /// </summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.AddressInUse"/>, <see cref="NngError.AddressInvalid"/>,
    /// <see cref="NngError.PermissionDenied"/>, or <see cref="NngError.IncorrectState"/>: started already.
    /// </exception>
    public void Start()
    {
        NngError error = Inner.Start();
        if (error != NngError.None)
            Throw.Error(error, MessageFailure.OfEndpoint("listen on", Inner.Url.Raw, error, Socket.Inner));
    }

    /// <summary>Reads an option: the endpoint's, else the socket's. C functions: <c>nng_listener_get_*</c>.</summary>
    /// <typeparam name="T">bool, int, long (sizes), ulong, TimeSpan, string or NngAddress, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <exception cref="NngException">Not supported, write-only, or of another type.</exception>
    public T GetOption<T>(string name)
    {
        NngError error = Inner.GetOption(name, out OptionValue value);
        return OptionConversion.From<T>(error, name, value);
    }

    /// <summary>Sets an option for connections made from now on. C functions: <c>nng_listener_set_*</c>.</summary>
    /// <typeparam name="T">bool, int, long (sizes), ulong, TimeSpan, string or NngAddress, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NngException">Not supported, read-only, busy, of another type, or out of range.</exception>
    public void SetOption<T>(string name, T value) =>
        OptionConversion.Check(Inner.SetOption(name, OptionConversion.To(name, value)), name, value);

    /// <summary>Frees the address and closes the listener's pipes. C function: <c>nng_listener_close</c>.</summary>
    public void Dispose() => Inner.Close();

    internal void StartOrClose()
    {
        NngError error = Inner.Start();
        if (error == NngError.None)
            return;
        Inner.Close();
        Throw.Error(error, MessageFailure.OfEndpoint("listen on", Inner.Url.Raw, error, Socket.Inner));
    }
}
