using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>The operations of a dialer, whatever makes the connection.</summary>
public sealed class StreamDialerTests
{
    [Fact]
    public void B_11_Close_ends_every_dial_under_way_and_every_later_one()
    {
        var dialer = new StubDialer(new TaskCompletionSource<NngError>().Task);
        Aio[] dials = [.. Enumerable.Range(0, 3).Select(_ => StreamWait.Begun(dialer.Dial))];
        dialer.Close();
        dialer.Close();
        Assert.All(dials, dial => Assert.Equal(NngError.Closed, StreamWait.ResultOf(dial)));
        Assert.All(dialer.Tokens, token => Assert.True(token.IsCancellationRequested));
        Assert.Equal(NngError.Closed, StreamWait.DialError(dialer));
        Assert.Equal(3, dialer.Tokens.Count);
    }

    [Fact]
    public void An_abort_ends_the_dial_at_once_and_cancels_the_attempt()
    {
        var dialer = new StubDialer(new TaskCompletionSource<NngError>().Task);
        Aio dial = StreamWait.Begun(dialer.Dial);
        dial.Abort(NngError.Ambiguous);
        Assert.Equal(NngError.Ambiguous, StreamWait.ResultOf(dial));
        Assert.True(Assert.Single(dialer.Tokens).IsCancellationRequested);
    }

    [Fact]
    public void A_stream_that_comes_too_late_is_closed()
    {
        var held = new TaskCompletionSource<NngError>();
        var dialer = new StubDialer(held.Task);
        Aio dial = StreamWait.Begun(dialer.Dial);
        dial.Abort(NngError.Canceled);
        held.SetResult(NngError.None);
        Eventually.True(() => dialer.Streams is [{ Socket.SafeHandle.IsClosed: true }], "the stream is closed");
        Assert.Null(dial.GetOutput(0));
    }

    [Fact]
    public async Task Close_leaves_alone_what_the_owner_of_a_dial_does_next()
    {
        // On the pool, where continuations run at once.
        await Task.Run(() =>
        {
            TaskCompletionSource<NngError>[] held = [new(), new()];
            var dialer = new StubDialer(held[0].Task);
            Aio? next = null;
            for (int i = 0; i < 2; i++)
            {
                TaskCompletionSource<NngError> other = held[1 - i];
                dialer.Outcome = held[i].Task;
                dialer.Dial(new Aio(
                    aio =>
                    {
                        if (next is not null)
                            return;
                        // The first one to be closed lets the other one connect: it has ended when its turn comes.
                        if (aio.Result == NngError.Closed)
                        {
                            other.SetResult(NngError.None);
                            return;
                        }

                        next = aio;
                        aio.Begin();
                        aio.Defer((a, _, reason) => a.Finish(reason), null);
                    },
                    inline: true));
            }

            dialer.Close();
            Assert.True(next!.IsBusy);
            next.Cancel();
            Assert.Equal(NngError.Canceled, next.Result);
        });
    }

    [Theory]
    [InlineData(typeof(OperationCanceledException), NngError.Canceled)]
    [InlineData(typeof(ObjectDisposedException), NngError.Closed)]
    [InlineData(typeof(OutOfMemoryException), NngError.OutOfMemory)]
    [InlineData(typeof(InvalidOperationException), NngError.Internal)]
    public void What_the_systems_api_throws_is_an_error_of_the_dial(Type thrown, NngError expected)
    {
        var failure = (Exception)Activator.CreateInstance(thrown, "unexpected")!;
        Assert.Equal(expected, StreamWait.DialError(new StubDialer(Task.FromException<NngError>(failure))));
        var socketFailure = new SocketException((int)SocketError.TooManyOpenSockets);
        Assert.Equal(
            NngError.OutOfFiles, StreamWait.DialError(new StubDialer(Task.FromException<NngError>(socketFailure))));
        var engineFailure = new NngException(NngError.OutOfFiles);
        Assert.Equal(
            NngError.OutOfFiles, StreamWait.DialError(new StubDialer(Task.FromException<NngError>(engineFailure))));
    }

    /// <summary>Its connections are made when a task says so, or fail as it does.</summary>
    private sealed class StubDialer(Task<NngError> outcome) : StreamDialer
    {
        /// <summary>Of the dials that begin from now on.</summary>
        public Task<NngError> Outcome { get; set; } = outcome;

        public List<CancellationToken> Tokens { get; } = [];

        public List<NngStream> Streams { get; } = [];

        public override NngError GetOption(string name, out OptionValue value) => throw new NotSupportedException();

        public override NngError SetOption(string name, OptionValue value) => throw new NotSupportedException();

        public override NngStream CreateStream(IoChannel channel) => throw new NotSupportedException();

        protected override async ValueTask<(NngError Error, NngStream? Stream)> ConnectAsync(CancellationToken token)
        {
            Tokens.Add(token);
            NngError error = await Outcome;
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var stream = new NngStream(
                new PortableEngine().CreateChannel(socket, connected: false),
                NngAddress.Unspecified,
                NngAddress.Unspecified,
                new OptionTable<NngStream>());
            Streams.Add(stream);
            return (error, stream);
        }
    }
}
