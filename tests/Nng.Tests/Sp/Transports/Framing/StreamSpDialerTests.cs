using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Connecting and negotiating as one step, against a raw peer.</summary>
public sealed class StreamSpDialerTests : IDisposable
{
    private readonly ProbeSocket _socket = new();
    private readonly RawPeerListener _listener = RawPeerListener.Tcp();
    private readonly SpDialer _owner;
    private readonly StreamSpDialer _dialer;

    public StreamSpDialerTests()
    {
        _owner = _socket.Dialer(_listener.Url);
        Assert.Equal(NngError.None, TcpDialer.Create(_owner.Url, out TcpDialer? stream));
        _dialer = new StreamSpDialer(_owner, stream!, PipeKind.Plain);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _socket.Dispose();
    }

    [Fact]
    public void A_connect_ends_when_both_handshakes_are_done()
    {
        Aio connect = ProbeSocket.Begun(_dialer.Connect);
        using RawPeer peer = _listener.Accept();
        peer.ExpectHex("00 53 50 00 7F F1 00 00");
        Assert.True(connect.IsBusy);
        peer.SendHex("00 53 50 00 00 51 00 00");
        SpTransportPipe pipe = ProbeSocket.PipeOf(connect);
        Assert.Equal(0x51, pipe.PeerProtocol);
        Assert.Equal(_listener.Url, $"tcp://{pipe.RemoteAddress}");
        pipe.Close();
        peer.ExpectClosed();
    }

    [Fact]
    public void The_limit_of_a_pipe_is_the_endpoints_when_it_was_made()
    {
        Assert.Equal(NngError.None, _dialer.SetOption("recv-size-max", OptionValue.Size(1234)));
        Aio connect = ProbeSocket.Begun(_dialer.Connect);
        using RawPeer peer = _listener.AcceptAs(0x51);
        SpTransportPipe pipe = ProbeSocket.PipeOf(connect);
        _dialer.SetOption("recv-size-max", OptionValue.Size(1));
        Assert.Equal(NngError.None, pipe.GetOption("recv-size-max", out OptionValue value));
        Assert.Equal(1234, value.Number);
        pipe.Close();
    }

