using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Accepting streams: order, cancelling, closing (transports sheet, 15.1).</summary>
public sealed class StreamListenerTests : IDisposable
{
    private readonly TestListener _listener = new();
    private readonly List<RawPeer> _peers = [];

    public void Dispose()
    {
        _listener.Close();
        foreach (RawPeer peer in _peers)
            peer.Dispose();
    }

    [Fact]
    public void B_12_Accept_needs_a_listen_and_a_second_listen_is_out_of_order()
    {
        Assert.False(_listener.IsListening);
        Assert.Equal(NngError.IncorrectState, StreamWait.ResultOf(StreamWait.Begun(_listener.Accept)));
        Assert.Equal(NngError.None, _listener.Listen());
        Assert.True(_listener.IsListening);
        Assert.Equal(NngError.IncorrectState, _listener.Listen());
    }

    [Fact]
    public void I_12_A_listen_beside_one_under_way_is_out_of_order()
    {
        NngError second = NngError.None;
        int bound = 0;
        _listener.OnBound = () =>
        {
            if (bound++ == 0)
                second = _listener.Listen();
        };
        Assert.Equal(NngError.None, _listener.Listen());
        Assert.Equal((NngError.IncorrectState, 1, 0), (second, bound, _listener.Unbound));
    }

    [Fact]
    public void A_listen_that_failed_may_be_tried_again()
    {
        _listener.BindFailure = SocketError.AddressAlreadyInUse;
        Assert.Equal(NngError.AddressInUse, _listener.Listen());
        _listener.BindFailure = SocketError.AccessDenied;
        Assert.Equal(NngError.PermissionDenied, _listener.Listen());
        _listener.BindFailure = null;
        Assert.Equal(NngError.None, _listener.Listen());
    }

    [Fact]
    public void B_13_Accepts_are_served_in_order()
    {
        _listener.Listen();
        Aio first = StreamWait.Begun(_listener.Accept);
        Aio second = StreamWait.Begun(_listener.Accept);
        Dial();
        StreamWait.StreamOf(first).Channel.Close();
        Assert.True(second.IsBusy);
        Dial();
        StreamWait.StreamOf(second).Channel.Close();
    }

    [Fact]
    public void B_13_Connections_wait_in_the_system_for_their_accept()
    {
        _listener.Listen();
        for (int i = 0; i < 5; i++)
            Dial();
        Assert.Equal(0, _listener.Created);
        for (int i = 0; i < 5; i++)
            StreamWait.Accept(_listener).Channel.Close();
        Assert.Equal(5, _listener.Created);
    }

    [Fact]
    public void B_11_Close_ends_waiting_accepts_and_leaves_streams_alone()
    {
        _listener.Listen();
        RawPeer peer = Dial();
        NngStream stream = StreamWait.Accept(_listener);
        Aio waiting = StreamWait.Begun(_listener.Accept);
        _listener.Close();
        _listener.Close();
        Assert.Equal(NngError.Closed, StreamWait.ResultOf(waiting));
        Assert.Equal(1, _listener.Unbound);
        Assert.Equal(NngError.Closed, StreamWait.ResultOf(StreamWait.Begun(_listener.Accept)));
        Assert.Equal(NngError.Closed, _listener.Listen());
        Eventually.Stays(() => peer.Socket.Available == 0);
        stream.Channel.Close();
        peer.ExpectClosed();
    }

    [Fact]
    public void Closing_what_never_listened_frees_nothing()
    {
        _listener.Close();
        Assert.Equal(0, _listener.Unbound);
    }

