using System;
using Nng.Sp.Protocols;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Sub;

public sealed class SubContextTests : Scenario
{
    [Fact]
    public void It_is_deaf_until_a_topic_is_subscribed_and_again_after_the_last()
    {
        var sub = Use(new SubSocket());
        using SubscriptionContext context = sub.OpenContext();
        SubContext inner = (SubContext)context.Inner.Inner;
        Assert.True(inner.IsDeaf);
        context.Subscribe("a");
        Assert.False(inner.IsDeaf);
        Assert.True(sub.Inner.Protocol.IsDeaf);
        context.Unsubscribe("a");
        Assert.True(inner.IsDeaf);
        sub.Subscribe("");
        Assert.False(sub.Inner.Protocol.IsDeaf);
    }

    [Fact]
    public void Its_options_are_its_own()
    {
        var sub = Use(new SubSocket());
        using SubscriptionContext context = sub.OpenContext();
        context.SetOption(OptionNames.ReceiveBuffer, 3);
        context.SetOption(OptionNames.SubPreferNew, false);
        context.ReceiveTimeout = TimeSpan.FromSeconds(3);
        Assert.Equal(3, context.GetOption<int>(OptionNames.ReceiveBuffer));
        Assert.False(context.GetOption<bool>(OptionNames.SubPreferNew));
        Assert.Equal(128, sub.GetOption<int>(OptionNames.ReceiveBuffer));
        Assert.True(sub.GetOption<bool>(OptionNames.SubPreferNew));
        Assert.Equal(NngError.NotSupported, context.Inner.Inner.TrySend(Msg("'x'")));
    }

    [Fact]
    public void A_smaller_buffer_keeps_what_the_preference_says()
    {
        var pub = Use(new PubSocket());
        var sub = Use(new SubSocket());
        using SubscriptionContext newest = Filled(sub, preferNew: true);
        using SubscriptionContext oldest = Filled(sub, preferNew: false);
        Marry(pub, sub);
        foreach (string text in (string[])["'1'", "'2'", "'3'"])
            Send(pub, text);
        newest.SetOption(OptionNames.ReceiveBuffer, 1);
        oldest.SetOption(OptionNames.ReceiveBuffer, 1);
        Assert.Equal("3", Recv(newest));
        Assert.Equal("1", Recv(oldest));
        Assert.Equal(4, sub.DroppedMessages(DropReason.Discarded));
    }

    private static SubscriptionContext Filled(SubSocket sub, bool preferNew)
    {
        SubscriptionContext context = sub.OpenContext();
        context.SetOption(OptionNames.SubPreferNew, preferNew);
        context.Subscribe("");
        return context;
    }
}
