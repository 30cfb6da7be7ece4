using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class ReqSocketTests : SocketContract
{
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(Eventually.DefaultTimeoutMs);

    protected override (int Id, string Name) Protocol => (0x30, "req");

    protected override NngSocket Open(SocketOptions? options = null) => new ReqSocket(As<ReqSocketOptions>(options));

    protected override NngSocket OpenPeer() => new RepSocket();

    protected override void LetReceive(NngSocket socket, NngSocket peer, byte[] body)
    {
        var rep = (RepSocket)peer;
        ((ReqSocket)socket).Send("?"u8, s_long);
        Recv(rep);
        rep.Send(body, s_long);
    }

    [Fact]
    public async Task Every_form_of_a_request_gets_its_reply()
    {
        var req = Use(new ReqSocket());
        using var service = new Echo(req);
        byte[] body = [1, 2, 3];
        Func<Task<Message>>[] forms =
        [
            () => req.RequestAsync(new Message(body)).AsTask(),
            () => req.RequestAsync(body).AsTask(),
            () => req.RequestAsync(new ReadOnlySequence<byte>(body)).AsTask(),
            () => req.RequestAsync(body, static (writer, bytes) => writer.Write(bytes)).AsTask(),
            () => Task.FromResult(req.Request(new Message(body))),
            () => Task.FromResult(req.Request(new Message(body), s_long)),
            () => Task.FromResult(req.Request(body)),
            () => Task.FromResult(req.Request(body, Timeout.InfiniteTimeSpan)),
        ];
        foreach (Func<Task<Message>> form in forms)
        {
            using Message reply = await Eventually.Completes(form());
            Assert.Equal(body, reply.Body.ToArray());
        }
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    public async Task Thousands_of_requests_at_once_each_get_their_own_reply(string scheme)
    {
        const int Count = 3000;
        var req = Use(new ReqSocket());
        using var service = new Echo(req, scheme, workers: 4);
        Task<Message>[] requests = [.. Enumerable.Range(0, Count).Select(i => req.RequestAsync(BitConverter.GetBytes(i)).AsTask())];
        for (int i = 0; i < Count; i++)
        {
            using Message reply = await Eventually.Completes(requests[i]);
            Assert.Equal(i, BitConverter.ToInt32(reply.Body));
        }

        // The contexts are idle again, bounded, and give the next calls the same service.
        using Message again = await Eventually.Completes(req.RequestAsync(BitConverter.GetBytes(7)).AsTask());
        Assert.Equal(7, BitConverter.ToInt32(again.Body));
    }

    [Fact]
    public async Task Requests_leave_the_sockets_own_request_alone()
    {
        var req = Use(new ReqSocket());
        var rep = Use(new RepSocket());
        Marry(req, rep);
        req.Send("own"u8);
        Assert.Equal("own", Recv(rep));
        rep.Send("own reply"u8);
        Task<Message> other = req.RequestAsync("other"u8.ToArray()).AsTask();
        Assert.Equal("other", Recv(rep));
        rep.Send("other reply"u8);
        Assert.Equal("other reply", Text(await Eventually.Completes(other)));
        Assert.Equal("own reply", Recv(req));
    }

    [Fact]
    public async Task A_cancelled_request_is_abandoned_and_its_late_reply_discarded()
    {
        var req = Use(new ReqSocket());
        RawPeer peer = Peer(req, (int)RawProtocol.Rep);
        using var cancel = new CancellationTokenSource();
        Task<Message> canceled = req.RequestAsync("1"u8.ToArray(), cancel.Token).AsTask();
        byte[] request = peer.ReadFrame();
        cancel.Cancel();
        OperationCanceledException end =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(canceled));
        Assert.Equal(cancel.Token, end.CancellationToken);
        Task<Message> next = req.RequestAsync("2"u8.ToArray()).AsTask();
        byte[] second = peer.ReadFrame();
        Assert.NotEqual(request[..4], second[..4]);
        peer.SendFrame([.. request[..4], (byte)'x']);
        peer.SendFrame([.. second[..4], (byte)'y']);
        Assert.Equal("y", Text(await Eventually.Completes(next)));
        Assert.Equal(1, req.DroppedMessages(DropReason.Unsolicited));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await req.RequestAsync("3"u8.ToArray(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Requests_obey_the_timeouts_that_the_socket_has_now()
    {
        var req = Use(new ReqSocket());
        var rep = Use(new RepSocket());
        Marry(req, rep);
        Task<Message> first = req.RequestAsync("1"u8.ToArray()).AsTask();
        Recv(rep);
        rep.Send("a"u8);
        (await Eventually.Completes(first)).Dispose();
        // The idle context was opened with infinite timeouts and another resend time.
        req.ReceiveTimeout = TimeSpan.FromMilliseconds(1);
        req.SetOption(OptionNames.ReqResendTime, TimeSpan.Zero);
        NngException late = await Assert.ThrowsAsync<NngException>(async () => await req.RequestAsync("2"u8.ToArray()));
        Assert.Equal(NngError.TimedOut, late.Error);
        Assert.Contains("receiving", late.Message);
        Assert.Contains("'recv-timeout', now 1 ms", late.Message);
        Recv(rep);
        req.ReceiveTimeout = Timeout.InfiniteTimeSpan;
        Task<Message> lost = req.RequestAsync("3"u8.ToArray()).AsTask();
        Recv(rep);
        rep.Dispose();
        Assert.Equal(NngError.ConnectionReset, (await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(lost))).Error);
    }

    [Fact]
    public void A_blocking_request_has_one_time_for_both_halves()
    {
        var req = Use(new ReqSocket());
        NngException failure = Assert.Throws<NngException>(() => req.Request("1"u8, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(NngError.TimedOut, failure.Error);
        Assert.Contains("sending", failure.Message);
        var rep = Use(new RepSocket());
        Marry(req, rep);
        failure = Assert.Throws<NngException>(() => req.Request("2"u8, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(NngError.TimedOut, failure.Error);
        Assert.Contains("receiving", failure.Message);
        Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(() => req.Request("3"u8, TimeSpan.FromSeconds(-5))).ParamName);
        req.Dispose();
        Assert.Equal(NngError.Closed, Assert.Throws<NngException>(() => req.Request("4"u8)).Error);
    }

    [Fact]
    public async Task Closing_ends_all_requests()
    {
        var req = new ReqSocket();
        Marry(req, Use(new RepSocket()));
        Task<Message>[] requests = [.. Enumerable.Range(0, 100).Select(_ => req.RequestAsync(new byte[1]).AsTask())];
        await req.DisposeAsync();
        foreach (Task<Message> request in requests)
            Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(request))).Error);
        Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(async () => await req.RequestAsync(new byte[1]))).Error);
    }

    [Fact]
    public void Resending_is_set_at_creation()
    {
        var req = Use(new ReqSocket(new ReqSocketOptions
        {
            ResendTime = TimeSpan.FromMilliseconds(20),
            ResendTick = TimeSpan.FromMilliseconds(1),
        }));
        RawPeer peer = Peer(req, (int)RawProtocol.Rep);
        req.Send("q"u8);
        Assert.Equal(peer.ReadFrame(), peer.ReadFrame());
    }

    /// <summary>A service of several workers that answers with what it was asked.</summary>
    private sealed class Echo : IDisposable
    {
        private readonly RepSocket _rep = new();
        private readonly List<Task> _workers = [];

        public Echo(ReqSocket client, string scheme = "inproc", int workers = 1)
        {
            client.Dial(_rep.Listen(ScratchUrl.For(scheme)).Url);
            for (int i = 0; i < workers; i++)
                _workers.Add(ServeAsync(_rep.OpenContext()));
        }

        public void Dispose()
        {
            _rep.Dispose();
            Task.WaitAll([.. _workers], Eventually.DefaultTimeoutMs);
        }

        private static async Task ServeAsync(NngContext worker)
        {
            await foreach (Message request in worker.ReceiveAllAsync())
            {
                try
                {
                    await worker.SendAsync(request);
                }
                catch (NngException closed) when (closed.Error == NngError.Closed)
                {
                    request.Dispose();
                }
            }
        }
    }
}
