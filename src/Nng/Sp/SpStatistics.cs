using Nng.Core;

namespace Nng.Sp;

/// <summary>The statistics of sockets, endpoints and pipes (core sheet, 9.2), as rows.</summary>
/// <remarks>Threading: immutable. Rows are read from any thread.</remarks>
internal static class SpStatistics
{
    private static readonly StatTable<SpSocket> s_socket = new(
        Stat<SpSocket>.Id("id", "identifier of the socket", s => s.Id),
        Stat<SpSocket>.String("name", "name of the socket", s => s.Name),
        Stat<SpSocket>.String("protocol", "protocol of the socket", s => s.Info.SelfName),
        Stat<SpSocket>.Level("dialers", "open dialers", s => s.DialerCount),
        Stat<SpSocket>.Level("listeners", "open listeners", s => s.ListenerCount),
        Stat<SpSocket>.Level("pipes", "open pipes", s => s.PipeCount),
        Stat<SpSocket>.Counter("reject", "pipes refused by a callback or the protocol", s => s.Rejects),
        Stat<SpSocket>.Counter("tx_msgs", "messages sent", s => s.Traffic.SentMessages, StatUnit.Messages),
        Stat<SpSocket>.Counter("rx_msgs", "messages received", s => s.Traffic.ReceivedMessages, StatUnit.Messages),
        Stat<SpSocket>.Counter("tx_bytes", "body bytes sent", s => s.Traffic.SentBytes, StatUnit.Bytes),
        Stat<SpSocket>.Counter("rx_bytes", "body bytes received", s => s.Traffic.ReceivedBytes, StatUnit.Bytes),
        Dropped("drop_send_full", "messages for a peer whose queue was full", DropReason.SendQueueFull),
        Dropped("drop_recv_full", "messages for which the receive buffer had no room", DropReason.ReceiveQueueFull),
        Dropped("drop_ttl", "messages with too many hops", DropReason.TtlExceeded),
        Dropped("drop_no_pipe", "messages for a peer that is not there", DropReason.NoSuchPipe),
        Dropped("drop_unsolicited", "answers that nobody waited for", DropReason.Unsolicited),
        Dropped("drop_malformed", "messages that broke the protocol", DropReason.Malformed),
        Dropped("drop_discarded", "received messages that nobody took before the end", DropReason.Discarded),
        Dropped("drop_unsent", "accepted messages that were not sent before the end", DropReason.Unsent));

    private static readonly StatTable<SpDialer> s_dialer = new(
        Stat<SpDialer>.Id("id", "identifier of the dialer", d => d.Id),
        Stat<SpDialer>.Id("socket", "identifier of the dialer's socket", d => d.Socket.Id),
        Stat<SpDialer>.String("url", "address dialled", d => d.Url.Raw),
        Stat<SpDialer>.Level("pipes", "open pipes", d => d.PipeCount),
        Stat<SpDialer>.Counter("connect", "connections made", d => d.Counters.Connections),
        Stat<SpDialer>.Counter("refused", "connections refused", d => d.Counters.Refused),
        Stat<SpDialer>.Counter("disconnect", "connections reset or aborted", d => d.Counters.Disconnected),
        Stat<SpDialer>.Counter("canceled", "attempts cancelled", d => d.Counters.Canceled),
        Stat<SpDialer>.Counter("other", "other errors", d => d.Counters.Other),
        Stat<SpDialer>.Counter("timeout", "attempts timed out", d => d.Counters.TimedOut),
        Stat<SpDialer>.Counter("proto", "protocol errors", d => d.Counters.Protocol),
        Stat<SpDialer>.Counter("auth", "peers that could not be authenticated", d => d.Counters.Authentication),
        Stat<SpDialer>.Counter("oom", "failures for lack of memory", d => d.Counters.Memory),
        Stat<SpDialer>.Counter("reject", "pipes refused by a callback or the protocol", d => d.Counters.Rejects));

