using System;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class SubscriptionContextTests : Scenario
{
    public static TheoryData<string> ReceiveForms { get; } = [.. MessageForms.Receives.Keys];

    [Theory]
    [MemberData(nameof(ReceiveForms))]
    public async Task It_receives_in_every_form(string form)
    {
        var pub = Use(new PubSocket());
        var sub = Use(new SubSocket());
        Marry(pub, sub);
        await using SubscriptionContext context = sub.OpenContext();
        context.Subscribe([1]);
        pub.Send([1, 2]);
        Assert.Equal([1, 2], await Eventually.Completes(MessageForms.Receives[form](context), form));
    }

    [Fact]
    public void Topics_are_its_own()
    {
        var pub = Use(new PubSocket());
        var sub = Use(new SubSocket());
        Marry(pub, sub);
        using SubscriptionContext one = sub.OpenContext();
        using SubscriptionContext two = sub.OpenContext();
        Assert.NotEqual(one.Id, two.Id);
        one.Subscribe("a");
        two.Subscribe("b"u8);
        pub.Send("a1"u8);
        pub.Send("b1"u8);
        Assert.Equal("a1", Recv(one));
        Assert.Equal("b1", Recv(two));
        Assert.Null(Got(sub));
        one.Unsubscribe("a"u8);
        Assert.Equal(NngError.NotFound, Assert.Throws<NngException>(() => one.Unsubscribe("a")).Error);
        Assert.Equal(NngError.BadType, Assert.Throws<NngException>(() => one.SetOption(OptionNames.SubPreferNew, 1)).Error);
    }

    [Fact]
    public void Its_timeout_is_its_own()
    {
        var sub = Use(new SubSocket());
        using SubscriptionContext context = sub.OpenContext();
        context.ReceiveTimeout = TimeSpan.Zero;
        Assert.Equal(NngError.TimedOut, Assert.Throws<NngException>(() => context.Receive()).Error);
        Assert.Equal(TimeSpan.Zero, context.GetOption<TimeSpan>(OptionNames.ReceiveTimeout));
        Assert.NotEqual(TimeSpan.Zero, sub.ReceiveTimeout);
        context.Dispose();
        Assert.Equal(NngError.Closed, Assert.Throws<NngException>(() => context.Subscribe("x")).Error);
    }
}
