using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

/// <summary>
/// What every socket class owes a user, written once: all forms of all calls, options at creation, the closed socket.
/// </summary>
public abstract class SocketContract : Scenario
{
    /// <summary>A socket of the class, with its own options object if it has one.</summary>
    protected abstract NngSocket Open(SocketOptions? options = null);

    /// <summary>The options in the object of the class.</summary>
    protected static T As<T>(SocketOptions? options)
        where T : SocketOptions, new()
    {
        options ??= new SocketOptions();
        return new T
        {
            Name = options.Name,
            SendTimeout = options.SendTimeout,
            ReceiveTimeout = options.ReceiveTimeout,
            SendBuffer = options.SendBuffer,
            ReceiveBuffer = options.ReceiveBuffer,
            ReceiveMaxSize = options.ReceiveMaxSize,
            ReconnectTimeMin = options.ReconnectTimeMin,
            ReconnectTimeMax = options.ReconnectTimeMax,
            TcpNoDelay = options.TcpNoDelay,
            TcpKeepAlive = options.TcpKeepAlive,
            IpcPermissions = options.IpcPermissions,
        };
    }

    /// <summary>A socket that it exchanges with.</summary>
    protected abstract NngSocket OpenPeer();

    /// <summary>Number and name of the protocol.</summary>
    protected abstract (int Id, string Name) Protocol { get; }

    /// <summary>Makes a send legal where it needs something to answer.</summary>
    protected virtual void BeforeSend(NngSocket socket, NngSocket peer)
    {
    }

    /// <summary>The peer's body on its way to the socket.</summary>
    protected virtual void LetReceive(NngSocket socket, NngSocket peer, byte[] body) =>
        ((IMessageSender)peer).Send(body, TimeSpan.FromSeconds(10));

    public static IEnumerable<object[]> SendForms() => MessageForms.Sends.Keys.Select(form => new object[] { form });

    public static IEnumerable<object[]> ReceiveForms() => MessageForms.Receives.Keys.Select(form => new object[] { form });

    [Theory]
    [MemberData(nameof(SendForms))]
    public async Task Every_form_of_sending_arrives(string form)
    {
        (NngSocket socket, NngSocket peer) = Couple();
        if (socket is not IMessageSender sender)
        {
            // What it cannot do, its type does not offer.
            Assert.Equal(NngError.NotSupported, socket.Channel.TrySend(Msg("'x'")));
            return;
        }

        foreach (byte[] body in Bodies())
        {
            BeforeSend(socket, peer);
            await Eventually.Completes(MessageForms.Sends[form](sender, body), form);
            using Message got = ((IMessageReceiver)peer).Receive(TimeSpan.FromSeconds(10));
            Assert.Equal(body, got.Body.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(ReceiveForms))]
    public async Task Every_form_of_receiving_delivers(string form)
    {
        (NngSocket socket, NngSocket peer) = Couple();
        if (socket is not IMessageReceiver receiver)
        {
            Assert.Equal(NngError.NotSupported, PollReceive(socket));
            return;
        }

        foreach (byte[] body in Bodies())
        {
            LetReceive(socket, peer, body);
            Assert.Equal(body, await Eventually.Completes(MessageForms.Receives[form](receiver), form));
        }
    }

    [Fact]
    public async Task On_a_closed_socket_every_form_says_closed()
    {
        NngSocket socket = Open();
        await socket.DisposeAsync();
        if (socket is IMessageSender sender)
        {
            foreach (Func<IMessageSender, byte[], Task> send in MessageForms.Sends.Values)
                await FailsClosed(() => send(sender, [1]));
        }

        if (socket is not IMessageReceiver receiver)
            return;
        foreach ((string form, Func<IMessageReceiver, Task<byte[]>> receive) in MessageForms.Receives)
        {
            if (form == "enumeration")
                await Assert.ThrowsAsync<InvalidOperationException>(() => receive(receiver));
            else
                await FailsClosed(() => receive(receiver));
        }
    }

    [Fact]
    public void Identity_is_that_of_the_protocol()
    {
        NngSocket socket = Use(Open());
        Assert.Equal(Protocol, (socket.ProtocolId, socket.ProtocolName));
        NngSocket peer = Use(OpenPeer());
        Assert.Equal((peer.ProtocolId, peer.ProtocolName), (socket.PeerId, socket.PeerName));
        Assert.NotEqual(socket.Id, peer.Id);
        Assert.Equal(socket.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), socket.Name);
    }

