using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>A datagram socket at work, on a wire that the test holds up (transports sheet, D-9, D-15, D-22, D-23).</summary>
public sealed class DatagramChannelTests : IDatagramHandler
{
    /// <summary>A datagram of this length makes the handler throw.</summary>
    private const int Unlucky = 13;

    private readonly FakeClock _clock = new();
    private readonly ScriptedWire _wire = new();
    private readonly DatagramChannel _channel;
    private readonly byte[] _room = new byte[64];
    private readonly ConcurrentQueue<int> _received = new();
    private volatile int _lost;
    private volatile bool _ended;
    private volatile bool _hasRoom = true;
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly ConcurrentQueue<int> _refused = new();

    public DatagramChannelTests()
    {
        _channel = new DatagramChannel(_wire, this, _clock.Expirer);
    }

    Memory<byte> IDatagramHandler.Room => _hasRoom ? _room : throw new OutOfMemoryException();

    void IDatagramHandler.OnDatagram(int length, SocketAddress from)
    {
        if (length == Unlucky)
            throw new InvalidOperationException();
        _received.Enqueue(length);
    }

    void IDatagramHandler.OnFailure(Exception failure)
    {
        _failures.Enqueue(failure);
        _hasRoom = true;
    }

    void IDatagramHandler.OnReceivingEnded() => _ended = true;

    void IDatagramHandler.OnRefused(ReadOnlySpan<byte> datagram) => _refused.Enqueue(datagram[0]);

    void IDatagramHandler.OnLingerEnded(int lost) => _lost += lost;

    [Fact]
    public void While_the_system_has_room_datagrams_leave_at_once()
    {
        for (byte i = 0; i < 100; i++)
            Assert.True(Send(i));
        Assert.Equal(Enumerable.Range(0, 100), _wire.Sent);
        Assert.Equal(0, _channel.Waiting);
    }

    [Fact]
    public void D_15_When_it_has_none_thirty_two_wait_and_the_rest_is_lost()
    {
        _wire.HoldsUp = true;
        Assert.True(Send(0));
        for (byte i = 1; i <= 32; i++)
            Assert.True(Send(i));
        Assert.False(Send(33));
        Assert.Equal(32, _channel.Waiting);
        Assert.Equal([0], _wire.Sent);
        _wire.Release();
        Eventually.Equal(2, () => _wire.Sent.Length);
        Assert.True(Send(34));
        _wire.HoldsUp = false;
        _wire.Release();
        Eventually.Equal(34, () => _wire.Sent.Length);
        Assert.Equal([.. Enumerable.Range(0, 33), 34], _wire.Sent);
        Eventually.Equal(0, () => _channel.Waiting);
        Assert.True(Send(35));
        Eventually.Equal(35, () => _wire.Sent.Length);
    }

    [Fact]
    public void What_the_system_refuses_is_lost_and_the_next_one_goes_out()
    {
        _wire.Refuses = true;
        Assert.True(Send(1));
        Assert.Equal([1], _refused);
        _wire.Refuses = false;
        _wire.HoldsUp = true;
        Assert.True(Send(2));
        Assert.True(Send(3));
        _wire.HoldsUp = false;
        _wire.Fail();
        Eventually.Equal(3, () => _wire.Sent.Length);
        Assert.Equal([1, 2], _refused);
    }

    [Fact]
    public void A_channel_that_has_sent_all_closes_at_once()
    {
        Send(1);
        _channel.Close();
        Assert.True(_wire.IsClosed);
        Assert.False(Send(2));
        _channel.Close();
        Assert.Equal(0, _lost);
    }

    [Fact]
    public void D_9_A_closed_channel_waits_for_what_is_on_its_way()
    {
        _wire.HoldsUp = true;
        Send(1);
        Send(2);
        _channel.Close();
        Assert.False(Send(3));
        Assert.False(_wire.IsClosed);
        _wire.HoldsUp = false;
        _wire.Release();
        Eventually.True(() => _wire.IsClosed, "the address is free");
        Assert.Equal([1, 2], _wire.Sent);
        Assert.Equal(0, _lost);
    }

