using System;
using System.Linq;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Conformance;

/// <summary>
/// What every transport must do, one that loses messages too, seen from the sockets (transports sheet, sections 5 to 7):
/// connections, options, addresses, and a message now and then. A transport derives, names its scheme and the kind of its
/// addresses, and says how its endpoints are set up.
/// </summary>
public abstract partial class ConnectionConformance : Scenario
{
    /// <summary>The URL scheme.</summary>
    protected abstract string Scheme { get; }

    /// <summary>What kind of addresses its pipes have.</summary>
    protected abstract AddressKind Kind { get; }

    /// <summary>The option <c>recv-size-max</c> has an effect.</summary>
    protected virtual bool LimitsSize => true;

    /// <summary>The largest value of <c>recv-size-max</c>; larger ones mean this one.</summary>
    protected virtual long LargestLimit => uint.MaxValue;

    /// <summary>How a dial ends when nobody listens.</summary>
    protected virtual NngError NobodyThere => NngError.ConnectionRefused;

    /// <summary>An address that nobody uses.</summary>
    protected virtual string NewUrl() => ScratchUrl.For(Scheme);

    /// <summary>What a listener needs before it starts.</summary>
    protected virtual void Configure(Listener listener)
    {
    }

    /// <summary>What a dialer needs before it starts.</summary>
    protected virtual void Configure(Dialer dialer)
    {
    }

    protected Listener CreateListener(NngSocket socket, string url)
    {
        Listener listener = socket.CreateListener(url);
        Configure(listener);
        return listener;
    }

    protected Dialer CreateDialer(NngSocket socket, string url)
    {
        Dialer dialer = socket.CreateDialer(url);
        Configure(dialer);
        return dialer;
    }

    /// <summary>A listener that was started.</summary>
    protected Listener Listen(NngSocket socket, string url)
    {
        Listener listener = CreateListener(socket, url);
        listener.Start();
        return listener;
    }

    /// <summary>A listener at an address of its own.</summary>
    protected Listener Listen(NngSocket socket) => Listen(socket, NewUrl());

    /// <summary>A dialer whose first connect succeeded.</summary>
    protected Dialer Dial(NngSocket socket, string url)
    {
        Dialer dialer = CreateDialer(socket, url);
        dialer.StartPatiently();
        return dialer;
    }

    /// <summary>Both are attached to each other when it returns.</summary>
    protected (Listener Listener, Dialer Dialer) Join(NngSocket listening, NngSocket dialing)
    {
        (int listeners, int dialers) = (listening.Inner.AttachedCount, dialing.Inner.AttachedCount);
        Listener listener = Listen(listening);
        Dialer dialer = Dial(dialing, listener.Url);
        Eventually.True(
            () => listening.Inner.AttachedCount > listeners && dialing.Inner.AttachedCount > dialers,
            "both ends are attached");
        return (listener, dialer);
    }

    /// <summary>A socket that redials soon.</summary>
    protected static T Quick<T>(T socket)
        where T : NngSocket
    {
        socket.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(5));
        return socket;
    }

    public static TheoryData<SocketPattern, bool> Patterns()
    {
        var patterns = new TheoryData<SocketPattern, bool>();
        foreach (SocketPattern pattern in Enum.GetValues<SocketPattern>())
        {
            patterns.Add(pattern, true);
            patterns.Add(pattern, false);
        }

        return patterns;
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Every_pattern_talks_whoever_listens(SocketPattern pattern, bool firstListens)
    {
        (NngSocket first, NngSocket second) = pattern.Open();
        Use(first);
        Use(second);
        Join(firstListens ? first : second, firstListens ? second : first);
        for (int i = 0; i < 3; i++)
        {
            Send((IMessageSender)first, "'question'");
            Assert.Equal("question", Recv((IMessageReceiver)second));
            if (second is not IMessageSender answers)
                continue;
            Send(answers, "'answer'");
            Assert.Equal("answer", Recv((IMessageReceiver)first));
        }
    }

    [Fact]
    public void A_socket_may_listen_and_dial_at_several_addresses_at_once()
    {
        var pull = Use(new PullSocket());
        string[] urls = [Listen(pull).Url, Listen(pull).Url, Listen(pull).Url];
        Assert.Equal(3, urls.Distinct().Count());
        var push = Use(new PushSocket());
        foreach (string url in urls)
            Dial(push, url);
        Eventually.Equal(3, () => pull.Inner.AttachedCount);
        for (int i = 0; i < 9; i++)
        {
            Send(push, "'m'");
            Assert.Equal("m", Recv(pull));
        }
    }
}
