using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <summary>
/// What an HTTP connection must do over every kind of stream (http sheet, 12.1 and 12.2). A kind derives and says how
/// two connected ends are made. The peer is a bare stream, which reads nothing unless told to.
/// </summary>
public abstract partial class HttpConnectionConformance : IDisposable
{
    /// <summary>More than any kernel buffers on the way; position-dependent.</summary>
    private static readonly Lazy<byte[]> s_big = new(() => Pattern(64 << 20));

    private readonly List<IDisposable> _disposables = [];

    protected static byte[] Big => s_big.Value;

    public void Dispose()
    {
        foreach (IDisposable disposable in _disposables)
            disposable.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes two connected ends.</summary>
    protected abstract Task<(NngStream A, NngStream B)> PairAsync();

    /// <summary>A connection and its peer, closed when the test ends.</summary>
    protected async Task<(HttpConnection Connection, NngStream Peer)> ConnectAsync(HttpLimits? limits = null)
    {
        (NngStream a, NngStream b) = await Eventually.Completes(PairAsync());
        var connection = new HttpConnection(a, limits);
        _disposables.Add(connection);
        _disposables.Add(b);
        return (connection, b);
    }

    /// <summary>Bytes that no other place of the pattern repeats within reach.</summary>
    protected static byte[] Pattern(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Submits an operation that counts its completions.</summary>
    protected static Aio Submit(Action<Aio> operation, params ReadOnlyMemory<byte>[] vector) =>
        SubmitFor(Aio.Infinite, operation, vector);

    protected static Aio SubmitFor(int timeoutMs, Action<Aio> operation, params ReadOnlyMemory<byte>[] vector)
    {
        Aio aio = Counted();
        aio.TimeoutMs = timeoutMs;
        aio.SetVector(vector);
        operation(aio);
        return aio;
    }

    /// <summary>An operation whose state counts its completions.</summary>
    protected static Aio Counted()
    {
        var aio = new Aio(static aio => Interlocked.Increment(ref ((StrongBox<int>)aio.State!).Value));
        aio.State = new StrongBox<int>();
        return aio;
    }

    /// <summary>How an operation ended, after exactly one completion.</summary>
    protected static (NngError Error, long Count) Outcome(Aio aio)
    {
        Eventually.True(() => !aio.IsBusy, "the operation ends", 30_000);
        Assert.Equal(1, ((StrongBox<int>)aio.State!).Value);
        return (aio.Result, aio.Count);
    }

    /// <summary>The operation failed amid its bytes; returns how many went.</summary>
    protected static long Partial(NngError error, long total, Aio aio)
    {
        (NngError result, long count) = Outcome(aio);
        Assert.Equal(error, result);
        Assert.InRange(count, 1, total - 1);
        return count;
    }

    /// <summary>A write arrives.</summary>
    protected static async Task AssertAliveAsync(HttpConnection connection, NngStream peer)
    {
        Assert.Equal(NngError.None, connection.Fault);
        Assert.Equal((NngError.None, 5), Outcome(Submit(connection.WriteAll, "alive"u8.ToArray())));
        Assert.Equal("alive", await TextAsync(peer, 5));
    }

    /// <summary>Both directions refuse.</summary>
    protected static void AssertDead(HttpConnection connection, NngError fault)
    {
        Assert.Equal((NngError.Closed, 0), Outcome(Submit(connection.WriteAll, new byte[1])));
        Assert.Equal((NngError.Closed, 0), Outcome(Submit(connection.Read, new byte[1])));
        Assert.Equal(fault, connection.Fault);
        Assert.True(connection.IsClosed);
    }

    protected static async Task<byte[]> BytesAsync(NngStream peer, int count)
    {
        var bytes = new byte[count];
        await Eventually.Completes(peer.ReadExactlyAsync(bytes).AsTask(), "the bytes arrive", 30_000);
        return bytes;
    }

    protected static async Task<string> TextAsync(NngStream peer, int count) =>
        Encoding.Latin1.GetString(await BytesAsync(peer, count));

    /// <summary>Reads to the end, or to the reset that a closed connection may make of it.</summary>
    protected static async Task<byte[]> DrainAsync(NngStream peer)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            Task<int> read = peer.ReadAsync(buffer).AsTask();
            try
            {
                int count = await Eventually.Completes(read);
                if (count == 0)
                    return all.ToArray();
                all.Write(buffer, 0, count);
            }
            catch (NngException)
            {
                return all.ToArray();
            }
        }
    }

    protected static void Send(NngStream peer, string latin1) =>
        Eventually.Completes(peer.WriteAsync(Latin1(latin1)).AsTask()).GetAwaiter().GetResult();

    /// <summary>The peer's operating system sends a reset.</summary>
    protected static void Reset(NngStream peer)
    {
        peer.Socket.LingerState = new LingerOption(true, 0);
        peer.Close();
    }

    /// <summary>The operation has moved what it can and waits.</summary>
    protected static void AwaitBlocked(Aio aio)
    {
        long moved;
        do
        {
            moved = aio.Moved;
            Eventually.Stays(() => aio.IsBusy, "the operation waits");
        }
        while (moved == 0 || aio.Moved != moved);
    }
}
