using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>TLS does all that a stream must do.</summary>
public sealed class TlsChannelTests : StreamConformance
{
    [Fact]
    public async Task A_peer_that_reads_nothing_does_not_keep_a_closed_connection()
    {
        byte[] flood = new byte[1 << 16];
        var pairs = new List<(NngStream Silent, NngStream Sender)>();
        for (int i = 0; i < 8; i++)
            pairs.Add(await Eventually.Completes(PairAsync()));
        SafeHandle[] sockets = [.. pairs.Select(pair => pair.Sender.Channel.Socket.SafeHandle)];
        // Half of them are closed when the system takes no more, half about then.
        await Eventually.Completes(Task.WhenAll(pairs.Select((pair, i) => Task.Run(async () =>
        {
            Task fill = Task.Run(() => SpinWait.SpinUntil(() => pair.Sender.Channel.TrySend(flood).Count == 0));
            if (i % 2 == 0)
                await fill;
            pair.Sender.Close();
            await fill;
        }))));
        await Eventually.TrueAsync(() => sockets.All(socket => socket.IsClosed), "the connections are over");
        pairs.ForEach(pair => pair.Silent.Close());
    }

    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("tls+tcp");
}
