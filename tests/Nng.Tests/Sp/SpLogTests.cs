using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.Logging;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Protocols;
using Nng.Sp.Transports;
using Nng.Tests.Core;
using Xunit;

namespace Nng.Tests.Sp;

[Collection(LoggerCollection.Name)]
public sealed class SpLogTests : IDisposable
{
    private static readonly InprocTransport s_inproc = new();
    private readonly RecordingLogger _logger = new();

    public SpLogTests() => NngLog.Logger = _logger;

    public void Dispose() => NngLog.Logger = null;

    [Fact]
    public void Life_of_a_connection_is_told()
    {
        SpSocket pull = Open(s => new PullProtocol(s, raw: false));
        SpSocket push = Open(s => new PushProtocol(s, raw: false));
        Listen(pull, "inproc://log-life");
        Dial(push, "inproc://log-life", NngError.None);

        Expect(pull, "NNG-LISTEN", LogLevel.Information, "inproc://log-life");
        Expect(push, "NNG-DIAL", LogLevel.Information, "inproc://log-life");
        Expect(push, "NNG-CONNECT", LogLevel.Debug, "inproc");
        Expect(pull, "NNG-ACCEPT", LogLevel.Debug, "inproc");
        push.Close();
        pull.Close();
    }

    [Fact]
    public void Failed_connect_and_bind_are_warnings()
    {
        SpSocket one = Open(s => new PullProtocol(s, raw: false));
        SpSocket two = Open(s => new PullProtocol(s, raw: false));
        Dial(one, "inproc://log-nobody", NngError.ConnectionRefused);
        Listen(one, "inproc://log-twice");
        Assert.Equal(NngError.None, two.CreateListener(NngUrl.Parse("inproc://log-twice"), out SpListener? second));
        Assert.Equal(NngError.AddressInUse, second!.Start());

        Expect(one, "NNG-CONN-FAIL", LogLevel.Warning, "Connection refused");
        Expect(two, "NNG-BIND-FAIL", LogLevel.Warning, "Address in use");
        one.Close();
        two.Close();
    }

    [Fact]
    public void Refused_peers_are_warnings()
    {
        SpSocket pair = Open(s => new PairProtocol(s, raw: false));
        SpSocket first = Open(s => new PairProtocol(s, raw: false));
        SpSocket second = Open(s => new PairProtocol(s, raw: false));
        SpSocket wrong = Open(s => new PullProtocol(s, raw: false));
        Listen(pair, "inproc://log-pair");
        Dial(first, "inproc://log-pair", NngError.None);
        Dial(second, "inproc://log-pair", NngError.None);
        Dial(wrong, "inproc://log-pair", NngError.None);

        Expect(pair, "NNG-PAIR-BUSY", LogLevel.Warning, "already has a peer");
        RecordingLogger.Entry mismatch = Expect(pair, "NNG-PEER-MISMATCH", LogLevel.Warning, "81");
        Assert.Equal(81, mismatch.Values["PeerProtocol"]);
        Assert.Equal(16, mismatch.Values["Expected"]);
        foreach (SpSocket socket in new[] { second, wrong, first, pair })
            socket.Close();
    }

    [Fact]
    public void Oversize_message_names_sizes_option_and_peer()
    {
        SpSocket pull = Open(s => new PullProtocol(s, raw: false));
        SpSocket push = Open(s => new PushProtocol(s, raw: false));
        Listen(pull, "inproc://log-size");
        Dial(push, "inproc://log-size", NngError.None);
        SpPipe pipe = Assert.Single(pull.PipesSnapshot());

        SpLog.MessageTooLarge(pipe, ulong.MaxValue, 1 << 20);

        RecordingLogger.Entry entry = Expect(pull, "NNG-RCVMAX", LogLevel.Warning, "recv-size-max");
        Assert.Equal(ulong.MaxValue, entry.Values["Length"]);
        Assert.Equal(1L << 20, entry.Values["Limit"]);
        Assert.Equal(pipe.Id, entry.Values["Pipe"]);
        Assert.Contains("inproc[inproc://log-size]", entry.Text, StringComparison.Ordinal);
        push.Close();
        pull.Close();
    }

