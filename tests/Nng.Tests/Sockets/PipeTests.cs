using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class PipeTests : Scenario
{
    [Fact]
    public void A_pipe_knows_its_ends_its_maker_and_its_traffic()
    {
        var push = Use(new PushSocket());
        var pull = Use(new PullSocket());
        Listener listener = pull.Listen(ScratchUrl.TcpPortZero());
        Dialer dialer = push.Dial(listener.Url);
        Eventually.Equal(1, () => pull.Pipes.Count);
        Pipe dialed = Assert.Single(push.Pipes);
        Pipe accepted = Assert.Single(pull.Pipes);
        Assert.True(dialed.IsDialed);
        Assert.False(accepted.IsDialed);
        Assert.Equal((dialer.Url, listener.Url), (dialed.Url, accepted.Url));
        Assert.Equal((0x51, 0x50), (dialed.PeerProtocol, accepted.PeerProtocol));
        Assert.Equal(dialed.LocalAddress.ToString(), accepted.RemoteAddress.ToString());
        Assert.Equal(dialed.RemoteAddress.ToString(), accepted.LocalAddress.ToString());
        Send(push, "'1'");
        using Message message = pull.Receive();
        Assert.Equal(accepted.Id, message.PipeId);
        Assert.Equal((1, 0), (dialed.SentMessages, dialed.ReceivedMessages));
        Assert.Equal((0, 1), (accepted.SentMessages, accepted.ReceivedMessages));
        Assert.Contains(accepted.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), accepted.ToString());
    }

    [Fact]
    public void Two_objects_for_one_pipe_are_equal()
    {
        var pair = Use(new Pair0Socket());
        Marry(pair, Use(new Pair0Socket()));
        Pipe one = pair.Pipes[0];
        Pipe two = pair.Pipes[0];
        Assert.NotSame(one, two);
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.False(one.Equals(null));
        Assert.False(one.Equals((object)"pipe"));
    }

    [Fact]
    public void Options_are_asked_of_the_connection_its_endpoint_and_its_socket()
    {
        var pull = Use(new PullSocket(new SocketOptions { ReceiveMaxSize = 77, Name = "jobs" }));
        var push = Use(new PushSocket());
        push.Dial(pull.Listen(ScratchUrl.Ipc()).Url);
        Eventually.Equal(1, () => pull.Pipes.Count);
        Pipe pipe = pull.Pipes[0];
        Assert.Equal((ulong)System.Environment.ProcessId, pipe.GetOption<ulong>(OptionNames.IpcPeerPid));
        Assert.Equal(77, pipe.GetOption<long>(OptionNames.ReceiveMaxSize));
        Assert.Equal("jobs", pipe.GetOption<string>(OptionNames.SocketName));
        NngException failure = Assert.Throws<NngException>(() => pipe.GetOption<int>(OptionNames.MaxTtl));
        Assert.Equal(NngError.NotSupported, failure.Error);
    }

    [Fact]
    public void A_closed_pipe_is_replaced_by_its_dialer()
    {
        var pull = Use(new PullSocket());
        var push = Use(new PushSocket(new SocketOptions { ReconnectTimeMin = System.TimeSpan.FromMilliseconds(1) }));
        push.Dial(pull.Listen(ScratchUrl.Inproc()).Url);
        Eventually.Equal(1, () => pull.Pipes.Count);
        Pipe first = pull.Pipes[0];
        first.Close();
        Assert.Equal(NngError.Closed, first.CloseReason);
        Eventually.True(() => pull.Pipes.Count == 1 && !pull.Pipes[0].Equals(first), "another pipe is there");
        Send(push, "'1'");
        Assert.Equal("1", Recv(pull));
    }
}
