using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class MessageChannelTests : Scenario
{
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(Eventually.DefaultTimeoutMs);

    [Fact]
    public void A_null_message_or_aio_is_named()
    {
        var push = Use(new PushSocket());
        Assert.Equal("message", Assert.Throws<ArgumentNullException>(() => push.Send((Message)null!)).ParamName);
        Assert.Equal("aio", Assert.Throws<ArgumentNullException>(() => push.Send((Aio)null!)).ParamName);
        Assert.Equal("aio", Assert.Throws<ArgumentNullException>(() => Use(new PullSocket()).Receive((Aio)null!)).ParamName);
    }

    [Fact]
    public void A_timeout_names_the_socket_its_peers_and_its_queues()
    {
        var push = Use(new PushSocket(new SocketOptions { SendBuffer = 2 }));
        push.Send("1"u8);
        push.Send("2"u8);
        NngException failure = Assert.Throws<NngException>(() => push.Send(Msg("'3'"), TimeSpan.FromMilliseconds(1)));
        Assert.Equal(NngError.TimedOut, failure.Error);
        Assert.Contains($"push socket {push.Id}", failure.Message);
        Assert.Contains("0 peers", failure.Message);
        Assert.Contains("2 messages unsent", failure.Message);
    }

    [Fact]
    public async Task A_timeout_of_a_context_names_the_context()
    {
        var req = Use(new ReqSocket());
        using NngContext context = req.OpenContext();
        context.SendTimeout = TimeSpan.FromMilliseconds(1);
        NngException failure = await Assert.ThrowsAsync<NngException>(async () => await context.SendAsync(Msg("'1'")));
        Assert.Equal(NngError.TimedOut, failure.Error);
        Assert.Contains($"context {context.Id} of req socket {req.Id}", failure.Message);
    }

    [Fact]
    public void A_blocked_send_goes_on_when_a_peer_comes_and_a_blocked_receive_when_a_message_comes()
    {
        var push = Use(new PushSocket());
        var pull = Use(new PullSocket());
        Task sending = Blocked(() => push.Send(Msg("'1'"), s_long));
        Task<string> receiving = Blocked(() => Text(pull.Receive(s_long)));
        Assert.False(sending.IsCompleted);
        Marry(push, pull);
        Assert.True(sending.Wait(s_long));
        Assert.True(receiving.Wait(s_long));
        Assert.Equal("1", receiving.Result);
    }

    [Fact]
    public void The_timeout_of_the_call_stands_in_for_that_of_the_socket()
    {
        var pull = Use(new PullSocket { ReceiveTimeout = TimeSpan.Zero });
        var push = Use(new PushSocket());
        Task<string> receiving = Blocked(() => Text(pull.Receive(Timeout.InfiniteTimeSpan)));
        Marry(push, pull);
        push.Send("1"u8);
        Assert.True(receiving.Wait(s_long));
        Assert.Equal(NngError.TimedOut, Assert.Throws<NngException>(() => pull.Receive()).Error);
    }

    [Fact]
    public void Closing_ends_blocked_calls()
    {
        var push = new PushSocket();
        var pull = new PullSocket();
        Message message = Msg("'1'");
        Task<NngError> sending = Blocked(() => ErrorOf(() => push.Send(message)));
        Task<NngError> receiving = Blocked(() => ErrorOf(() => pull.Receive()));
        push.Dispose();
        pull.Dispose();
        Assert.True(sending.Wait(s_long));
        Assert.True(receiving.Wait(s_long));
        Assert.Equal((NngError.Closed, NngError.Closed), (sending.Result, receiving.Result));
        Assert.Equal("1", Text(message));
    }

    [Fact]
    public async Task A_cancelled_send_leaves_the_message_with_the_caller()
    {
        var push = Use(new PushSocket());
        using var cancel = new CancellationTokenSource();
        Message message = Msg("'1'");
        Task sending = push.SendAsync(message, cancel.Token).AsTask();
        Assert.False(sending.IsCompleted);
        cancel.Cancel();
        OperationCanceledException canceled =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(sending));
        Assert.Equal(cancel.Token, canceled.CancellationToken);
        Assert.True(sending.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await push.SendAsync(message, cancel.Token));

        var pull = Use(new PullSocket());
        Marry(push, pull);
        push.Send(message);
        Assert.Equal("1", Recv(pull));
        Assert.Null(Got(pull));
    }

    [Fact]
    public async Task A_token_cancelled_before_the_call_takes_no_message()
    {
        var pull = Use(new PullSocket());
        var push = Use(new PushSocket());
        Marry(push, pull);
        push.Send("1"u8);
        Task<Message> receiving = pull.ReceiveAsync(new CancellationToken(canceled: true)).AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        Assert.Equal("1", Recv(pull));
    }

    [Fact]
    public async Task Receives_that_race_with_their_cancellation_lose_no_message()
    {
        const int Count = 3000;
        var pull = Use(new PullSocket());
        var push = Use(new PushSocket());
        Marry(push, pull);
        Task sending = Blocked(() =>
        {
            for (int i = 0; i < Count; i++)
                push.Send(BitConverter.GetBytes(i));
        });
        var got = new List<int>();
        while (got.Count < Count)
        {
            using var cancel = new CancellationTokenSource();
            Task<Message> receiving = pull.ReceiveAsync(cancel.Token).AsTask();
            Task canceling = got.Count % 2 == 0 ? Task.Run(cancel.Cancel) : Task.CompletedTask;
            try
            {
                using Message message = await Eventually.Completes(receiving);
                got.Add(BitConverter.ToInt32(message.Body));
            }
            catch (OperationCanceledException)
            {
                // The cancellation won: the message must come with a later receive.
            }

            await canceling;
        }

        await Eventually.Completes(sending);
        for (int i = 0; i < Count; i++)
            Assert.Equal(i, got[i]);
        Assert.Null(Got(pull));
        Assert.Equal(Count, pull.ReceivedMessages);
    }

    [Fact]
    public async Task Closing_ends_awaited_calls()
    {
        var pull = new PullSocket();
        Task<Message> receiving = pull.ReceiveAsync().AsTask();
        await pull.DisposeAsync();
        NngException failure = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(receiving));
        Assert.Equal(NngError.Closed, failure.Error);
        Assert.Contains($"pull socket {pull.Id}", failure.Message);
        Assert.Equal(NngError.Closed, ErrorOf(() => pull.Receive()));
    }

    [Fact]
    public void An_aio_takes_the_timeout_of_the_socket_or_its_own()
    {
        var pull = Use(new PullSocket { ReceiveTimeout = TimeSpan.Zero });
        Assert.Equal(NngError.TimedOut, Outcome(ReceiveAio(pull.Channel, Aio.DefaultTimeout)));
        Aio patient = ReceiveAio(pull.Channel);
        Assert.True(patient.IsBusy);
        patient.Cancel();
        Assert.Equal(NngError.Canceled, Outcome(patient));
    }

    [Fact]
    public void Every_outcome_of_an_aio_goes_through_the_aio()
    {
        var push = new PushSocket();
        var empty = new Aio();
        push.Send(empty);
        Assert.Equal(NngError.InvalidArgument, Outcome(empty));
        var pull = Use(new PullSocket());
        Assert.Equal(NngError.NotSupported, Outcome(SendAio(pull.Channel, Msg("'1'"))));
        Assert.Equal(NngError.NotSupported, Outcome(ReceiveAio(push.Channel)));
        push.Dispose();
        Aio late = SendAio(push.Channel, Msg("'1'"));
        Assert.Equal(NngError.Closed, Outcome(late));
        Assert.NotNull(late.Message);
    }

    [Fact]
    public void An_aio_is_used_again_from_its_own_callback()
    {
        var push = Use(new PushSocket());
        var pull = Use(new PullSocket());
        Marry(push, pull);
        var got = new List<string>();
        using var done = new ManualResetEventSlim();
        using var aio = new Aio(received =>
        {
            got.Add(Text(received.Message!));
            if (got.Count == 3)
                done.Set();
            else
                pull.Receive(received);
        });
        pull.Receive(aio);
        foreach (string text in (string[])["1", "2", "3"])
            Send(push, $"'{text}'");
        Assert.True(done.Wait(s_long));
        Assert.Equal(["1", "2", "3"], got);
    }

    private static NngError ErrorOf(Action call)
    {
        try
        {
            call();
            return NngError.None;
        }
        catch (NngException failure)
        {
            return failure.Error;
        }
    }

    /// <summary>Runs a blocking call on a thread of its own; returns when that thread has begun.</summary>
    private static Task<T> Blocked<T>(Func<T> call)
    {
        using var begun = new ManualResetEventSlim();
        Task<T> task = Task.Factory.StartNew(
            () =>
            {
                begun.Set();
                return call();
            },
            TaskCreationOptions.LongRunning);
        begun.Wait();
        return task;
    }

    private static Task Blocked(Action call) => Blocked(() =>
    {
        call();
        return true;
    });
}
