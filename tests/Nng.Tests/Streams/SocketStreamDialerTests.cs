using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>One dial by sockets: resolving, trying addresses, being aborted at each step.</summary>
public sealed class SocketStreamDialerTests
{
    [Fact]
    public void TW_5_Addresses_are_tried_in_order_until_one_connects()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        var dialer = new TestDialer(Nobody(), Nobody(), EndPointOf(listener));
        NngStream stream = StreamWait.Dial(dialer);
        listener.Accept().Dispose();
        Assert.Equal(3, dialer.Sockets.Count);
        Assert.True(dialer.Sockets[0].SafeHandle.IsClosed && dialer.Sockets[1].SafeHandle.IsClosed);
        stream.Channel.Close();
        Assert.True(dialer.Sockets[2].SafeHandle.IsClosed);
    }

    [Fact]
    public void The_last_addresss_failure_is_the_dials()
    {
        var dialer = new TestDialer(new IPEndPoint(IPAddress.Loopback, ScratchUrl.FreePort()), Nobody());
        Assert.Equal(NngError.ConnectionRefused, StreamWait.DialError(dialer));
        Assert.All(dialer.Sockets, socket => Assert.True(socket.SafeHandle.IsClosed));
    }

    [Fact]
    public void No_address_is_an_invalid_one()
    {
        Assert.Equal(NngError.AddressInvalid, StreamWait.DialError(new TestDialer()));
    }

    [Fact]
    public void Resolver_errors_end_the_dial()
    {
        var dialer = new TestDialer { ResolveError = NngError.TryAgain };
        Assert.Equal(NngError.TryAgain, StreamWait.DialError(dialer));
        Assert.Empty(dialer.Sockets);
    }

    [Fact]
    public void A_socket_that_cannot_be_made_ends_the_dial_with_its_error()
    {
        var dialer = new TestDialer(Nobody())
        {
            OnCreate = _ => throw new SocketException((int)SocketError.TooManyOpenSockets),
        };
        Assert.Equal(NngError.OutOfFiles, StreamWait.DialError(dialer));
        dialer.OnCreate = _ => throw new InvalidOperationException("unexpected");
        Assert.Equal(NngError.Internal, StreamWait.DialError(dialer));
    }

    [Fact]
    public void TW_5_An_address_that_no_socket_suits_is_passed_over()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        int created = 0;
        var dialer = new TestDialer(Nobody(), EndPointOf(listener))
        {
            OnCreate = _ =>
            {
                if (created++ == 0)
                    throw new SocketException((int)SocketError.AddressFamilyNotSupported);
            },
        };
        NngStream stream = StreamWait.Dial(dialer);
        listener.Accept().Dispose();
        stream.Channel.Close();
        Assert.Equal(2, created);
    }

    [Fact]
    public void Aborting_in_the_resolver_ends_the_dial_at_once()
    {
        var held = new TaskCompletionSource();
        var dialer = new TestDialer(Nobody()) { Held = held.Task };
        Aio dial = StreamWait.Begun(dialer.Dial);
        dial.Abort(NngError.TimedOut);
        Assert.Equal(NngError.TimedOut, StreamWait.ResultOf(dial));
        held.SetResult();
        Assert.Empty(dialer.Sockets);
    }

    [Fact]
    public void Aborting_a_connect_under_way_ends_it_and_frees_its_socket()
    {
        using var backlog = new FullBacklog();
        var dialer = new TestDialer(backlog.EndPoint);
        Aio dial = StreamWait.Begun(dialer.Dial);
        Eventually.True(() => dialer.Sockets.Count == 1 && dialer.Connecting, "the connect to begin");
        Assert.True(dial.IsBusy);
        dial.Abort(NngError.Canceled);
        Assert.Equal(NngError.Canceled, StreamWait.ResultOf(dial));
        Eventually.True(() => dialer.Sockets[0].SafeHandle.IsClosed, "the socket to be freed");
    }

    [Fact]
    public void An_abort_just_before_the_connect_frees_the_socket_too()
    {
        using var backlog = new FullBacklog();
        Aio? dial = null;
        using var begun = new ManualResetEventSlim();
        var dialer = new TestDialer(backlog.EndPoint, new IPEndPoint(IPAddress.Loopback, 1))
        {
            // The abort comes when the socket is made and nobody has it yet.
            OnCreate = _ =>
            {
                begun.Wait();
                dial!.Abort(NngError.Canceled);
            },
            Held = Task.Run(begun.Wait),
        };
        dial = StreamWait.Begun(dialer.Dial);
        begun.Set();
        Assert.Equal(NngError.Canceled, StreamWait.ResultOf(dial));
        Eventually.True(() => dialer.Sockets.Count == 1 && dialer.Sockets[0].SafeHandle.IsClosed, "the socket to be freed");
        Eventually.Stays(() => dialer.Sockets.Count == 1, "no further address is tried");
    }

    [Fact]
    public void A_timeout_ends_a_connect_under_way()
    {
        using var backlog = new FullBacklog();
        using var dial = new Aio { TimeoutMs = 30 };
        new TestDialer(backlog.EndPoint).Dial(dial);
        Assert.Equal(NngError.TimedOut, StreamWait.ResultOf(dial));
    }

    [Fact]
    public void A_stopped_operation_dials_nothing()
    {
        var aio = new Aio();
        aio.Stop();
        var dialer = new TestDialer(Nobody());
        dialer.Dial(aio);
        Assert.Equal(NngError.Canceled, aio.Result);
        Assert.Empty(dialer.Sockets);
    }

    [Fact]
    public void Dials_are_independent_of_each_other()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        var dialer = new TestDialer(EndPointOf(listener));
        var dials = new List<Aio>();
        for (int i = 0; i < 20; i++)
            dials.Add(StreamWait.Begun(dialer.Dial));
        foreach (Aio dial in dials)
            StreamWait.StreamOf(dial).Channel.Close();
    }

    private static IPEndPoint Nobody() => new(IPAddress.Loopback, ScratchUrl.FreePort());

    private static IPEndPoint EndPointOf(RawPeerListener listener) => IPEndPoint.Parse(listener.Url["tcp://".Length..]);

    private sealed class TestDialer(params EndPoint[] endPoints) : SocketStreamDialer
    {
        public List<Socket> Sockets { get; } = [];

        public NngError ResolveError { get; init; }

        public Task Held { get; init; } = Task.CompletedTask;

        public Action<Socket>? OnCreate { get; set; }

        /// <summary>The system has begun to connect the newest socket.</summary>
        public bool Connecting
        {
            get
            {
                try
                {
                    var view = new Socket(new SafeSocketHandle(Sockets[^1].Handle, ownsHandle: false));
                    return view.LocalEndPoint is IPEndPoint { Port: > 0 };
                }
                catch (ObjectDisposedException)
                {
                    return true;
                }
            }
        }

        public override NngError GetOption(string name, out OptionValue value) => throw new NotSupportedException();

        public override NngError SetOption(string name, OptionValue value) => throw new NotSupportedException();

        public override async ValueTask<(NngError Error, EndPoint[] EndPoints)> ResolveAsync(CancellationToken token)
        {
            await Held;
            return (ResolveError, endPoints);
        }

        public override Socket CreateSocket(EndPoint remote)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            lock (Sockets)
                Sockets.Add(socket);
            OnCreate?.Invoke(socket);
            return socket;
        }

        public override NngStream CreateStream(IoChannel channel) => TcpStream.Create(channel);
    }

    /// <summary>A TCP listener whose queue is full: a further connect stays under way.</summary>
    private sealed class FullBacklog : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _fillers = [];

        public FullBacklog()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
            while (true)
            {
                var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _fillers.Add(filler);
                Task connect = filler.ConnectAsync(EndPoint);
                if (!connect.Wait(300))
                    return;
            }
        }

        public IPEndPoint EndPoint { get; }

        public void Dispose()
        {
            foreach (Socket filler in _fillers)
                filler.Dispose();
            _listener.Dispose();
        }
    }
}
