using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sockets;

/// <summary>Dialing byte streams by URL.</summary>
public sealed class NngStreamDialerTests
{
    [Theory]
    [InlineData("bogus://x", NngError.NotSupported)]
    [InlineData("inproc://x", NngError.NotSupported)]
    [InlineData("tcp://127.0.0.1", NngError.AddressInvalid)]
    [InlineData("tcp://127.0.0.1:1/path", NngError.AddressInvalid)]
    [InlineData("ipc://", NngError.AddressInvalid)]
    [InlineData("no url", NngError.InvalidArgument)]
    public void B2_Urls_without_streams_are_refused_with_their_text(string url, NngError error)
    {
        NngException failure = Assert.Throws<NngException>(() => new NngStreamDialer(url));
        Assert.Equal(error, failure.Error);
        Assert.Contains(url, failure.Message, StringComparison.Ordinal);
        Assert.Equal(error, Assert.Throws<NngException>(
            () => new NngStreamListener(url.Replace("127.0.0.1", "a;b", StringComparison.Ordinal))).Error);
    }

    [Fact]
    public void S1_Connections_handed_in_are_accepted_and_never_dialled()
    {
        Assert.Equal(NngError.NotSupported, Assert.Throws<NngException>(() => new NngStreamDialer("socket://")).Error);
        using var listener = new NngStreamListener("socket://");
        Assert.Equal("socket://", listener.Url);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("abstract")]
    public async Task A_dial_to_nobody_is_refused(string scheme)
    {
        using var dialer = new NngStreamDialer(ScratchUrl.For(scheme));
        NngException failure =
            await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(dialer.DialAsync().AsTask()));
        Assert.Equal(NngError.ConnectionRefused, failure.Error);
        Assert.Contains(dialer.Url.Raw, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task B11_Closing_ends_dials_and_leaves_streams_alone()
    {
        using var listener = new NngStreamListener(ScratchUrl.TcpPortZero());
        listener.Listen();
        var dialer = new NngStreamDialer(listener.Url);
        using NngStream stream = await Eventually.Completes(dialer.DialAsync().AsTask());
        using NngStream accepted = await Eventually.Completes(listener.AcceptAsync().AsTask());
        dialer.Close();
        dialer.Dispose();
        NngException failure =
            await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(dialer.DialAsync().AsTask()));
        Assert.Equal(NngError.Closed, failure.Error);
        listener.Close();
        await stream.WriteAsync("x"u8.ToArray());
        Assert.Equal(1, await Eventually.Completes(accepted.ReadAsync(new byte[1]).AsTask()));
    }

    [Fact]
    public async Task B11_Closing_ends_a_dial_under_way()
    {
        // A full backlog: the connect waits.
        using RawPeerListener full = RawPeerListener.On(ScratchUrl.Tcp(), backlog: 0);
        using RawPeer first = RawPeer.Dial(full.Url);
        using var dialer = new NngStreamDialer(full.Url);
        Task<NngStream>[] dials = [dialer.DialAsync().AsTask(), dialer.DialAsync().AsTask(), dialer.DialAsync().AsTask()];
        Task<NngStream> pending = dials[2];
        Assert.False(pending.IsCompleted);
        dialer.Close();
        NngException failure = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(pending));
        Assert.Equal(NngError.Closed, failure.Error);
    }

    [Fact]
    public async Task A_dial_is_cancelled_by_its_token()
    {
        using var dialer = new NngStreamDialer("tcp://127.0.0.1:1");
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialer.DialAsync(cancel.Token).AsTask());
    }

    [Fact]
    public void Options_are_read_and_set_by_name()
    {
        using var dialer = new NngStreamDialer("tcp://127.0.0.1:1");
        Assert.Equal("tcp://127.0.0.1:1", dialer.GetOption<string>(OptionNames.Url));
        Assert.True(dialer.GetOption<bool>(OptionNames.TcpNoDelay));
        dialer.SetOption(OptionNames.TcpNoDelay, false);
        Assert.False(dialer.GetOption<bool>(OptionNames.TcpNoDelay));
        Assert.Equal(NngAddress.Unspecified, dialer.GetOption<NngAddress>(OptionNames.LocalAddress));
        Assert.Equal(NngError.ReadOnly, Error(() => dialer.SetOption(OptionNames.Url, "x")));
        Assert.Equal(NngError.BadType, Error(() => dialer.SetOption(OptionNames.TcpNoDelay, new object())));
        Assert.Equal(NngError.NotSupported, Error(() => dialer.SetOption(OptionNames.RemoteAddress, true)));
        Assert.Equal(
            NngError.AddressInvalid,
            Error(() => dialer.SetOption(OptionNames.LocalAddress, NngAddress.Ipc("/x"))));
    }

    private static NngError Error(Action action) => Assert.ThrowsAny<NngException>(action).Error;
}
