using System.Collections.Concurrent;
using System.Threading;
using Nng.Sp.Protocols;

namespace Nng.Sockets;

/// <summary>The contexts of a socket's one-call requests: opened when needed, used again when their request is done.</summary>
/// <remarks>Threading: safe from any thread; a context belongs to one request at a time.</remarks>
internal sealed class RequestContexts(ReqSocket socket)
{
    /// <summary>Idle contexts kept; those beyond are closed.</summary>
    private const int MaxIdle = 1024;

    private readonly ConcurrentBag<NngContext> _idle = [];
    private int _idleCount;

    /// <summary>A context in the state of a fresh one, with the socket's present timeouts.</summary>
    public NngContext Rent()
    {
        if (!_idle.TryTake(out NngContext? context))
            return socket.OpenContext();
        Interlocked.Decrement(ref _idleCount);
        context.Inner.SendTimeoutMs = socket.Inner.SendTimeoutMs;
        context.Inner.ReceiveTimeoutMs = socket.Inner.ReceiveTimeoutMs;
        ((ReqProtocol)socket.Inner.Protocol).Renew((ReqContext)context.Inner.Inner);
        return context;
    }

    /// <summary>The context's reply was received: it owes and awaits nothing.</summary>
    public void Return(NngContext context)
    {
        if (Interlocked.Increment(ref _idleCount) <= MaxIdle)
        {
            _idle.Add(context);
            return;
        }

        Interlocked.Decrement(ref _idleCount);
        context.Dispose();
    }
}
