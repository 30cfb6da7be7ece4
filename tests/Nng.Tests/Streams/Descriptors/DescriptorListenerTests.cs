using System;
using System.Net.Sockets;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Connections handed in by descriptor do all that a stream must do.</summary>
public sealed class DescriptorStreamTests : StreamConformance
{
    protected override async Task<(NngStream A, NngStream B)> PairAsync()
    {
        using var listener = new NngStreamListener("socket://");
        (int first, int second) = SocketPair.Create();
        listener.SetOption(OptionNames.SocketDescriptor, first);
        listener.Listen();
        listener.SetOption(OptionNames.SocketDescriptor, second);
        return (await listener.AcceptAsync(), await listener.AcceptAsync());
    }
}

/// <summary>Handing descriptors in.</summary>
public sealed class DescriptorListenerTests : IDisposable
{
    private readonly NngStreamListener _listener = new("socket://");

    public void Dispose() => _listener.Close();

    [Fact]
    public async Task S4_Descriptors_are_accepted_in_order_whenever_they_came()
    {
        (int first, int other1) = SocketPair.Create();
        (int second, int other2) = SocketPair.Create();
        using var peer1 = new Socket(new SafeSocketHandle(other1, ownsHandle: true));
        using var peer2 = new Socket(new SafeSocketHandle(other2, ownsHandle: true));
        _listener.SetOption(OptionNames.SocketDescriptor, first);
        _listener.Listen();
        Task<NngStream> one = _listener.AcceptAsync().AsTask();
        Task<NngStream> two = _listener.AcceptAsync().AsTask();
        using NngStream a = await Eventually.Completes(one);
        Assert.False(two.IsCompleted);
        _listener.SetOption(OptionNames.SocketDescriptor, second);
        using NngStream b = await Eventually.Completes(two);
        peer1.Send("1"u8);
        peer2.Send("2"u8);
        byte[] got = new byte[1];
        await a.ReadExactlyAsync(got);
        Assert.Equal("1"u8.ToArray(), got);
        await b.ReadExactlyAsync(got);
        Assert.Equal("2"u8.ToArray(), got);
    }

    [Fact]
    public async Task S6_There_are_no_addresses_but_the_peer_of_a_unix_socket_is_known()
    {
        (int first, int second) = SocketPair.Create();
        using var peer = new Socket(new SafeSocketHandle(second, ownsHandle: true));
        _listener.SetOption(OptionNames.SocketDescriptor, first);
        _listener.Listen();
        using NngStream stream = await _listener.AcceptAsync();
        Assert.Equal(AddressKind.Unspecified, stream.GetOption<NngAddress>(OptionNames.LocalAddress).Kind);
        Assert.Equal(AddressKind.Unspecified, stream.GetOption<NngAddress>(OptionNames.RemoteAddress).Kind);
        Assert.Equal((ulong)Environment.ProcessId, stream.GetOption<ulong>(OptionNames.IpcPeerPid));
        Assert.Equal(NngError.NotSupported, stream.GetOption(OptionNames.TcpNoDelay, out _));
    }

    [Fact]
    public async Task Tcp_connections_can_be_handed_in_too()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        using RawPeer dialed = RawPeer.Dial(listener.Url);
        Socket accepted = listener.Accept().Socket;
        _listener.SetOption(OptionNames.SocketDescriptor, (int)accepted.Handle);
        accepted.SafeHandle.SetHandleAsInvalid();
        _listener.Listen();
        using NngStream stream = await _listener.AcceptAsync();
        await stream.WriteAsync("hi"u8.ToArray());
        Assert.Equal("hi"u8.ToArray(), dialed.Read(2));
        Assert.Equal(NngError.NotSupported, stream.GetOption(OptionNames.IpcPeerPid, out _));
    }

    [Fact]
    public void CS77_The_seventeenth_finds_no_room_and_stays_the_callers()
    {
        using var others = new HandleBag();
        for (int i = 0; i < 16; i++)
            Assert.Equal(NngError.None, Hand(others.Pair()));
        int extra = others.Pair();
        Assert.Equal(NngError.OutOfSpace, Hand(extra));
        using var mine = new Socket(new SafeSocketHandle(extra, ownsHandle: true));
        Assert.Equal(0, mine.Available);
    }

    [Fact]
    public void S4_Descriptors_that_wait_are_closed_with_the_listener()
    {
        (int first, int second) = SocketPair.Create();
        using var peer = new Socket(new SafeSocketHandle(second, ownsHandle: true));
        _listener.SetOption(OptionNames.SocketDescriptor, first);
        _listener.Close();
        Assert.Equal(0, peer.Receive(new byte[1]));
        using var others = new HandleBag();
        int late = others.Pair();
        Assert.Equal(NngError.Closed, Hand(late));
        new SafeSocketHandle(late, ownsHandle: true).Dispose();
    }

    [Fact]
    public void CS78_The_option_is_write_only_typed_and_takes_only_connected_sockets()
    {
        Assert.Equal(NngError.WriteOnly, _listener.GetOption(OptionNames.SocketDescriptor, out _));
        Assert.Equal(NngError.BadType, _listener.SetOption(OptionNames.SocketDescriptor, OptionValue.Boolean(true)));
        Assert.Equal(NngError.InvalidArgument, Hand(-1));
        Assert.Equal(NngError.InvalidArgument, Hand(1_000_000));
        using var file = System.IO.File.OpenRead(typeof(DescriptorListenerTests).Assembly.Location);
        Assert.Equal(NngError.InvalidArgument, Hand((int)file.SafeFileHandle.DangerousGetHandle()));
        using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Assert.Equal(NngError.InvalidArgument, Hand((int)datagrams.Handle));
        Assert.True(file.CanRead);
    }

    [Fact]
    public void CS78_There_is_nothing_to_dial_and_nothing_may_follow_the_slashes()
    {
        Assert.Equal(NngError.NotSupported, Assert.Throws<NngException>(() => new NngStreamDialer("socket://")).Error);
        foreach (string url in (string[])["socket://x", "socket:///", "socket://:1", "socket://?q"])
        {
            NngException refusal = Assert.Throws<NngException>(() => new NngStreamListener(url));
            Assert.Equal(NngError.AddressInvalid, refusal.Error);
        }
    }

    private NngError Hand(int descriptor) =>
        _listener.SetOption(OptionNames.SocketDescriptor, OptionValue.Int32(descriptor));

    /// <summary>Keeps the other ends of pairs.</summary>
    private sealed class HandleBag : IDisposable
    {
        private readonly System.Collections.Generic.List<SafeSocketHandle> _handles = [];

        public int Pair()
        {
            (int first, int second) = SocketPair.Create();
            _handles.Add(new SafeSocketHandle(second, ownsHandle: true));
            return first;
        }

        public void Dispose() => _handles.ForEach(handle => handle.Dispose());
    }
}
