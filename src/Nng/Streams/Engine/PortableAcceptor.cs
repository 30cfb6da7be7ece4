using System;
using System.Net.Sockets;
using System.Threading;

namespace Nng.Streams;

/// <summary>A listening socket on <see cref="SocketAsyncEventArgs"/>: one accept is always under way or done.</summary>
internal sealed class PortableAcceptor : IoAcceptor
{
    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _args = new();

    /// <summary>1 while an accept has completed and was not taken; whoever makes it 0 has its connection.</summary>
    private int _done;

    /// <summary>The last connection took one of the last descriptors: look before the next one.</summary>
    private bool _scarce;

    private int _closed;

    public PortableAcceptor(Socket socket)
    {
        _socket = socket;
        _args.Completed += OnCompleted;
    }

    public override NngError TryAccept(out Socket? accepted)
    {
        accepted = null;
        while (true)
        {
            try
            {
                if (Interlocked.Exchange(ref _done, 0) == 0)
                {
                    if (_scarce && DescriptorReserve.IsNext((int)_socket.Handle))
                        return NngError.OutOfFiles;
                    if (_socket.AcceptAsync(_args))
                        return NngError.TryAgain;
                }
            }
            catch (ObjectDisposedException)
            {
                return NngError.Closed;
            }

            accepted = _args.AcceptSocket;
            _args.AcceptSocket = null;
            NngError error = _args.SocketError.ToNngError();
            if (error == NngError.None)
                _scarce = DescriptorReserve.Includes(accepted!.Handle);
            if (error is NngError.ConnectionAborted or NngError.ConnectionReset)
                continue;
            return Volatile.Read(ref _closed) != 0 && error != NngError.None ? NngError.Closed : error;
        }
    }

    public override void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        _socket.Dispose();
        DropUntaken();
    }

    private void OnCompleted(object? sender, SocketAsyncEventArgs args)
    {
        Interlocked.Exchange(ref _done, 1);
        if (Volatile.Read(ref _closed) != 0)
            DropUntaken();
        Handler.OnReadable();
    }

    /// <summary>Ends a connection that nobody takes any more.</summary>
    private void DropUntaken()
    {
        if (Interlocked.Exchange(ref _done, 0) == 0)
            return;
        _args.AcceptSocket?.Dispose();
        _args.AcceptSocket = null;
    }
}
