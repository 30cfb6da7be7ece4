using System.Collections.Generic;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Protocols;
using Nng.Sp.Transports;
using Xunit;

namespace Nng.Tests.Sp;

public sealed class SpStatisticsTests
{
    private static readonly InprocTransport s_inproc = new();

    [Fact]
    public void Socket_scope_has_the_leaves_of_the_sheet_in_order()
    {
        SpSocket socket = Open(s => new PushProtocol(s, raw: false));
        try
        {
            StatNode scope = NngStatistics.Snapshot().FindSocket(socket.Id)!;

            Assert.Equal(
                [
                    "id", "name", "protocol", "dialers", "listeners", "pipes", "reject",
                    "tx_msgs", "rx_msgs", "tx_bytes", "rx_bytes",
                    "drop_send_full", "drop_recv_full", "drop_ttl", "drop_no_pipe", "drop_unsolicited", "drop_malformed",
                    "drop_discarded", "drop_unsent",
                ],
                Names(scope));
            Assert.Equal(socket.Id, scope.Find("id")!.Value);
            Assert.Equal(socket.Name, scope.Find("name")!.Text);
            Assert.Equal("push", scope.Find("protocol")!.Text);
            Assert.Equal(StatType.Level, scope.Find("dialers")!.Type);
            Assert.Equal(StatUnit.Messages, scope.Find("tx_msgs")!.Unit);
            Assert.Equal(StatUnit.Bytes, scope.Find("rx_bytes")!.Unit);
        }
        finally
        {
            socket.Close();
        }

        Assert.Null(NngStatistics.Snapshot().FindSocket(socket.Id));
    }

    [Fact]
    public void Every_reason_of_a_drop_has_its_counter()
    {
        SpSocket socket = Open(s => new PushProtocol(s, raw: false));
        foreach (DropReason reason in System.Enum.GetValues<DropReason>())
        {
            long[] before = Drops(socket);
            socket.Traffic.CountDrop(reason, 2);
            socket.Traffic.CountDrop(reason, 0);
            long[] after = Drops(socket);
            before[(int)reason] += 2;
            Assert.Equal(before, after);
        }

        Assert.Equal(0, socket.Traffic.Drops((DropReason)99));
        socket.Close();
    }

    private static long[] Drops(SpSocket socket) => System.Array.ConvertAll(
        [.. NngStatistics.Snapshot().FindSocket(socket.Id)!.Children],
        (StatNode leaf) => leaf.Name.StartsWith("drop_", System.StringComparison.Ordinal) ? leaf.Value : -1)[11..];

    [Fact]
    public void Endpoints_come_and_go_with_their_counts()
    {
        SpSocket socket = Open(s => new PullProtocol(s, raw: false));
        Assert.Equal(NngError.None, socket.CreateListener(NngUrl.Parse("inproc://stat-endpoints"), out SpListener? listener));
        Assert.Equal(NngError.None, socket.CreateDialer(NngUrl.Parse("inproc://stat-nobody"), out SpDialer? dialer));

        StatNode root = NngStatistics.Snapshot();
        Assert.Equal(1, root.FindSocket(socket.Id)!.Find("listeners")!.Value);
        Assert.Equal(1, root.FindSocket(socket.Id)!.Find("dialers")!.Value);
        StatNode ofListener = root.FindListener(listener!.Id)!;
        Assert.Equal(
            [
                "id", "socket", "url", "pipes", "accept", "disconnect", "canceled", "other", "timeout",
                "proto", "auth", "oom", "reject",
            ],
            Names(ofListener));
        Assert.Equal("inproc://stat-endpoints", ofListener.Find("url")!.Text);
        Assert.Equal(socket.Id, ofListener.Find("socket")!.Value);
        Assert.Equal(
            [
                "id", "socket", "url", "pipes", "connect", "refused", "disconnect", "canceled", "other", "timeout",
                "proto", "auth", "oom", "reject",
            ],
            Names(root.FindDialer(dialer!.Id)!));

        int dialerId = dialer.Id;
        dialer.Close();
        listener.Close();
        root = NngStatistics.Snapshot();
        Assert.Null(root.FindDialer(dialerId));
        Assert.Equal(0, root.FindSocket(socket.Id)!.Find("dialers")!.Value);
        Assert.Equal(0, root.FindSocket(socket.Id)!.Find("listeners")!.Value);
        socket.Close();
    }

    [Fact]
    public void Pipe_scopes_tell_who_made_them_and_vanish_with_the_pipe()
    {
        SpSocket pull = Open(s => new PullProtocol(s, raw: false));
        SpSocket push = Open(s => new PushProtocol(s, raw: false));
        (SpListener listener, SpDialer dialer) = Join(pull, push, "inproc://stat-pipes");

        StatNode root = NngStatistics.Snapshot();
        StatNode dialed = PipeOf(root, "dialer", dialer.Id);
        StatNode accepted = PipeOf(root, "listener", listener.Id);
        Assert.Equal(["id", "socket", "rx_msgs", "tx_msgs", "rx_bytes", "tx_bytes", "dialer"], Names(dialed));
        Assert.Equal(["id", "socket", "rx_msgs", "tx_msgs", "rx_bytes", "tx_bytes", "listener"], Names(accepted));
        Assert.Equal(push.Id, dialed.Find("socket")!.Value);
        Assert.Equal(1, root.FindDialer(dialer.Id)!.Find("connect")!.Value);
        Assert.Equal(1, root.FindListener(listener.Id)!.Find("accept")!.Value);
        Assert.Equal(1, root.FindSocket(push.Id)!.Find("pipes")!.Value);

        push.Close();
        Assert.Null(NngStatistics.Snapshot().FindPipe((int)dialed.Value));
        pull.Close();
        Assert.Null(NngStatistics.Snapshot().FindPipe((int)accepted.Value));
    }

