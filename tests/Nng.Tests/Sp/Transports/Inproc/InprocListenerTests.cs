using System;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Names, accepts and connects in process (transports sheet, section 12).</summary>
public sealed class InprocListenerTests : IDisposable
{
    private readonly ProbeSocket _socket = new();
    private readonly string _url = ScratchUrl.Inproc();
    private readonly InprocListener _listener;

    public InprocListenerTests()
    {
        _listener = new InprocListener(_socket.Listener(_url));
    }

    public void Dispose()
    {
        _listener.Close();
        _socket.Dispose();
    }

    [Fact]
    public void N_4_Nobody_bound_refuses_at_once()
    {
        Assert.Equal(NngError.ConnectionRefused, ProbeSocket.ResultOf(Connect()));
    }

    [Fact]
    public void N_3_One_name_has_one_listener_until_it_closes()
    {
        Assert.Equal(NngError.None, _listener.Bind());
        var second = new InprocListener(_socket.Listener(_url));
        Assert.Equal(NngError.AddressInUse, second.Bind());
        _listener.Close();
        Assert.Equal(NngError.None, second.Bind());
        second.Close();
    }

    [Fact]
    public void N_3_A_listener_that_is_closed_while_it_starts_keeps_no_name()
    {
        _listener.Close();
        Assert.Equal(NngError.Closed, _listener.Bind());
        var second = new InprocListener(_socket.Listener(_url));
        Assert.Equal(NngError.None, second.Bind());
        second.Close();
    }

    [Fact]
    public void Closing_a_listener_that_was_never_bound_frees_nobody_elses_name()
    {
        Assert.Equal(NngError.None, _listener.Bind());
        var second = new InprocListener(_socket.Listener(_url));
        second.Bind();
        second.Close();
        Assert.True(Connect().IsBusy);
    }

    [Fact]
    public void An_accept_that_waits_meets_the_next_connect()
    {
        _listener.Bind();
        Aio accept = ProbeSocket.Begun(_listener.Accept);
        SpTransportPipe dialed = ProbeSocket.PipeOf(Connect());
        SpTransportPipe accepted = ProbeSocket.PipeOf(accept);
        Assert.Equal(ProbeProtocol.Number, dialed.PeerProtocol);
        Assert.Equal(ProbeProtocol.Number, accepted.PeerProtocol);
        Assert.Equal(NngAddress.Inproc(_url), dialed.RemoteAddress);
        Assert.Equal(NngAddress.Inproc(_url), accepted.LocalAddress);
    }

    [Fact]
    public void N_5_Connects_wait_in_order_for_their_accepts()
    {
        _listener.Bind();
        Aio first = Connect();
        Aio second = Connect();
        ProbeSocket.PipeOf(ProbeSocket.Begun(_listener.Accept));
        Assert.False(first.IsBusy);
        Assert.True(second.IsBusy);
        ProbeSocket.PipeOf(ProbeSocket.Begun(_listener.Accept));
        ProbeSocket.PipeOf(second);
    }

    [Fact]
    public void N_5_Closing_refuses_the_connects_that_wait()
    {
        _listener.Bind();
        Aio first = Connect();
        Aio second = Connect();
        _listener.Close();
        Assert.Equal(NngError.ConnectionRefused, ProbeSocket.ResultOf(first));
        Assert.Equal(NngError.ConnectionRefused, ProbeSocket.ResultOf(second));
        Assert.Equal(NngError.ConnectionRefused, ProbeSocket.ResultOf(Connect()));
        Assert.Equal(NngError.Closed, ProbeSocket.ResultOf(ProbeSocket.Begun(_listener.Accept)));
    }

    [Fact]
    public void Closing_ends_the_accept_that_waits()
    {
        _listener.Bind();
        Aio accept = ProbeSocket.Begun(_listener.Accept);
        _listener.Close();
        Assert.Equal(NngError.Closed, ProbeSocket.ResultOf(accept));
    }

    [Fact]
    public void A_connect_found_after_the_listener_closed_is_refused()
    {
        _listener.Bind();
        _listener.Close();
        // A dialer that looked the listener up just before it closed comes to this call.
        var aio = new Aio();
        Assert.True(aio.Begin());
        _listener.Connect(new InprocDialer(_socket.Dialer(_url)), aio);
        Assert.Equal(NngError.ConnectionRefused, ProbeSocket.ResultOf(aio));
    }

    [Fact]
    public void Cancelled_connects_and_accepts_are_passed_over()
    {
        _listener.Bind();
        Aio gone = Connect();
        gone.Cancel();
        Assert.Equal(NngError.Canceled, ProbeSocket.ResultOf(gone));
        Aio accept = ProbeSocket.Begun(_listener.Accept);
        Assert.True(accept.IsBusy);
        accept.Abort(NngError.TimedOut);
        Assert.Equal(NngError.TimedOut, ProbeSocket.ResultOf(accept));
        Aio connect = Connect();
        Assert.True(connect.IsBusy);
        ProbeSocket.PipeOf(ProbeSocket.Begun(_listener.Accept));
        ProbeSocket.PipeOf(connect);
    }

    [Fact]
    public void N_12_Options_tell_the_name_and_keep_the_limit()
    {
        Assert.Equal(NngError.None, _listener.GetOption("local-address", out OptionValue address));
        Assert.Equal(NngAddress.Inproc(_url), address.Reference);
        Assert.Equal(NngError.None, _listener.SetOption("recv-size-max", OptionValue.Size(77)));
        Assert.Equal(NngError.None, _listener.GetOption("recv-size-max", out OptionValue limit));
        Assert.Equal(77, limit.Number);
        Assert.Equal(NngError.NotSupported, _listener.SetOption("tcp-nodelay", OptionValue.Boolean(true)));
        Assert.False(_listener.LimitsMessageSize);
    }

    private Aio Connect() => ProbeSocket.Begun(new InprocDialer(_socket.Dialer(_url)).Connect);
}