    [Fact]
    public void CS_34_Another_language_is_a_protocol_error()
    {
        Aio connect = ProbeSocket.Begun(_dialer.Connect);
        using RawPeer peer = _listener.Accept();
        peer.Send("HTTP/1.1"u8);
        Assert.Equal(NngError.Protocol, ProbeSocket.ResultOf(connect));
        peer.DrainUntilClosed();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void CS_35_A_peer_that_closes_is_a_connection_shut_down(int read)
    {
        Aio connect = ProbeSocket.Begun(_dialer.Connect);
        RawPeer peer = _listener.Accept();
        peer.Read(read);
        peer.Dispose();
        Assert.Equal(NngError.ConnectionShutdown, ProbeSocket.ResultOf(connect));
    }

    [Fact]
    public void CS_37_Nobody_listening_is_refused_and_the_next_connect_may_succeed()
    {
        string url = ScratchUrl.Tcp();
        TcpDialer.Create(NngUrl.Parse(url), out TcpDialer? stream);
        var dialer = new StreamSpDialer(_owner, stream!, PipeKind.Plain);
        Assert.Equal(NngError.ConnectionRefused, ProbeSocket.ResultOf(ProbeSocket.Begun(dialer.Connect)));
        using RawPeerListener listener = RawPeerListener.On(url);
        Aio connect = ProbeSocket.Begun(dialer.Connect);
        using RawPeer peer = listener.AcceptAs(1);
        ProbeSocket.PipeOf(connect).Close();
    }

    [Fact]
    public void Aborting_in_the_negotiation_ends_it_at_once_and_hangs_up()
    {
        Aio connect = ProbeSocket.Begun(_dialer.Connect);
        using RawPeer peer = _listener.Accept();
        peer.Read(8);
        connect.Abort(NngError.Canceled);
        Assert.Equal(NngError.Canceled, ProbeSocket.ResultOf(connect));
        peer.ExpectClosed();
    }

    [Fact]
    public void A_timeout_of_the_connect_covers_the_negotiation()
    {
        using var connect = new Aio { TimeoutMs = 50 };
        _dialer.Connect(connect);
        using RawPeer peer = _listener.Accept();
        Assert.Equal(NngError.TimedOut, ProbeSocket.ResultOf(connect));
        peer.DrainUntilClosed();
    }

    [Fact]
    public void Closing_ends_the_connect()
    {
        SpDialer dialer = Published(_listener.Url);
        var dial = new Aio();
        dialer.Start(dial);
        using RawPeer peer = _listener.Accept();
        peer.Read(8);
        dialer.Close();
        Assert.Equal(NngError.Closed, ProbeSocket.ResultOf(dial));
        peer.ExpectClosed();
    }

    [Fact]
    public async Task A_close_beside_the_start_of_a_connect_only_closes()
    {
        string nobody = ScratchUrl.Tcp();
        using var meet = new Barrier(2);
        for (int i = 0; i < 1000; i++)
        {
            SpDialer dialer = Published(nobody);
            int pause = i % 256;
            Task closing = Task.Run(() =>
            {
                meet.SignalAndWait();
                Thread.SpinWait(pause);
                dialer.Close();
            });
            var dial = new Aio();
            meet.SignalAndWait();
            dialer.Start(dial);
            Assert.True(ProbeSocket.ResultOf(dial) is NngError.Closed or NngError.ConnectionRefused, $"{dial.Result}");
            await closing;
        }
    }

    [Fact]
    public void An_aborted_connect_that_winds_down_late_does_not_touch_the_next()
    {
        var stream = new HeldStreamDialer(_listener.Url);
        var dialer = new StreamSpDialer(_owner, stream, PipeKind.Plain);
        Aio aborted = ProbeSocket.Begun(dialer.Connect);
        aborted.Abort(NngError.Canceled);
        Assert.Equal(NngError.Canceled, ProbeSocket.ResultOf(aborted));
        Aio connect = ProbeSocket.Begun(dialer.Connect);
        // The first dial goes on only now; its connection, if it makes one, must be nobody's.
        stream.Release(0);
        Eventually.Stays(() => connect.IsBusy, "the second connect waits for its own dial");
        stream.Release(1);
        RawPeer peer = _listener.Accept();
        peer.Handshake(0x51);
        ProbeSocket.PipeOf(connect).Close();
        peer.Dispose();
    }

    [Fact]
    public void Aborts_and_completions_in_any_order_leave_the_dialer_usable()
    {
        const int seed = 4711;
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            Aio connect = ProbeSocket.Begun(_dialer.Connect);
            Thread.SpinWait(random.Next(0, 20_000));
            connect.Abort(NngError.Canceled);
            Assert.Equal(NngError.Canceled, ProbeSocket.ResultOf(connect));
        }
    }

    private SpDialer Published(string url)
    {
        Assert.Equal(NngError.None, _socket.Socket.CreateDialer(NngUrl.Parse(url), out SpDialer? dialer));
        return dialer!;
    }

    /// <summary>Dials that wait in their resolver until the test lets each go.</summary>
    private sealed class HeldStreamDialer(string url) : SocketStreamDialer
    {
        private readonly List<TaskCompletionSource> _held = [];

        public void Release(int dial) => _held[dial].SetResult();

        public override NngError GetOption(string name, out OptionValue value) => throw new NotSupportedException();

        public override NngError SetOption(string name, OptionValue value) => throw new NotSupportedException();

        public override async ValueTask<(NngError Error, EndPoint[] EndPoints)> ResolveAsync(CancellationToken token)
        {
            var held = new TaskCompletionSource();
            _held.Add(held);
            await held.Task;
            return (NngError.None, [IPEndPoint.Parse(url["tcp://".Length..])]);
        }

        public override Socket CreateSocket(EndPoint remote) =>
            new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public override NngStream CreateStream(IoChannel channel) => TcpStream.Create(channel);
    }
}