    private static readonly StatTable<SpListener> s_listener = new(
        Stat<SpListener>.Id("id", "identifier of the listener", l => l.Id),
        Stat<SpListener>.Id("socket", "identifier of the listener's socket", l => l.Socket.Id),
        Stat<SpListener>.String("url", "address listened at", l => l.Url.Raw),
        Stat<SpListener>.Level("pipes", "open pipes", l => l.PipeCount),
        Stat<SpListener>.Counter("accept", "connections accepted", l => l.Counters.Connections),
        Stat<SpListener>.Counter("disconnect", "connections reset or aborted", l => l.Counters.Disconnected),
        Stat<SpListener>.Counter("canceled", "accepts cancelled", l => l.Counters.Canceled),
        Stat<SpListener>.Counter("other", "other errors", l => l.Counters.Other + l.Counters.Refused),
        Stat<SpListener>.Counter("timeout", "handshakes timed out", l => l.Counters.TimedOut),
        Stat<SpListener>.Counter("proto", "protocol errors", l => l.Counters.Protocol),
        Stat<SpListener>.Counter("auth", "peers that could not be authenticated", l => l.Counters.Authentication),
        Stat<SpListener>.Counter("oom", "failures for lack of memory", l => l.Counters.Memory),
        Stat<SpListener>.Counter("reject", "pipes refused by a callback or the protocol", l => l.Counters.Rejects));

    private static readonly StatTable<SpEndpoint> s_receiveMax = new(
        Stat<SpEndpoint>.Level(
            "rcv_max", "largest message accepted, 0 for no limit", e => e.ReceiveMaxSize, StatUnit.Bytes));

    private static readonly StatTable<SpPipe> s_pipe = new(
        Stat<SpPipe>.Id("id", "identifier of the pipe", p => p.Id),
        Stat<SpPipe>.Id("socket", "identifier of the pipe's socket", p => p.Socket.Id),
        Stat<SpPipe>.Counter("rx_msgs", "messages received", p => p.Traffic.ReceivedMessages, StatUnit.Messages),
        Stat<SpPipe>.Counter("tx_msgs", "messages sent", p => p.Traffic.SentMessages, StatUnit.Messages),
        Stat<SpPipe>.Counter("rx_bytes", "header and body bytes received", p => p.Traffic.ReceivedBytes, StatUnit.Bytes),
        Stat<SpPipe>.Counter("tx_bytes", "header and body bytes sent", p => p.Traffic.SentBytes, StatUnit.Bytes));

    private static readonly StatTable<SpPipe> s_ofDialer = new(
        Stat<SpPipe>.Id("dialer", "identifier of the dialer that made the pipe", p => p.Endpoint.Id));

    private static readonly StatTable<SpPipe> s_ofListener = new(
        Stat<SpPipe>.Id("listener", "identifier of the listener that made the pipe", p => p.Endpoint.Id));

    private static Stat<SpSocket> Dropped(string name, string description, DropReason reason) =>
        Stat<SpSocket>.Counter(name, description, s => s.Traffic.Drops(reason), StatUnit.Messages);

    public static StatScope Of(SpSocket socket) =>
        new("socket", socket.Id, s_socket.Of(socket), socket.Protocol.Statistics);

    public static StatScope Of(SpEndpoint endpoint, bool limitsSize, StatSection? ofTransport = null)
    {
        StatSection? receiveMax = limitsSize ? s_receiveMax.Of(endpoint) : null;
        return endpoint is SpDialer dialer
            ? new StatScope("dialer", dialer.Id, s_dialer.Of(dialer), receiveMax, ofTransport)
            : new StatScope("listener", endpoint.Id, s_listener.Of((SpListener)endpoint), receiveMax, ofTransport);
    }

    public static StatScope Of(SpPipe pipe) =>
        new("pipe", pipe.Id, s_pipe.Of(pipe), (pipe.Endpoint is SpDialer ? s_ofDialer : s_ofListener).Of(pipe));
}
