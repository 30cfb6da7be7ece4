using System.Collections.Generic;
using System.Threading;
using Nng.Sockets;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>A socket of the C face, found by its id.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class CSocket
{
    private static readonly CIdTable<CSocket> s_all = new();

    private readonly Lock _lock = new();

    /// <summary>Contexts that are open; null once the socket is closed.</summary>
    private HashSet<CContext>? _contexts = [];

    /// <summary>Its poll descriptors, made on first request; none are made once the socket is closed.</summary>
    private PollDescriptor? _receivePoll;

    private PollDescriptor? _sendPoll;

    private CSocket(SpSocket inner)
    {
        Inner = inner;
        Channel = new MessageChannel(inner);
    }

    public SpSocket Inner { get; }

    public MessageChannel Channel { get; }

    /// <summary>Opens a socket with the behaviour that programs of the C library know.</summary>
    public static CSocket Open(System.Func<SpSocket, SpProtocol> protocol)
    {
        var socket = new CSocket(new SpSocket(protocol, SpPolicy.Compatible, TransportTable.FindStable));
        s_all.Add(socket.Inner.Id, socket);
        return socket;
    }

    /// <summary>The open socket of an id; null when there is none.</summary>
    public static CSocket? Find(uint id) => s_all.Find(id) is { Inner.IsClosing: false } open ? open : null;

    /// <summary>Every open socket.</summary>
    public static CSocket[] All() => s_all.All();

    /// <summary>A context was opened.</summary>
    public void Adopt(CContext context)
    {
        lock (_lock)
        {
            if (_contexts?.Add(context) == true)
                return;
        }

        // The socket was closed meanwhile, and the context with it.
        context.Forget();
    }

    /// <summary>A context was closed.</summary>
    public void Disown(CContext context)
    {
        lock (_lock)
            _contexts?.Remove(context);
    }

    /// <summary>Closes the socket and waits until it is gone.</summary>
    public NngError Close()
    {
        bool first = Inner.Close();
        if (!first)
            return NngError.Closed;
        s_all.Remove(Inner.Id);
        ForgetContexts();
        CUrl.ForgetClosed();
        _receivePoll?.Dispose();
        _sendPoll?.Dispose();
        return NngError.None;
    }

    /// <summary>The descriptor that follows a readiness of the socket's, for receiving or for sending.</summary>
    public NngError GetPoll(Readiness readiness, bool receives, out int number)
    {
        lock (_lock)
        {
            number = 0;
            if (_contexts is null)
                return NngError.Closed;
            ref PollDescriptor? descriptor = ref receives ? ref _receivePoll : ref _sendPoll;
            descriptor ??= PollDescriptor.Create(readiness);
            number = descriptor?.Number ?? 0;
            return descriptor is null ? NngError.OutOfFiles : NngError.None;
        }
    }

    private void ForgetContexts()
    {
        HashSet<CContext>? contexts;
        lock (_lock)
        {
            contexts = _contexts;
            _contexts = null;
        }

        foreach (CContext context in contexts ?? [])
            context.Forget();
    }
}
