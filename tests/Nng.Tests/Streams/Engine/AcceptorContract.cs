using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>What every engine's acceptor must do.</summary>
public abstract class AcceptorContract : IDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly Calls _calls = new();
    private readonly IPEndPoint _address;
    private IoAcceptor? _acceptor;
    private readonly Socket _listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    protected AcceptorContract()
    {
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen(128);
        _address = (IPEndPoint)_listening.LocalEndPoint!;
    }

    internal abstract IoEngine Engine { get; }

    private IoAcceptor Acceptor
    {
        get
        {
            if (_acceptor is null)
            {
                _acceptor = Engine.CreateAcceptor(_listening);
                _acceptor.Handler = _calls;
            }

            return _acceptor;
        }
    }

    public void Dispose()
    {
        _acceptor?.Close();
        foreach (Socket socket in _sockets)
            socket.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Connections_that_are_there_are_taken_without_a_call()
    {
        Dial(20);
        var taken = new List<Socket>();
        // The portable engine's first accept is under way in the system: it calls for that one.
        Eventually.True(() => TryTake(taken) && taken.Count == 20);
        for (int i = 0; i < taken.Count; i++)
            Assert.Equal(_sockets[i].LocalEndPoint, taken[i].RemoteEndPoint);
        foreach (Socket socket in taken)
            socket.Dispose();
    }

    [Fact]
    public void An_accept_that_waits_is_called_for_the_next_connection()
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(NngError.TryAgain, Acceptor.TryAccept(out _));
            Assert.Equal(i, _calls.Count);
            Dial(1);
            Eventually.Equal(i + 1, () => _calls.Count);
            Assert.Equal(NngError.None, Acceptor.TryAccept(out Socket? accepted));
            Assert.Equal(_sockets[^1].LocalEndPoint, accepted!.RemoteEndPoint);
            accepted.Dispose();
        }
    }

    [Fact]
    public void Those_who_reset_before_they_are_taken_do_no_harm()
    {
        var taken = new List<Socket>();
        TryTake(taken);
        for (int i = 0; i < 50; i++)
        {
            var gone = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            gone.Connect(_address);
            gone.LingerState = new LingerOption(true, 0);
            gone.Dispose();
        }

        Dial(1);
        Eventually.True(() => TryTake(taken) && taken.Exists(t => Equals(t.RemoteEndPoint, _sockets[0].LocalEndPoint)));
        foreach (Socket socket in taken)
            socket.Dispose();
    }

    [Fact]
    public void A_closed_acceptor_takes_nothing_and_its_address_is_free()
    {
        Assert.Equal(NngError.TryAgain, Acceptor.TryAccept(out _));
        Acceptor.Close();
        Acceptor.Close();
        Assert.Equal(NngError.Closed, Acceptor.TryAccept(out Socket? accepted));
        Assert.Null(accepted);
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Throws<SocketException>(() => late.Connect(_address));
    }

    [Fact]
    public void A_connection_that_was_not_taken_ends_with_the_acceptor()
    {
        Assert.Equal(NngError.TryAgain, Acceptor.TryAccept(out _));
        Dial(1);
        Eventually.Equal(1, () => _calls.Count);
        Acceptor.Close();
        _sockets[0].ReceiveTimeout = Eventually.DefaultTimeoutMs;
        try
        {
            Assert.Equal(0, _sockets[0].Receive(new byte[1]));
        }
        catch (SocketException reset)
        {
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }
    }

    private void Dial(int count)
    {
        for (int i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _sockets.Add(socket);
            socket.Connect(_address);
        }
    }

    /// <summary>Takes what is there, unless a wait has not been answered; always true, to be looked at again.</summary>
    private bool TryTake(List<Socket> taken)
    {
        while (!_calls.IsAwaited)
        {
            NngError error = Acceptor.TryAccept(out Socket? accepted);
            if (error == NngError.None)
                taken.Add(accepted!);
            else if (error == NngError.TryAgain)
                _calls.Await();
            else
                Assert.Fail($"accept gave {error}");
        }

        return true;
    }

    private sealed class Calls : IIoHandler
    {
        private int _count;
        private int _awaited;

        public int Count => Volatile.Read(ref _count);

        /// <summary>A wait has not been answered yet.</summary>
        public bool IsAwaited => Volatile.Read(ref _awaited) > Count;

        public void Await() => Interlocked.Increment(ref _awaited);

        public void OnReadable() => Interlocked.Increment(ref _count);

        public void OnWritable() => Assert.Fail("an acceptor never writes");

        public void OnFlush() => Assert.Fail("nobody asked for a flush");
    }
}