    [Fact]
    public void Warnings_that_peers_cause_do_not_flood_the_log()
    {
        const int refused = 1000;
        SpSocket pair = Open(s => new PairProtocol(s, raw: false));
        SpSocket peer = Open(s => new PairProtocol(s, raw: false));
        Listen(pair, "inproc://log-flood");
        Dial(peer, "inproc://log-flood", NngError.None);
        SpPipe pipe = Assert.Single(pair.PipesSnapshot());

        for (int i = 0; i < refused; i++)
            SpLog.PairBusy(pipe);

        RecordingLogger.Entry[] entries = [
            .. _logger.Entries.Where(e => Equals(e.Values.GetValueOrDefault("Socket"), pair.Id)),
        ];
        int logged = entries.Count(e => e.Id.Name == "NNG-PAIR-BUSY");
        long counted = entries.Where(e => e.Id.Name == "NNG-SUPPRESSED").Sum(e => (long)e.Values["Count"]!);
        // Ten, and one for each second that the loop took.
        Assert.InRange(logged, 10, refused / 2);
        Assert.InRange(counted, logged > 10 ? 1 : 0, refused - logged);
        peer.Close();
        pair.Close();
    }

    [Fact]
    public void Exception_of_a_callback_is_an_error()
    {
        SpSocket pull = Open(s => new PullProtocol(s, raw: false));
        var failure = new InvalidOperationException("as the test wants");
        using var called = new ManualResetEventSlim();
        pull.SetEventCallback(PipeEvent.AddPost, (_, _) =>
        {
            called.Set();
            throw failure;
        });
        SpSocket push = Open(s => new PushProtocol(s, raw: false));
        Listen(pull, "inproc://log-callback");
        Dial(push, "inproc://log-callback", NngError.None);
        Assert.True(called.Wait(TimeSpan.FromSeconds(30)));
        // The close waits for the events, and so for the log line.
        push.Close();
        pull.Close();

        RecordingLogger.Entry entry = Expect(pull, "NNG-CALLBACK", LogLevel.Error, "AddPost");
        Assert.Same(failure, entry.Exception);
    }

    [Fact]
    public void Disabled_level_is_not_logged()
    {
        var quiet = new RecordingLogger(LogLevel.Error);
        NngLog.Logger = quiet;
        SpSocket pull = Open(s => new PullProtocol(s, raw: false));
        Dial(pull, "inproc://log-quiet", NngError.ConnectionRefused);
        pull.Close();

        Assert.DoesNotContain(quiet.Entries, e => Equals(e.Values.GetValueOrDefault("Socket"), pull.Id));
    }

    private static SpSocket Open(Func<SpSocket, SpProtocol> protocol) =>
        new(protocol, SpPolicy.Managed, scheme => scheme == "inproc" ? s_inproc : null);

    private static void Listen(SpSocket socket, string url)
    {
        Assert.Equal(NngError.None, socket.CreateListener(NngUrl.Parse(url), out SpListener? listener));
        Assert.Equal(NngError.None, listener!.Start());
    }

    private static void Dial(SpSocket socket, string url, NngError expected)
    {
        Assert.Equal(NngError.None, socket.CreateDialer(NngUrl.Parse(url), out SpDialer? dialer));
        // Who is turned away does not come again.
        Assert.Equal(NngError.None, dialer!.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Duration(-1)));
        using Aio starter = new();
        dialer.Start(starter);
        starter.Wait();
        Assert.Equal(expected, starter.Result);
    }

    private RecordingLogger.Entry Expect(SpSocket socket, string id, LogLevel level, string text)
    {
        RecordingLogger.Entry[] entries = [.. _logger.Entries.Where(
            e => e.Id.Name == id && Equals(e.Values.GetValueOrDefault("Socket"), socket.Id))];
        RecordingLogger.Entry entry = Assert.Single(entries);
        Assert.Equal(level, entry.Level);
        Assert.Contains(text, entry.Text, StringComparison.Ordinal);
        return entry;
    }
}
