using System;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class NngContextTests : Scenario
{
    public static TheoryData<string> SendForms { get; } = [.. MessageForms.Sends.Keys];

    public static TheoryData<string> ReceiveForms { get; } = [.. MessageForms.Receives.Keys];

    [Theory]
    [MemberData(nameof(SendForms))]
    public async Task It_sends_in_every_form(string form)
    {
        var req = Use(new ReqSocket());
        var rep = Use(new RepSocket());
        Marry(req, rep);
        await using NngContext context = req.OpenContext();
        await Eventually.Completes(MessageForms.Sends[form](context, [1, 2]), form);
        using Message got = rep.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal([1, 2], got.Body.ToArray());
    }

    [Theory]
    [MemberData(nameof(ReceiveForms))]
    public async Task It_receives_in_every_form(string form)
    {
        var req = Use(new ReqSocket());
        var rep = Use(new RepSocket());
        Marry(req, rep);
        await using NngContext context = rep.OpenContext();
        req.Send([1, 2]);
        Assert.Equal([1, 2], await Eventually.Completes(MessageForms.Receives[form](context), form));
    }

    [Fact]
    public void Timeouts_start_as_the_sockets_and_are_its_own()
    {
        var req = Use(new ReqSocket(new ReqSocketOptions { SendTimeout = TimeSpan.FromSeconds(1) }));
        using NngContext context = req.OpenContext();
        Assert.Equal(TimeSpan.FromSeconds(1), context.SendTimeout);
        context.SendTimeout = TimeSpan.FromSeconds(2);
        context.ReceiveTimeout = TimeSpan.FromSeconds(3);
        context.SetOption(OptionNames.ReqResendTime, TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(2), context.GetOption<TimeSpan>(OptionNames.SendTimeout));
        Assert.Equal(TimeSpan.FromSeconds(3), context.ReceiveTimeout);
        Assert.Equal(TimeSpan.FromSeconds(4), context.GetOption<TimeSpan>(OptionNames.ReqResendTime));
        Assert.Equal(TimeSpan.FromSeconds(1), req.SendTimeout);
        Assert.Equal(NngError.NotSupported, Assert.Throws<NngException>(() => context.SetOption(OptionNames.MaxTtl, 3)).Error);
    }

    [Fact]
    public async Task Its_close_ends_what_it_waits_for_and_nothing_else()
    {
        var rep = Use(new RepSocket());
        NngContext context = rep.OpenContext();
        NngContext other = rep.OpenContext();
        Assert.NotEqual(context.Id, other.Id);
        Task<Message> closing = context.ReceiveAsync().AsTask();
        Task<Message> staying = other.ReceiveAsync().AsTask();
        context.Dispose();
        NngException failure = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(closing));
        Assert.Equal(NngError.Closed, failure.Error);
        Assert.Contains($"context {context.Id} of rep socket {rep.Id}", failure.Message);
        Assert.False(staying.IsCompleted);
        context.Dispose();
        rep.Dispose();
        await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(staying));
        Assert.Equal(NngError.Closed, Assert.Throws<NngException>(() => rep.OpenContext()).Error);
    }
}
