using System;
using System.Linq;
using System.Text;
using Nng.Core;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Sub;

/// <summary>Scenarios S079 to S097 and S101: sub0.</summary>
public sealed class SubProtocolTests : Scenario
{
    private readonly PubSocket _pub = new();

    private SubSocket Opened(SubSocketOptions? options = null, params string[] topics)
    {
        var sub = Use(new SubSocket(options));
        foreach (string topic in topics)
            sub.Subscribe(topic);
        Marry(_pub, sub);
        return sub;
    }

    private void Publish(params string[] bodies)
    {
        foreach (string body in bodies)
            _pub.Send(Encoding.Latin1.GetBytes(body).AsSpan());
    }

    private static string[] All(NngSocket sub)
    {
        var all = new System.Collections.Generic.List<string>();
        while (Got(sub) is { } body)
            all.Add(body);
        return [.. all];
    }

    public override void Dispose()
    {
        base.Dispose();
        _pub.Dispose();
    }

    [Fact]
    public void S079_Without_topics_nothing_matches()
    {
        SubSocket sub = Opened();
        Publish("a", string.Empty);
        Assert.Empty(All(sub));
    }

    [Fact]
    public void S080_A_topic_is_a_case_sensitive_prefix()
    {
        SubSocket sub = Opened(null, "ab");
        Publish("ab", "abc", "a", "Ab", "xab", string.Empty);
        Assert.Equal(["ab", "abc"], All(sub));
    }

    [Fact]
    public void S081_The_empty_topic_matches_everything()
    {
        SubSocket sub = Opened(null, string.Empty);
        Publish(string.Empty, "x");
        Assert.Equal([string.Empty, "x"], All(sub));
    }

    [Fact]
    public void S082_Topics_are_bytes()
    {
        SubSocket sub = Opened();
        sub.Subscribe([0x00, 0xff]);
        Publish("\u0000\u00ff\u0001", "\u0000\u00fe");
        Assert.Equal(["\u0000\u00ff\u0001"], All(sub));
    }

    [Fact]
    public void S083_Topics_are_a_set()
    {
        SubSocket sub = Opened(null, "t", "t");
        sub.Unsubscribe("t");
        Publish("t1");
        Assert.Empty(All(sub));
        Assert.Equal(NngError.NotFound, Assert.Throws<NngException>(() => sub.Unsubscribe("t")).Error);
    }

    [Fact]
    public void S084_S085_Unsubscribing_is_exact()
    {
        SubSocket sub = Opened(null, "a", "ab");
        sub.Unsubscribe("ab");
        Publish("abc");
        Assert.Equal(["abc"], All(sub));
        SubSocket other = Opened(null, "ab");
        Assert.Equal(NngError.NotFound, Assert.Throws<NngException>(() => other.Unsubscribe("a")).Error);
        Assert.Equal(NngError.NotFound, Assert.Throws<NngException>(() => other.Unsubscribe("abc")).Error);
        Publish("abx");
        Assert.Equal(["abx"], All(other));
    }

    [Fact]
    public void S086_S087_Unsubscribing_filters_the_queue()
    {
        SubSocket sub = Opened(null, "x", "y");
        Publish("x1", "y1", "x2");
        sub.Unsubscribe("y");
        Assert.Equal(["x1", "x2"], All(sub));
        Publish("x3");
        Assert.True(sub.ReceiveReadiness.IsSet);
        sub.Unsubscribe("x");
        Assert.False(sub.ReceiveReadiness.IsSet);
    }

    [Theory]
    [InlineData(true, "4", "5", "6")]
    [InlineData(false, "1", "2", "3")]
    public void S088_A_full_buffer_prefers_new_or_old(bool preferNew, params string[] kept)
    {
        SubSocket sub = Opened(new SubSocketOptions { ReceiveBuffer = 3, PreferNew = preferNew }, string.Empty);
        Publish("1", "2", "3", "4", "5", "6");
        Assert.Equal(kept, All(sub));
    }

    [Fact]
    public void S089_The_preference_can_change()
    {
        SubSocket sub = Opened(new SubSocketOptions { ReceiveBuffer = 2 }, string.Empty);
        Publish("1", "2");
        sub.SetOption("sub:prefnew", false);
        Publish("3");
        sub.SetOption("sub:prefnew", true);
        Publish("4");
        Assert.Equal(["2", "4"], All(sub));
    }

