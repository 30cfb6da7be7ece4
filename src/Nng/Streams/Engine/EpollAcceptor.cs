using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>A listening socket on a loop.</summary>
/// <remarks>Threading: readiness is one atomic word, as in <see cref="EpollChannel"/>.</remarks>
internal sealed unsafe class EpollAcceptor : IoAcceptor, IEpollTarget
{
    private readonly EpollLoop _loop;
    private EpollDescriptor _descriptor;
    private readonly int _slot;

    /// <summary>0 = quiet, 1 = an edge came, 2 = an accept waits.</summary>
    private int _state;

    /// <summary>The last connection took one of the last descriptors: look before the next one.</summary>
    private bool _scarce;

    public EpollAcceptor(EpollLoop loop, Socket socket)
    {
        _loop = loop;
        socket.Blocking = false;
        _descriptor = new EpollDescriptor(socket);
        NngError error = loop.Register(this, _descriptor.Number, out _slot);
        if (error != NngError.None)
            Throw.Error(error, "Cannot watch the listening socket.");
    }

    public override NngError TryAccept(out Socket? accepted)
    {
        const int flags = LinuxNative.SockCloExec | LinuxNative.SockNonBlock;
        accepted = null;
        while (true)
        {
            Volatile.Write(ref _state, 0);
            if (!_descriptor.TryEnter())
                return NngError.Closed;
            if (_scarce && DescriptorReserve.IsNext(_descriptor.Number))
            {
                _descriptor.Leave();
                return NngError.OutOfFiles;
            }

            int descriptor = LinuxNative.Accept(_descriptor.Number, null, null, flags);
            int errno = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            _descriptor.Leave();
            if (descriptor >= 0)
            {
                _scarce = DescriptorReserve.Includes(descriptor);
                if (TryWrap(descriptor, out accepted))
                    return NngError.None;
                continue;
            }

            if (errno == LinuxNative.EAgain)
            {
                if (Interlocked.CompareExchange(ref _state, 2, 0) == 0)
                    return NngError.TryAgain;
                continue;
            }

            NngError error = NngErrorMap.FromErrno(errno);
            if (error is not (NngError.Interrupted or NngError.ConnectionAborted or NngError.ConnectionReset))
                return error;
        }
    }

    public void OnEvents(uint events)
    {
        if (Interlocked.CompareExchange(ref _state, 1, 0) == 2 && Interlocked.CompareExchange(ref _state, 0, 2) == 2)
            Handler.OnReadable();
    }

    public void OnFlush()
    {
    }

    /// <summary>The socket API asks the system about the descriptor, which may fail; it is closed then.</summary>
    private static bool TryWrap(int descriptor, [NotNullWhen(true)] out Socket? accepted)
    {
        var handle = new SafeSocketHandle(descriptor, ownsHandle: true);
        try
        {
            accepted = new Socket(handle);
            return true;
        }
        catch (SocketException)
        {
            handle.Dispose();
            accepted = null;
            return false;
        }
    }

    public override void Close()
    {
        if (_descriptor.Close())
            _loop.Unregister(_slot);
    }
}
