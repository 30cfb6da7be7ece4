using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sockets;

/// <summary>Accepting byte streams by URL.</summary>
public sealed class NngStreamListenerTests
{
    [Fact]
    public async Task B12_Accept_and_listen_have_their_time()
    {
        using var listener = new NngStreamListener(ScratchUrl.TcpPortZero());
        Assert.Equal(NngAddress.Unspecified, listener.LocalAddress);
        Assert.Equal("tcp://127.0.0.1:0", listener.Url);
        Assert.Equal(NngError.IncorrectState, (await Failure(listener.AcceptAsync())).Error);
        Assert.Equal(
            NngError.IncorrectState,
            Assert.Throws<NngException>(() => listener.GetOption<int>(OptionNames.TcpBoundPort)).Error);
        listener.Listen();
        Assert.Equal(NngError.IncorrectState, Assert.Throws<NngException>(listener.Listen).Error);
        Assert.Equal($"tcp://127.0.0.1:{listener.LocalAddress.Port}", listener.Url);
        Assert.Equal(listener.Url, listener.GetOption<string>(OptionNames.Url));
        Assert.Equal(listener.LocalAddress.Port, listener.GetOption<int>(OptionNames.TcpBoundPort));
        using var second = new NngStreamListener(listener.Url);
        Assert.Equal(NngError.AddressInUse, Assert.Throws<NngException>(second.Listen).Error);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("abstract")]
    public async Task B13_Accepts_are_served_in_order(string scheme)
    {
        using var listener = new NngStreamListener(ScratchUrl.For(scheme));
        listener.Listen();
        List<Task<NngStream>> accepts = [.. Enumerable.Range(0, 3).Select(_ => listener.AcceptAsync().AsTask())];
        using var dialer = new NngStreamDialer(listener.Url);
        for (byte i = 0; i < 3; i++)
        {
            using NngStream stream = await Eventually.Completes(dialer.DialAsync().AsTask());
            await stream.WriteAsync((byte[])[i]);
            using NngStream accepted = await Eventually.Completes(accepts[i]);
            byte[] got = new byte[1];
            await Eventually.Completes(accepted.ReadExactlyAsync(got).AsTask());
            Assert.Equal(i, got[0]);
        }
    }

    [Fact]
    public async Task B11_Closing_ends_pending_accepts_and_is_idempotent()
    {
        var listener = new NngStreamListener(ScratchUrl.TcpPortZero());
        listener.Listen();
        Task<NngStream> accept = listener.AcceptAsync().AsTask();
        listener.Close();
        listener.Dispose();
        Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(() => accept)).Error);
        Assert.Equal(NngError.Closed, (await Failure(listener.AcceptAsync())).Error);
        Assert.Equal(NngError.Closed, Assert.Throws<NngException>(listener.Listen).Error);
    }

    [Fact]
    public async Task An_accept_given_up_loses_no_connection()
    {
        using var listener = new NngStreamListener(ScratchUrl.TcpPortZero());
        listener.Listen();
        using var cancel = new CancellationTokenSource();
        Task<NngStream> first = listener.AcceptAsync(cancel.Token).AsTask();
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        using var dialer = new NngStreamDialer(listener.Url);
        using NngStream stream = await Eventually.Completes(dialer.DialAsync().AsTask());
        using NngStream accepted = await Eventually.Completes(listener.AcceptAsync().AsTask());
        Assert.Equal(stream.LocalAddress, accepted.RemoteAddress);
    }

    private static async Task<NngException> Failure(ValueTask<NngStream> task) =>
        await Assert.ThrowsAsync<NngException>(task.AsTask);
}