    [Fact]
    public void Options_given_at_creation_are_in_force()
    {
        NngSocket socket = Use(Open(new SocketOptions
        {
            Name = "a name",
            SendTimeout = TimeSpan.FromMilliseconds(1),
            ReceiveTimeout = TimeSpan.FromMilliseconds(2),
            SendBuffer = 3,
            ReceiveBuffer = 4,
            ReceiveMaxSize = 5,
            ReconnectTimeMin = TimeSpan.FromMilliseconds(6),
            ReconnectTimeMax = TimeSpan.FromMilliseconds(7),
            TcpNoDelay = false,
            TcpKeepAlive = true,
            IpcPermissions = System.IO.UnixFileMode.UserRead | System.IO.UnixFileMode.UserWrite,
        }));
        Assert.Equal("a name", socket.Name);
        Assert.Equal(TimeSpan.FromMilliseconds(1), socket.SendTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(2), socket.ReceiveTimeout);
        Assert.Equal(3, socket.GetOption<int>(OptionNames.SendBuffer));
        Assert.Equal(4, socket.GetOption<int>(OptionNames.ReceiveBuffer));
        Assert.Equal(5, socket.GetOption<long>(OptionNames.ReceiveMaxSize));
        Assert.Equal(TimeSpan.FromMilliseconds(6), socket.GetOption<TimeSpan>(OptionNames.ReconnectTimeMin));
        Assert.Equal(TimeSpan.FromMilliseconds(7), socket.GetOption<TimeSpan>(OptionNames.ReconnectTimeMax));
        Assert.False(socket.GetOption<bool>(OptionNames.TcpNoDelay));
        Assert.True(socket.GetOption<bool>(OptionNames.TcpKeepAlive));
        Assert.Equal(0x180, socket.GetOption<int>(OptionNames.IpcPermissions));
    }

    [Fact]
    public void The_receive_limit_is_one_mebibyte_unless_set() =>
        Assert.Equal(1L << 20, Use(Open()).GetOption<long>(OptionNames.ReceiveMaxSize));

    [Fact]
    public void A_bad_option_at_creation_is_named()
    {
        NngException failure = Assert.Throws<NngException>(() => Open(new SocketOptions { Name = new string('n', 64) }));
        Assert.Equal(NngError.InvalidArgument, failure.Error);
        Assert.Contains("'socket-name'", failure.Message);
    }

    [Fact]
    public async Task A_cancelled_receive_leaves_the_message_for_the_next()
    {
        (NngSocket socket, NngSocket peer) = Couple();
        if (socket is not IMessageReceiver receiver)
            return;
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        LetReceive(socket, peer, [7]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await receiver.ReceiveAsync(cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Message message in receiver.ReceiveAllAsync(cancel.Token))
                message.Dispose();
        });
        using Message got = receiver.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal([7], got.Body.ToArray());
    }

    [Fact]
    public async Task Await_using_closes_it()
    {
        NngSocket socket = Open();
        await using (socket)
            Assert.Equal(NngError.None, GetError(socket, OptionNames.SocketName));
        Assert.Equal(NngError.Closed, GetError(socket, OptionNames.SocketName));
        Assert.Null(NngStatistics.Snapshot().FindSocket(socket.Id));
    }

    private static IEnumerable<byte[]> Bodies() => [[], [1], Encoding.ASCII.GetBytes(new string('x', 70_000))];

    private (NngSocket Socket, NngSocket Peer) Couple()
    {
        NngSocket socket = Use(Open());
        NngSocket peer = Use(OpenPeer());
        Marry(socket, peer);
        return (socket, peer);
    }

    private static async Task FailsClosed(Func<Task> call) =>
        Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(call)).Error);
}
