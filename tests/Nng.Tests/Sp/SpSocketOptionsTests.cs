using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp;

/// <summary>Options of endpoints that are kept by their socket.</summary>
public sealed class SpSocketOptionsTests : IDisposable
{
    private const int Races = 2000;

    private readonly PushSocket _socket = new();

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void A_value_set_on_the_socket_reaches_the_endpoints_there_are_and_those_to_come()
    {
        Listener before = _socket.CreateListener(ScratchUrl.Tcp());
        _socket.SetOption(OptionNames.ReceiveMaxSize, 4321L);
        Listener after = _socket.CreateListener(ScratchUrl.Tcp());
        Assert.Equal(4321, before.GetOption<long>(OptionNames.ReceiveMaxSize));
        Assert.Equal(4321, after.GetOption<long>(OptionNames.ReceiveMaxSize));
    }

    [Fact]
    public void A_value_that_is_set_while_an_endpoint_is_made_reaches_it()
    {
        using var meet = new Barrier(2);
        var setter = new Thread(() =>
        {
            for (long i = 1; i <= Races; i++)
            {
                meet.SignalAndWait();
                _socket.SetOption(OptionNames.ReceiveMaxSize, i);
                meet.SignalAndWait();
            }
        });
        setter.Start();
        var last = new List<long>();
        for (long i = 1; i <= Races; i++)
        {
            meet.SignalAndWait();
            using Listener made = _socket.CreateListener("inproc://made");
            meet.SignalAndWait();
            last.Add(made.GetOption<long>(OptionNames.ReceiveMaxSize));
        }

        setter.Join();
        Assert.Equal(Enumerable.Range(1, Races).Select(i => (long)i), last);
    }

    [Fact]
    public void An_endpoint_keeps_its_own_value_apart_from_the_others()
    {
        Listener own = _socket.CreateListener(ScratchUrl.Tcp());
        Listener other = _socket.CreateListener(ScratchUrl.Tcp());
        own.SetOption(OptionNames.ReceiveMaxSize, 99L);
        Assert.Equal(99, own.GetOption<long>(OptionNames.ReceiveMaxSize));
        Assert.Equal(1 << 20, other.GetOption<long>(OptionNames.ReceiveMaxSize));
        Assert.Equal(1 << 20, _socket.GetOption<long>(OptionNames.ReceiveMaxSize));
    }

    [Fact]
    public void An_endpoint_without_TLS_has_no_configuration_to_give()
    {
        Listener plain = _socket.CreateListener(ScratchUrl.Tcp());
        Assert.Equal(
            NngError.NotSupported,
            Assert.Throws<NngException>(() => plain.GetOption<TlsConfig>(OptionNames.TlsConfig)).Error);
        Assert.Equal(
            NngError.NotSupported,
            Assert.Throws<NngException>(() => _socket.GetOption<TlsConfig>(OptionNames.TlsConfig)).Error);
    }
}
