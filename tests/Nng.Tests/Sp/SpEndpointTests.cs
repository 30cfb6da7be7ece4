using System;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Protocols;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp;

public sealed class SpEndpointTests : IDisposable
{
    private readonly MockRig _rig = new(socket => new PushProtocol(socket, raw: false));

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Closing_closes_its_own_pipes_and_no_others()
    {
        MockPipe[] own = [_rig.Accept(), _rig.Accept()];
        MockListener first = _rig.Inner;
        Assert.Equal(NngError.None, _rig.Socket.CreateListener(NngUrl.Parse("inproc://other"), out SpListener? other));
        other!.Start();
        MockPipe foreign = _rig.Accept();
        Assert.NotSame(first, _rig.Inner);

        Assert.Equal(NngError.None, _rig.Listener.Close());
        foreach (MockPipe pipe in own)
            Assert.Equal((1, NngError.Closed), (pipe.Closes, pipe.Pipe.CloseReason));
        Assert.False(foreign.Pipe.IsClosed);
        Assert.Equal((0, 1), (_rig.Listener.PipeCount, other.PipeCount));
        Assert.Equal([other], _rig.Socket.EndpointsSnapshot());
    }

    [Fact]
    public void Only_the_first_close_does_anything()
    {
        Assert.Equal(NngError.None, _rig.Listener.Close());
        Assert.Equal(NngError.NotFound, _rig.Listener.Close());
        Assert.Equal(1, _rig.Inner.Closes);
        Assert.True(_rig.Listener.IsClosed);
    }

    [Fact]
    public void Options_are_asked_of_endpoint_transport_and_socket_in_turn()
    {
        Assert.Equal(7, Get(MockTransport.EndpointOption).Int);
        Assert.Equal("inproc://mock", Get(OptionNames.Url).TextValue);
        Assert.Equal("push", Get(OptionNames.ProtocolName).TextValue);
        Assert.Equal(NngError.NotSupported, _rig.Listener.GetOption("no-such", out _));
    }

    [Fact]
    public void Options_are_set_on_endpoint_and_transport_only()
    {
        Assert.Equal(NngError.None, Set(MockTransport.EndpointOption, OptionValue.Int32(7)));
        Assert.Equal(NngError.InvalidArgument, Set(MockTransport.EndpointOption, OptionValue.Int32(8)));
        Assert.Equal(NngError.ReadOnly, Set(OptionNames.Url, OptionValue.Text("inproc://x")));
        Assert.Equal(NngError.NotSupported, Set(OptionNames.SendTimeout, OptionValue.Duration(1)));
    }

    [Fact]
    public void A_closed_endpoint_has_no_options()
    {
        _rig.Listener.Close();
        Assert.Equal(NngError.NotFound, _rig.Listener.GetOption(OptionNames.Url, out _));
        Assert.Equal(NngError.NotFound, Set(MockTransport.EndpointOption, OptionValue.Int32(7)));
    }

    [Fact]
    public void Id_and_statistics_live_as_long_as_the_endpoint()
    {
        int id = _rig.Listener.Id;
        Assert.Same(_rig.Listener, SpRegistry.Listeners.Find(id));
        Assert.NotNull(NngStatistics.Snapshot().FindListener(id));
        _rig.Listener.Close();
        Assert.Null(SpRegistry.Listeners.Find(id));
        Assert.Null(NngStatistics.Snapshot().FindListener(id));
    }

    [Fact]
    public void An_endpoint_whose_stored_options_do_not_fit_is_not_created()
    {
        Assert.Equal(NngError.None, _rig.Socket.SetOption(OptionNames.TcpNoDelay, OptionValue.Boolean(false)));
        Assert.Equal(NngError.None, _rig.Socket.CreateDialer(NngUrl.Parse("inproc://x"), out _));
        _rig.Transport.Creation = NngError.AddressInvalid;
        Assert.Equal(NngError.AddressInvalid, _rig.Socket.CreateDialer(NngUrl.Parse("inproc://x"), out SpDialer? none));
        Assert.Null(none);
        Assert.Equal(1, _rig.Socket.DialerCount);
    }

    [Fact]
    public void A_pipe_that_enters_while_the_endpoint_closes_is_closed()
    {
        // The close has taken its snapshot of the pipes; this one enters behind it.
        MockListener inner = _rig.Inner;
        inner.Accepts.IgnoresCancel = true;
        _rig.Listener.Close();
        var late = new MockPipe(_rig.Socket.Info.Peer);
        inner.Accepts.Succeed(late);
        Assert.Equal((1, NngError.Closed), (late.Closes, late.Pipe.CloseReason));
        Assert.Equal(0, _rig.Listener.PipeCount);
        Assert.Equal(1, _rig.Listener.Counters.Connections);
    }

    private OptionValue Get(string name)
    {
        Assert.Equal(NngError.None, _rig.Listener.GetOption(name, out OptionValue value));
        return value;
    }

    private NngError Set(string name, OptionValue value) => _rig.Listener.SetOption(name, value);
}
