using System;
using Nng.Sp;
using Nng.Sp.Protocols;
using Nng.TestKit;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp;

public sealed class SpListenerTests : IDisposable
{
    private readonly MockTransport _transport = new();
    private readonly SpSocket _socket;
    private readonly SpListener _listener;

    public SpListenerTests()
    {
        _socket = _transport.Open(socket => new PullProtocol(socket, raw: false));
        Assert.Equal(NngError.None, _socket.CreateListener(NngUrl.Parse("inproc://mock"), out SpListener? listener));
        _listener = listener!;
    }

    private MockListener Inner => _transport.LastListener!;

    private MockOperations Accepts => Inner.Accepts;

    public void Dispose() => _socket.Close();

    [Fact]
    public void A_failed_bind_leaves_it_idle_and_it_starts_again()
    {
        Inner.Binding = NngError.AddressInUse;
        Assert.Equal(NngError.AddressInUse, _listener.Start());
        Assert.Equal(0, Accepts.Count);
        Inner.Binding = NngError.None;
        Assert.Equal(NngError.None, _listener.Start());
        Assert.Equal(1, Accepts.Count);
        Assert.Equal(NngError.IncorrectState, _listener.Start());
        Assert.Equal(1, Accepts.Count);
    }

    [Fact]
    public void Each_connection_becomes_a_pipe_and_the_next_is_accepted()
    {
        _listener.Start();
        for (int i = 1; i <= 3; i++)
        {
            Accepts.Succeed(new MockPipe(_socket.Info.Peer));
            Assert.Equal((i, i, i + 1), (_listener.PipeCount, _socket.AttachedCount, Accepts.Count));
        }

        Assert.Equal(3, _listener.Counters.Connections);
    }

    [Fact]
    public void Connections_that_are_there_already_are_accepted_without_recursion()
    {
        const int Many = 20_000;
        for (int i = 0; i < Many; i++)
        {
            // Of a wrong protocol: refused at once, so that none stays.
            Accepts.Prepare(new MockPipe(0x10));
        }

        _listener.Start();
        Assert.Equal((Many + 1, Many), (Accepts.Count, (int)_listener.Counters.Rejects));
        Assert.Equal(0, _socket.PipeCount);
    }

    [Fact]
    public void An_error_of_the_descriptor_is_counted_and_accepting_goes_on_after_a_pause()
    {
        _listener.Start();
        Accepts.Fail(NngError.OutOfFiles);
        Assert.Equal(1, Accepts.Count);
        Eventually.True(() => Accepts.Count == 2 && Accepts.IsPending, "accepting goes on");
        Accepts.Succeed(new MockPipe(_socket.Info.Peer));
        Assert.Equal(1, _socket.AttachedCount);
        Assert.Equal(1, NngStatistics.Snapshot().FindListener(_listener.Id)!.Find("other")!.Value);
    }

    [Fact]
    public void A_peer_that_fails_its_handshake_is_counted_by_kind()
    {
        _listener.Start();
        _listener.OnNegotiationFailed(NngError.Protocol, NngAddress.Inproc("x"));
        _listener.OnNegotiationFailed(NngError.TimedOut, NngAddress.Inproc("x"));
        Assert.Equal((1, 1), (_listener.Counters.Protocol, _listener.Counters.TimedOut));
        Assert.Equal(1, Accepts.Count);
        Assert.True(Accepts.IsPending);
    }

    [Fact]
    public void Closing_ends_the_accept_and_frees_the_address()
    {
        _listener.Start();
        Assert.Equal(NngError.None, _listener.Close());
        Assert.Equal((NngError.Closed, 1), (Accepts.CanceledWith, Inner.Closes));
        Assert.Equal(NngError.Closed, _listener.Start());
        Assert.Equal(NngError.NotFound, _listener.Close());
        Assert.Equal(0, _listener.Counters.Other);
    }

    [Fact]
    public void A_close_in_the_pause_after_an_error_is_the_end()
    {
        _listener.Start();
        Accepts.Fail(NngError.OutOfFiles);
        _listener.Close();
        Eventually.Stays(() => Accepts.Count == 1, windowMs: 200);
    }

    [Fact]
    public void A_connection_that_arrives_after_the_close_is_closed()
    {
        Accepts.IgnoresCancel = true;
        _listener.Start();
        _listener.Close();
        var late = new MockPipe(_socket.Info.Peer);
        Accepts.Succeed(late);
        Assert.Equal((1, 0), (late.Closes, _socket.AttachedCount));
        Assert.Equal(0, _socket.PipeCount);
    }

    [Fact]
    public void The_effective_url_is_the_transports()
    {
        Assert.Equal("inproc://mock-effective", _listener.EffectiveUrl);
        Assert.Equal("inproc://mock", _listener.Url.Raw);
    }
}
