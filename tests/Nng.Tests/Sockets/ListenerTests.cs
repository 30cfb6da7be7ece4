using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class ListenerTests : Scenario
{
    private readonly PullSocket _pull;

    public ListenerTests()
    {
        _pull = Use(new PullSocket());
    }

    [Fact]
    public void A_listener_tells_whose_it_is_and_its_real_port()
    {
        using Listener listener = _pull.Listen("tcp://127.0.0.1:0");
        Assert.Same(_pull, listener.Socket);
        int port = listener.GetOption<int>(OptionNames.TcpBoundPort);
        Assert.InRange(port, 1, 65535);
        Assert.Equal($"tcp://127.0.0.1:{port}", listener.Url);
        Assert.Equal(listener.Url, listener.GetOption<string>(OptionNames.Url));
        Assert.Equal(port, listener.GetOption<NngAddress>(OptionNames.LocalAddress).Port);
        Assert.NotNull(NngStatistics.Snapshot().FindListener(listener.Id));
    }

    [Fact]
    public void It_starts_once()
    {
        using Listener listener = _pull.CreateListener(ScratchUrl.Inproc());
        listener.Start();
        Assert.Equal(NngError.IncorrectState, Assert.Throws<NngException>(listener.Start).Error);
    }

    [Fact]
    public void A_listen_that_fails_leaves_nothing()
    {
        string url = ScratchUrl.Inproc();
        using Listener first = _pull.Listen(url);
        Assert.Equal(NngError.AddressInUse, Assert.Throws<NngException>(() => _pull.Listen(url)).Error);
        Assert.Equal(1, _pull.Inner.ListenerCount);
        using Listener later = _pull.CreateListener(url);
        Assert.Equal(NngError.AddressInUse, Assert.Throws<NngException>(later.Start).Error);
        first.Dispose();
        later.Start();
    }

    [Fact]
    public void Options_are_its_own()
    {
        using Listener listener = _pull.CreateListener(ScratchUrl.Tcp());
        listener.SetOption(OptionNames.ReceiveMaxSize, 10L);
        Assert.Equal(10L, listener.GetOption<long>(OptionNames.ReceiveMaxSize));
        Assert.Equal(1L << 20, _pull.GetOption<long>(OptionNames.ReceiveMaxSize));
        Assert.Equal("pull", listener.GetOption<string>(OptionNames.ProtocolName));
        Assert.Equal(NngError.BadType, Assert.Throws<NngException>(() => listener.SetOption(OptionNames.ReceiveMaxSize, 10)).Error);
    }

    [Fact]
    public void Disposing_it_frees_the_address_and_ends_its_pipes()
    {
        Listener listener = _pull.Listen(ScratchUrl.Tcp());
        string url = listener.Url;
        using RawPeer peer = RawPeer.DialAs(url, (int)RawProtocol.Push);
        Eventually.Equal(1, () => _pull.Pipes.Count);
        listener.Dispose();
        listener.Dispose();
        peer.ExpectClosed();
        Eventually.Equal(0, () => _pull.Pipes.Count);
        using Listener again = _pull.Listen(url);
        Assert.Equal(url, again.Url);
        Assert.Null(NngStatistics.Snapshot().FindListener(listener.Id));
    }
}
