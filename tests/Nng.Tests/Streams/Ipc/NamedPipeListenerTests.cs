using System;
using System.Collections.Generic;
using System.Linq;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Sp.Transports;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Named pipes: instances, refusals, options, and SP above them (transports sheet, section 10).</summary>
public sealed class NamedPipeListenerTests : IDisposable
{
    private readonly string _path = ScratchUrl.IpcPath();
    private readonly PortablePipes _pipes = new();
    private readonly List<NngStream> _streams = [];
    private readonly NamedPipeListener _listener;

    public NamedPipeListenerTests()
    {
        _listener = new NamedPipeListener(Address(), _pipes);
    }

    public void Dispose()
    {
        _listener.Close();
        foreach (NngStream stream in _streams)
            stream.Close();
    }

    [Fact]
    public void P_4_A_second_listener_finds_the_name_in_use_until_the_first_closes()
    {
        Assert.Equal(NngAddress.Unspecified, _listener.LocalAddress);
        Assert.Equal(NngError.None, _listener.Listen());
        Assert.Equal(NngAddress.Ipc(_path), _listener.LocalAddress);
        Assert.Equal(NngError.IncorrectState, _listener.Listen());
        var second = new NamedPipeListener(Address(), _pipes);
        Assert.Equal(NngError.AddressInUse, second.Listen());
        _listener.Close();
        Assert.Equal(NngError.None, second.Listen());
        second.Close();
    }

    [Fact]
    public void P_5_A_fresh_instance_stands_before_a_connection_is_handed_out()
    {
        _listener.Listen();
        Assert.Equal(1, _pipes.Servers);
        for (int i = 1; i <= 5; i++)
        {
            Aio accept = StreamWait.Begun(_listener.Accept);
            Assert.True(accept.IsBusy);
            Dial();
            _streams.Add(StreamWait.StreamOf(accept));
            Assert.Equal(i + 1, _pipes.Servers);
        }
    }

    [Fact]
    public void P_5_Those_who_connected_before_the_accept_are_served_in_order()
    {
        _listener.Listen();
        for (byte i = 0; i < 5; i++)
            Assert.Equal(1, Dial().Channel.TrySend([i]).Count);
        for (byte i = 0; i < 5; i++)
        {
            NngStream accepted = StreamWait.Accept(_listener);
            _streams.Add(accepted);
            byte[] got = new byte[1];
            var receive = new Aio();
            receive.SetVector((ReadOnlyMemory<byte>[])[got]);
            accepted.ReceiveAll(receive);
            Assert.Equal(NngError.None, StreamWait.ResultOf(receive));
            Assert.Equal(i, got[0]);
        }
    }

    [Fact]
    public void A_client_waits_while_no_fresh_instance_can_be_made()
    {
        _listener.Listen();
        _pipes.ServerFailures.Enqueue(NngError.OutOfFiles);
        _pipes.ServerFailures.Enqueue(NngError.OutOfMemory);
        List<NngError> told = [];
        _listener.Exhausted = told.Add;
        Aio accept = StreamWait.Begun(_listener.Accept);
        Dial();
        _streams.Add(StreamWait.StreamOf(accept));
        Assert.Equal([NngError.OutOfFiles, NngError.OutOfMemory], told);
    }

    [Fact]
    public void P_6_Nobody_is_refused_and_busy_is_tried_again()
    {
        var dialer = new NamedPipeDialer(Address(), _pipes);
        Assert.Equal(NngError.ConnectionRefused, StreamWait.DialError(dialer));
        _listener.Listen();
        _pipes.BusyConnects = 3;
        _streams.Add(StreamWait.Dial(dialer));
        Assert.Equal(0, _pipes.BusyConnects);
    }

    [Fact]
    public void P_6_A_dial_that_waits_for_an_instance_can_be_given_up()
    {
        _pipes.BusyConnects = int.MaxValue;
        Aio dial = StreamWait.Begun(new NamedPipeDialer(Address(), _pipes).Dial);
        Assert.True(dial.IsBusy);
        dial.Abort(NngError.Canceled);
        Assert.Equal(NngError.Canceled, StreamWait.ResultOf(dial));
    }