    [Fact]
    public void S090_Contexts_have_topics_of_their_own()
    {
        SubSocket sub = Opened();
        using SubscriptionContext one = sub.OpenContext();
        using SubscriptionContext two = sub.OpenContext();
        one.Subscribe("one");
        one.Subscribe("all");
        two.Subscribe("two");
        two.Subscribe("all");
        Publish("one1", "all1", "two1", "zzz");
        Assert.Equal(("one1", "all1", null), (Recv(one), Recv(one), Got(one.Channel, NngError.TryAgain)));
        Assert.Equal(("all1", "two1", null), (Recv(two), Recv(two), Got(two.Channel, NngError.TryAgain)));
        Assert.Empty(All(sub));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void S091_Every_context_gets_its_own_copy(int length)
    {
        SubSocket sub = Opened();
        using SubscriptionContext one = sub.OpenContext();
        using SubscriptionContext two = sub.OpenContext();
        one.Subscribe(string.Empty);
        two.Subscribe(string.Empty);
        _pub.Send(new byte[length].AsSpan());
        using Message first = one.Receive(TimeSpan.FromSeconds(10));
        using Message second = two.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(first.PipeId, second.PipeId);
        first.GetWritableBody()[0] = 99;
        Assert.Equal(0, second.Body[0]);
    }

    [Fact]
    public void S092_Contexts_inherit_buffer_and_preference_but_no_topics()
    {
        SubSocket sub = Opened(new SubSocketOptions { ReceiveBuffer = 7, PreferNew = false }, "q");
        using SubscriptionContext context = sub.OpenContext();
        sub.SetOption("recv-buffer", 9);
        Assert.Equal(7, context.GetOption<int>("recv-buffer"));
        Assert.False(context.GetOption<bool>("sub:prefnew"));
        Publish("q1");
        Assert.Null(Got(context.Channel, NngError.TryAgain));
    }

    [Fact]
    public void S093_A_closed_context_takes_its_messages_with_it()
    {
        SubSocket sub = Opened(null, string.Empty);
        SubscriptionContext context = sub.OpenContext();
        context.Subscribe(string.Empty);
        Publish("1", "2", "3");
        context.Dispose();
        Assert.Null(Got(context.Channel, NngError.Closed));
        Assert.Equal(["1", "2", "3"], All(sub));
    }

    [Fact]
    public void S094_Waiting_receives_are_served_in_order()
    {
        SubSocket sub = Opened(null, string.Empty);
        Aio[] receives = [ReceiveAio(sub.Channel), ReceiveAio(sub.Channel), ReceiveAio(sub.Channel)];
        Publish("1", "2", "3");
        Assert.Equal(["1", "2", "3"], receives.Select(aio =>
        {
            Assert.Equal(NngError.None, Outcome(aio));
            return Text(aio.Message!);
        }));
    }

    [Fact]
    public void S095_Subscribers_do_not_send()
    {
        SubSocket sub = Opened();
        Assert.Equal(NngError.NotSupported, Poll(sub, "'x'"));
        using SubscriptionContext context = sub.OpenContext();
        Assert.Equal(NngError.NotSupported, Poll(context.Channel, Msg("'x'")));
        Aio aio = SendAio(Use(new RawSocket(RawProtocol.Sub)).Channel, Msg("'x'"));
        Assert.Equal(NngError.NotSupported, Outcome(aio));
        Assert.NotNull(aio.Message);
    }

    [Fact]
    public void S096_Only_subscribers_subscribe()
    {
        Assert.Equal(NngError.NotSupported, SetError(_pub, "sub:subscribe", new byte[1]));
        Assert.Equal(NngError.NotSupported, SetError(Use(new RawSocket(RawProtocol.Sub)), "sub:subscribe", new byte[1]));
        NngContext context = Use(Use(new ReqSocket()).OpenContext());
        Assert.Equal(NngError.NotSupported, context.Inner.SetOption("sub:subscribe", OptionValue.Bytes([1])));
    }

    [Fact]
    public void S097_Shrinking_keeps_the_newest_when_new_is_preferred()
    {
        SubSocket sub = Opened(new SubSocketOptions { ReceiveBuffer = 4 }, string.Empty);
        Publish("1", "2", "3", "4");
        sub.SetOption("recv-buffer", 2);
        Assert.Equal(["3", "4"], All(sub));
    }

    [Fact]
    public void S101_Each_publisher_keeps_its_order()
    {
        SubSocket sub = Opened(null, string.Empty);
        var second = Use(new PubSocket());
        Marry(second, sub);
        for (int i = 0; i < 50; i++)
        {
            _pub.Send(new byte[] { 0, (byte)i }.AsSpan());
            second.Send(new byte[] { 1, (byte)i }.AsSpan());
        }

        var next = new byte[2];
        for (int i = 0; i < 100; i++)
        {
            using Message message = sub.Receive(TimeSpan.FromSeconds(10));
            Assert.Equal(next[message.Body[0]]++, message.Body[1]);
        }
    }
}