    [Fact]
    public void One_pair1_message_counts_one_on_each_side()
    {
        SpSocket left = Open(s => new PairV1Protocol(s, raw: false));
        SpSocket right = Open(s => new PairV1Protocol(s, raw: false));
        Join(left, right, "inproc://stat-pair1");
        using Message message = new();
        message.Append("abc"u8);

        Assert.Equal(NngError.None, left.Protocol.TrySend(message.Clone()));
        Aio receive = new();
        right.Protocol.Receive(receive);
        receive.Wait();
        Assert.Equal(NngError.None, receive.Result);
        receive.Message!.Dispose();

        StatNode root = NngStatistics.Snapshot();
        StatNode sent = root.FindSocket(left.Id)!;
        Assert.Equal(1, sent.Find("tx_msgs")!.Value);
        Assert.Equal(3, sent.Find("tx_bytes")!.Value);
        Assert.Equal(1, root.FindSocket(right.Id)!.Find("rx_msgs")!.Value);
        Assert.Equal(3, root.FindSocket(right.Id)!.Find("rx_bytes")!.Value);
        Assert.Equal(
            ["poly", "raw", "mismatch", "already", "ttl_drop", "tx_drop", "rx_malformed"], Names(sent)[19..]);
        left.Close();
        right.Close();
    }

    [Fact]
    public void Raw_and_polyamorous_pair1_show_malformed_sends()
    {
        SpSocket raw = Open(s => new PairV1Protocol(s, raw: true));
        SpSocket poly = Open(s => new PairV1PolyProtocol(s));

        StatNode root = NngStatistics.Snapshot();
        Assert.True(root.FindSocket(raw.Id)!.Find("raw")!.BoolValue);
        Assert.False(root.FindSocket(raw.Id)!.Find("poly")!.BoolValue);
        Assert.NotNull(root.FindSocket(raw.Id)!.Find("tx_malformed"));
        Assert.True(root.FindSocket(poly.Id)!.Find("poly")!.BoolValue);
        Assert.NotNull(root.FindSocket(poly.Id)!.Find("tx_malformed"));
        raw.Close();
        poly.Close();
    }

    [Fact]
    public void Wrong_protocol_and_second_peer_are_rejects()
    {
        SpSocket pair = Open(s => new PairV1Protocol(s, raw: false));
        SpSocket peer = Open(s => new PairV1Protocol(s, raw: false));
        SpSocket second = Open(s => new PairV1Protocol(s, raw: false));
        SpSocket wrong = Open(s => new PullProtocol(s, raw: false));
        Join(pair, peer, "inproc://stat-reject");
        Dial(second, "inproc://stat-reject");
        Dial(wrong, "inproc://stat-reject");

        StatNode scope = NngStatistics.Snapshot().FindSocket(pair.Id)!;
        Assert.Equal(2, scope.Find("reject")!.Value);
        Assert.Equal(1, scope.Find("already")!.Value);
        Assert.Equal(1, scope.Find("mismatch")!.Value);
        foreach (SpSocket socket in new[] { second, wrong, peer, pair })
            socket.Close();
    }

    private static SpSocket Open(System.Func<SpSocket, SpProtocol> protocol) =>
        new(protocol, SpPolicy.Managed, scheme => scheme == "inproc" ? s_inproc : null);

    private static (SpListener Listener, SpDialer Dialer) Join(SpSocket listening, SpSocket dialing, string url)
    {
        Assert.Equal(NngError.None, listening.CreateListener(NngUrl.Parse(url), out SpListener? listener));
        Assert.Equal(NngError.None, listener!.Start());
        return (listener, Dial(dialing, url));
    }

    private static SpDialer Dial(SpSocket socket, string url)
    {
        Assert.Equal(NngError.None, socket.CreateDialer(NngUrl.Parse(url), out SpDialer? dialer));
        // Who is turned away does not come again.
        Assert.Equal(NngError.None, dialer!.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Duration(-1)));
        using Aio starter = new();
        dialer.Start(starter);
        starter.Wait();
        Assert.Equal(NngError.None, starter.Result);
        return dialer;
    }

    private static StatNode PipeOf(StatNode root, string maker, int id)
    {
        foreach (StatNode scope in root.Children)
        {
            if (scope.Name == "pipe" && scope.Find(maker)?.Value == id)
                return scope;
        }

        throw new Xunit.Sdk.XunitException($"No pipe of {maker} {id}.");
    }

    private static string[] Names(StatNode scope)
    {
        var names = new List<string>();
        foreach (StatNode leaf in scope.Children)
            names.Add(leaf.Name);
        return [.. names];
    }
}