    [Fact]
    public void D_9_But_not_for_longer_than_half_a_second()
    {
        _wire.HoldsUp = true;
        Send(1);
        Send(2);
        _channel.Close();
        _clock.Advance(500);
        Eventually.Stays(() => !_wire.IsClosed, "half a second has not passed");
        _clock.Advance(1);
        Eventually.True(() => _wire.IsClosed, "the address is free");
        Eventually.Equal(2, () => _lost);
        Assert.Equal([2], _refused);
        _wire.Fail();
        Eventually.Equal(2, () => _refused.Count);
        Assert.Equal([1], _wire.Sent);
    }

    [Fact]
    public void D_22_D_23_Errors_of_the_system_do_not_end_the_receiving()
    {
        _channel.Start();
        _wire.Arrive(1);
        _wire.ArriveError(SocketError.ConnectionRefused);
        _wire.Arrive(2);
        _wire.ArriveError(SocketError.MessageSize);
        _wire.ArriveError(SocketError.ConnectionReset);
        _wire.Arrive(3);
        Eventually.Equal(3, () => _received.Count);
        Assert.Equal([1, 2, 3], _received);
        Assert.False(_ended);
        _channel.Close();
        Eventually.True(() => _ended, "the receiving has ended");
    }

    [Fact]
    public void Errors_of_the_handler_do_not_end_the_receiving()
    {
        _hasRoom = false;
        _channel.Start();
        _wire.Arrive(1);
        _wire.Arrive(Unlucky);
        _wire.Arrive(2);
        Eventually.Equal(2, () => _received.Count);
        Assert.Equal([1, 2], _received);
        Assert.Equal([typeof(OutOfMemoryException), typeof(InvalidOperationException)], _failures.Select(f => f.GetType()));
        Assert.False(_ended);
    }

    private bool Send(byte content)
    {
        Chunk chunk = ChunkPool.Rent(8);
        chunk.Bytes[0] = content;
        return _channel.Send(chunk, 8, _wire.CreateAddress());
    }

    /// <summary>A wire whose sends the test holds up, and whose datagrams it brings.</summary>
    private sealed class ScriptedWire : DatagramWire
    {
        private readonly Channel<object> _arrivals = Channel.CreateUnbounded<object>();
        private readonly List<int> _sent = [];
        private readonly Lock _lock = new();
        private TaskCompletionSource<int>? _held;

        public bool HoldsUp { get; set; }

        public bool Refuses { get; set; }

        public bool IsClosed { get; private set; }

        public int[] Sent
        {
            get
            {
                lock (_lock)
                    return [.. _sent];
            }
        }

        public override NngAddress LocalAddress => NngAddress.Unspecified;

        public override SocketAddress CreateAddress() => new(AddressFamily.InterNetwork);

        public override SocketAddress AddressOf(IPEndPoint peer) => peer.Serialize();

        public override IPEndPoint EndPointOf(SocketAddress peer) => throw new NotSupportedException();

        public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> datagram, SocketAddress to)
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            lock (_lock)
            {
                _sent.Add(datagram.Span[0]);
                if (Refuses)
                    return ValueTask.FromException<int>(new SocketException((int)SocketError.HostUnreachable));
                if (!HoldsUp)
                    return new ValueTask<int>(datagram.Length);
                _held = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
                return new ValueTask<int>(_held.Task);
            }
        }

        /// <summary>The send that is held up has left.</summary>
        public void Release() => Take().SetResult(8);

        /// <summary>The send that is held up has failed.</summary>
        public void Fail() => Take().SetException(new SocketException((int)SocketError.HostUnreachable));

        public void Arrive(int length) => _arrivals.Writer.TryWrite(length);

        public void ArriveError(SocketError error) => _arrivals.Writer.TryWrite(new SocketException((int)error));

        public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, SocketAddress from)
        {
            object arrival = await _arrivals.Reader.ReadAsync();
            return arrival is Exception failure ? throw failure : (int)arrival;
        }

        public override void Close()
        {
            IsClosed = true;
            _arrivals.Writer.TryWrite(new ObjectDisposedException("wire"));
        }

        private TaskCompletionSource<int> Take()
        {
            lock (_lock)
            {
                TaskCompletionSource<int> held = _held!;
                _held = null;
                return held;
            }
        }
    }
}
