using System;
using System.Net.Sockets;

namespace Nng.Streams;

/// <summary>Listens on a socket.</summary>
internal abstract class SocketStreamListener : StreamListener
{
    /// <summary>Connections the kernel queues (K-6).</summary>
    protected const int Backlog = 128;

    private IoAcceptor _acceptor = null!;

    protected sealed override NngError Open()
    {
        Socket? socket = null;
        try
        {
            NngError error = Bind(out socket);
            if (error != NngError.None)
                return error;
            _acceptor = CreateAcceptor(socket);
            _acceptor.Handler = this;
            return NngError.None;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            return failure.ToNngError();
        }
        catch (NngException failure)
        {
            // The engine cannot watch it.
            OnUnbinding();
            socket?.Dispose();
            return failure.Error;
        }
    }

    protected sealed override NngError TryAccept(out NngStream? stream)
    {
        stream = null;
        while (true)
        {
            NngError error = _acceptor.TryAccept(out Socket? socket);
            if (error != NngError.None)
                return error;
            try
            {
                stream = CreateStream(socket!);
                return NngError.None;
            }
            catch (NngException failure)
            {
                // The engine cannot watch it.
                socket!.Dispose();
                return failure.Error;
            }
            catch (SystemException)
            {
                // The peer was gone before its options could be set: as if it had never come.
                socket!.Dispose();
            }
        }
    }

    protected sealed override void Shut()
    {
        OnUnbinding();
        _acceptor.Close();
    }

    /// <summary>Binds a listening socket; null for a kind whose connections come from elsewhere.</summary>
    public abstract NngError Bind(out Socket? socket);

    /// <summary>What takes connections from what was bound.</summary>
    protected virtual IoAcceptor CreateAcceptor(Socket? listening) => IoEngine.Default.CreateAcceptor(listening!);

    /// <summary>The listening socket is about to be closed.</summary>
    protected virtual void OnUnbinding()
    {
    }

    /// <summary>The stream over a connection that was accepted, which it owns.</summary>
    public abstract NngStream CreateStream(Socket accepted);
}
