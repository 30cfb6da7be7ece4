using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Nng.TestKit;
using Nng.Tests.Core;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

/// <summary>A logger may close the very socket it is told about, on whatever thread it is told.</summary>
[Collection(LoggerCollection.Name)]
public sealed class ClosingFromLoggerTests : Scenario
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void Dispose()
    {
        NngLog.Logger = null;
        base.Dispose();
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("inproc")]
    public async Task At_listening(string scheme)
    {
        var pull = new PullSocket();
        CloseAt("NNG-LISTEN", pull);
        Ignore(() => pull.Listen(ScratchUrl.For(scheme)));
        await Eventually.Completes(_closed.Task);
    }

    [Theory]
    [InlineData("tcp", "NNG-DIAL")]
    [InlineData("tcp", "NNG-CONNECT")]
    [InlineData("tcp", "NNG-ACCEPT")]
    [InlineData("inproc", "NNG-DIAL")]
    [InlineData("inproc", "NNG-CONNECT")]
    [InlineData("inproc", "NNG-ACCEPT")]
    public async Task At_connecting(string scheme, string what)
    {
        var pull = new PullSocket();
        var push = new PushSocket();
        Use(pull);
        Use(push);
        Listener listener = pull.Listen(ScratchUrl.For(scheme));
        CloseAt(what, what == "NNG-ACCEPT" ? pull : push);
        Ignore(() => push.Dial(listener.Url));
        await Eventually.Completes(_closed.Task);
    }

    [Fact]
    public async Task At_a_failed_connect()
    {
        var push = new PushSocket();
        CloseAt("NNG-CONN-FAIL", push);
        Ignore(() => push.Dial(ScratchUrl.Tcp()));
        await Eventually.Completes(_closed.Task);
    }

    [Theory]
    [InlineData("NNG-PEER-MISMATCH", 0x30)]
    [InlineData("NNG-PAIR-BUSY", 0x10)]
    public async Task At_a_refused_peer(string what, int protocol)
    {
        var pair = new Pair0Socket();
        Peer(pair, 0x10);
        CloseAt(what, pair);
        using RawPeer refused = RawPeer.DialAs(UrlOf(pair), protocol);
        await Eventually.Completes(_closed.Task);
        refused.DrainUntilClosed();
    }

    [Fact]
    public async Task At_an_oversize_message()
    {
        var pull = new PullSocket(new SocketOptions { ReceiveMaxSize = 1 });
        RawPeer peer = Peer(pull, 0x50);
        CloseAt("NNG-RCVMAX", pull);
        peer.SendFrame("'too long'");
        await Eventually.Completes(_closed.Task);
        peer.ExpectClosed();
    }

    private void CloseAt(string what, NngSocket socket) => NngLog.Logger = new Closer(what, socket.Id, () =>
    {
        socket.Dispose();
        _closed.TrySetResult();
    });

    private static void Ignore(Action call)
    {
        try
        {
            call();
        }
        catch (NngException)
        {
            // The socket was closed under the call, or the call failed anyway.
        }
    }

    /// <summary>Runs an action at the first event of an id that tells of a socket; other tests have their own.</summary>
    private sealed class Closer(string what, int socket, Action close) : ILogger
    {
        private int _done;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == what && IsOurs(state) && Interlocked.Exchange(ref _done, 1) == 0)
                close();
        }

        private bool IsOurs<TState>(TState state) => state is IReadOnlyList<KeyValuePair<string, object?>> values
            && values.Contains(new KeyValuePair<string, object?>("Socket", socket));
    }
}