    [Fact]
    public void B_11_Close_ends_waiting_accepts_and_frees_the_name()
    {
        _listener.Listen();
        Aio[] waiting = [.. Enumerable.Range(0, 3).Select(_ => StreamWait.Begun(_listener.Accept))];
        _listener.Close();
        Assert.All(waiting, accept => Assert.Equal(NngError.Closed, StreamWait.ResultOf(accept)));
        Assert.Equal(NngError.ConnectionRefused, StreamWait.DialError(new NamedPipeDialer(Address(), _pipes)));
        Assert.Equal(NngError.Closed, StreamWait.ResultOf(StreamWait.Begun(_listener.Accept)));
    }

    [Fact]
    public void Close_against_accepts_and_dials_leaves_none_waiting()
    {
        for (int i = 0; i < 50; i++)
        {
            var pipes = new PortablePipes();
            Assert.Equal(NngError.None, IpcAddress.Create(NngUrl.Parse(ScratchUrl.Ipc()), out IpcAddress? address));
            var listener = new NamedPipeListener(address!, pipes);
            listener.Listen();
            Aio accept = StreamWait.Begun(listener.Accept);
            Aio dial = StreamWait.Begun(new NamedPipeDialer(address!, pipes).Dial);
            System.Threading.Thread.SpinWait(i * 100);
            listener.Close();
            if (StreamWait.ResultOf(accept) == NngError.None)
                _streams.Add(StreamWait.StreamOf(accept));
            else
                Assert.Equal(NngError.Closed, accept.Result);
            _streams.Add(StreamWait.StreamOf(dial));
        }
    }

    [Fact]
    public void P_7_8_A_security_descriptor_is_checked_kept_and_only_set()
    {
        Assert.Equal(NngError.InvalidArgument, Set(_listener, "no descriptor"));
        Assert.Equal(NngError.None, Set(_listener, _pipes));
        Assert.Equal(NngError.WriteOnly, _listener.GetOption(OptionNames.IpcSecurityDescriptor, out _));
        Assert.Equal(NngError.NotSupported, _listener.SetOption(OptionNames.IpcPermissions, OptionValue.Int32(0)));
        _listener.Listen();
        Assert.Same(_pipes, _pipes.Security);
        Assert.Equal(NngError.Busy, Set(_listener, _pipes));
        Dial();
        _streams.Add(StreamWait.Accept(_listener));
        Assert.Same(_pipes, _pipes.Security);
        Assert.Equal(
            NngError.NotSupported,
            new NamedPipeDialer(Address(), _pipes).SetOption(
                OptionNames.IpcSecurityDescriptor, OptionValue.Object(_pipes)));
    }

    [Fact]
    public void P_11_The_bytes_of_sp_are_those_of_unix_sockets()
    {
        using var socket = new ProbeSocket();
        SpListener owner = socket.Listener("ipc://" + _path);
        var listener = new StreamSpListener(owner, _listener, PipeKind.Typed);
        Assert.Equal(NngError.None, listener.Bind());
        var dialer = new StreamSpDialer(
            socket.Dialer("ipc://" + _path), new NamedPipeDialer(Address(), _pipes), PipeKind.Typed);
        Aio accept = ProbeSocket.Begun(listener.Accept);
        SpTransportPipe dialed = ProbeSocket.PipeOf(ProbeSocket.Begun(dialer.Connect));
        SpTransportPipe accepted = ProbeSocket.PipeOf(accept);
        Assert.Equal(ProbeProtocol.Number, accepted.PeerProtocol);
        Assert.Equal(ProbeProtocol.Number, dialed.PeerProtocol);

        accept = ProbeSocket.Begun(listener.Accept);
        using RawPeer peer = RawPeer.Dial("ipc://" + _path);
        peer.ExpectHex("00 'SP' 00 7FF1 0000");
        peer.SendHex("00 'SP' 00 0051 0000");
        Assert.Equal(0x51, ProbeSocket.PipeOf(accept).PeerProtocol);
        listener.Close();
    }

    private static NngError Set(NamedPipeListener listener, object value) =>
        listener.SetOption(OptionNames.IpcSecurityDescriptor, OptionValue.Object(value));

    private IpcAddress Address()
    {
        Assert.Equal(NngError.None, IpcAddress.Create(NngUrl.Parse("ipc://" + _path), out IpcAddress? address));
        return address!;
    }

    private NngStream Dial()
    {
        NngStream stream = StreamWait.Dial(new NamedPipeDialer(Address(), _pipes));
        _streams.Add(stream);
        return stream;
    }
}