    [Fact]
    public void Cancelled_and_timed_out_accepts_take_no_connection()
    {
        _listener.Listen();
        Aio cancelled = StreamWait.Begun(_listener.Accept);
        cancelled.Cancel();
        Assert.Equal(NngError.Canceled, StreamWait.ResultOf(cancelled));
        using var timed = new Aio { TimeoutMs = 1 };
        _listener.Accept(timed);
        Assert.Equal(NngError.TimedOut, StreamWait.ResultOf(timed));
        Dial();
        StreamWait.Accept(_listener).Channel.Close();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_connection_taken_for_an_accept_that_is_given_up_waits_for_the_next_one(bool closes)
    {
        _listener.Listen();
        Aio cancelled = StreamWait.Begun(_listener.Accept);
        _listener.OnCreating = cancelled.Cancel;
        RawPeer peer = Dial();
        Assert.Equal(NngError.Canceled, StreamWait.ResultOf(cancelled));
        if (closes)
        {
            _listener.Close();
            peer.DrainUntilClosed();
            return;
        }

        NngStream stream = StreamWait.Accept(_listener);
        peer.Send("!"u8);
        byte[] received = new byte[1];
        stream.ReadExactlyAsync(received).AsTask().Wait(Eventually.DefaultTimeoutMs);
        Assert.Equal("!"u8.ToArray(), received);
        stream.Close();
    }

    [Fact]
    public void A_peer_that_is_gone_before_its_stream_was_made_is_passed_over()
    {
        _listener.Listen();
        _listener.CreateFailures = 2;
        Aio accept = StreamWait.Begun(_listener.Accept);
        Dial();
        Dial();
        Dial();
        StreamWait.StreamOf(accept).Channel.Close();
    }

    [Fact]
    public void A_close_while_the_address_is_being_bound_frees_it()
    {
        _listener.OnBound = _listener.Close;
        Assert.Equal(NngError.Closed, _listener.Listen());
        Assert.False(_listener.IsListening);
        Assert.Equal(1, _listener.Unbound);
        Assert.Throws<SocketException>(Dial);
    }

    [Fact]
    public void A_storm_of_connections_leaves_the_accepting_thread_to_others_in_between()
    {
        const int count = 120;
        _listener.Listen();
        for (int i = 0; i < count; i++)
            Dial();
        int own = 0;
        int taken = 0;
        int caller = Environment.CurrentManagedThreadId;
        using var accept = new Aio(
            aio =>
            {
                ((NngStream)aio.GetOutput(0)!).Channel.Close();
                if (Environment.CurrentManagedThreadId == caller)
                    own++;
                if (Interlocked.Increment(ref taken) < count)
                    _listener.Accept(aio);
            },
            inline: true);
        _listener.Accept(accept);
        Eventually.Equal(count, () => Volatile.Read(ref taken));
        Assert.InRange(own, 1, count - 1);
    }

    [Fact]
    public void Accepts_against_connects_from_many_threads_pair_up()
    {
        _listener.Listen();
        const int count = 300;
        var dialing = new Thread(() =>
        {
            for (int i = 0; i < count; i++)
                Dial();
        });
        dialing.Start();
        var accepts = new List<Aio>();
        for (int i = 0; i < count; i++)
            accepts.Add(StreamWait.Begun(_listener.Accept));
        foreach (Aio accept in accepts)
            StreamWait.StreamOf(accept).Channel.Close();
        dialing.Join();
        Assert.Equal(count, _listener.Created);
    }

    [Fact]
    public void Close_against_accepts_leaves_none_waiting()
    {
        for (int i = 0; i < 100; i++)
        {
            var listener = new TestListener();
            Assert.Equal(NngError.None, listener.Listen());
            var accepts = new List<Aio>();
            var accepting = new Thread(() =>
            {
                for (int j = 0; j < 50; j++)
                    accepts.Add(StreamWait.Begun(listener.Accept));
            });
            accepting.Start();
            listener.Close();
            accepting.Join();
            foreach (Aio accept in accepts)
                Assert.Equal(NngError.Closed, StreamWait.ResultOf(accept));
        }
    }

    private RawPeer Dial()
    {
        RawPeer peer = RawPeer.Dial($"tcp://{_listener.LocalAddress}");
        lock (_peers)
            _peers.Add(peer);
        return peer;
    }

    private sealed class TestListener : SocketStreamListener
    {
        private NngAddress _local = NngAddress.Unspecified;
        private int _created;

        public override NngAddress LocalAddress => _local;

        public SocketError? BindFailure { get; set; }

        public Action? OnBound { get; set; }

        public int CreateFailures { get; set; }

        /// <summary>Runs once when a connection has been taken.</summary>
        public Action? OnCreating { get; set; }

        public int Created => Volatile.Read(ref _created);

        public int Unbound { get; private set; }

        public override NngError GetOption(string name, out OptionValue value) => throw new NotSupportedException();

        public override NngError SetOption(string name, OptionValue value) => throw new NotSupportedException();

        public override NngError Bind(out Socket? socket)
        {
            socket = null;
            if (BindFailure is { } failure)
                throw new SocketException((int)failure);
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.Listen(Backlog);
            _local = NngAddress.Ip((IPEndPoint)socket.LocalEndPoint!);
            OnBound?.Invoke();
            return NngError.None;
        }

        protected override void OnUnbinding() => Unbound++;

        public override NngStream CreateStream(Socket accepted)
        {
            if (CreateFailures-- > 0)
                throw new SocketException((int)SocketError.InvalidArgument);
            Action? hook = OnCreating;
            OnCreating = null;
            hook?.Invoke();
            Interlocked.Increment(ref _created);
            return TcpStream.Create(accepted);
        }
    }
}
