using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests.Http;

/// <summary>Writes of connections in great number or size (http sheet, 12.1): counts stay exact.</summary>
public sealed class HttpWriteStormTests
{
    private const int Races = 10_000;

    private static readonly byte[] s_block = RandomNumberGenerator.GetBytes(64 * 1024);

    [Fact]
    public async Task HS011_A_quarter_of_a_gigabyte_in_one_entry()
    {
        byte[] bytes = new byte[256 << 20];
        new Random(Scale.Seed).NextBytes(bytes);
        (HttpConnection connection, NngStream peer) = await ConnectAsync("tcp");
        using (connection)
        using (peer)
        {
            Task<TransferResult> write = connection.TryWriteAllAsync(bytes).AsTask();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[1 << 20];
            for (int i = 0; i < 256; i++)
            {
                await Eventually.Completes(peer.ReadExactlyAsync(buffer).AsTask());
                hash.AppendData(buffer);
            }

            Assert.Equal(new TransferResult(NngError.None, 268_435_456), await Eventually.Completes(write));
            Assert.Equal(SHA256.HashData(bytes), hash.GetHashAndReset());
        }
    }

    [Fact]
    public async Task HS044_Three_gigabytes_over_the_same_memory()
    {
        byte[] bytes = new byte[1 << 30];
        (HttpConnection connection, NngStream peer) = await ConnectAsync("tcp");
        using (connection)
        using (peer)
        {
            Task<TransferResult> write = connection.TryWriteAllAsync([bytes, bytes, bytes]).AsTask();
            var buffer = new byte[1 << 20];
            for (int i = 0; i < 3 << 10; i++)
                await Eventually.Completes(peer.ReadExactlyAsync(buffer).AsTask());
            Assert.Equal(new TransferResult(NngError.None, 3_221_225_472), await Eventually.Completes(write));
        }
    }

    [Theory]
    [InlineData("tcp", false)]
    [InlineData("ipc", false)]
    [InlineData("tcp", true)]
    [InlineData("ipc", true)]
    public async Task HS035_036_A_write_raced_by_its_cancel_or_deadline_has_one_of_two_outcomes(string scheme, bool deadline)
    {
        var random = new Random(Scale.Seed);
        NngError expected = deadline ? NngError.TimedOut : NngError.Canceled;
        int total = s_block.Length;
        int races = Scale.Of(Races / 4);
        (HttpConnection connection, NngStream peer) = await ConnectAsync(scheme);
        Task<long> draining = DrainAsync(peer);
        for (int i = 0; i < races; i++)
        {
            if (connection.IsClosed)
            {
                await Eventually.Completes(draining);
                (connection, peer) = await ConnectAsync(scheme);
                draining = DrainAsync(peer);
            }

            using var aio = new Aio { TimeoutMs = deadline ? random.Next(0, 3) : Aio.Infinite };
            aio.SetVector((ReadOnlyMemory<byte>[])[s_block]);
            connection.WriteAll(aio);
            if (!deadline)
            {
                Thread.SpinWait(random.Next(0, 2000));
                aio.Cancel();
            }

            aio.Wait();
            bool whole = aio.Result == NngError.None && aio.Count == total;
            bool broken = aio.Result == expected && aio.Count < total;
            Assert.True(whole || broken, $"seed {Scale.Seed}, race {i}: {aio.Result} after {aio.Count}");
        }

        connection.Dispose();
        await Eventually.Completes(draining);
    }

    [Fact]
    public async Task HS056_A_thousand_blocked_writes_are_cancelled_with_few_threads()
    {
        byte[] big = new byte[32 << 20];
        int connections = Math.Min(1000, Scale.Of(1000));
        var open = new List<(HttpConnection Connection, NngStream Peer, Aio Write)>();
        for (int i = 0; i < connections; i++)
        {
            (HttpConnection connection, NngStream peer) = await ConnectAsync("ipc");
            var write = new Aio();
            write.SetVector((ReadOnlyMemory<byte>[])[big]);
            connection.WriteAll(write);
            open.Add((connection, peer, write));
        }

        Assert.InRange(ProcessThreads(), 1, connections / 2);
        foreach ((_, _, Aio write) in open)
            write.Cancel();
        foreach ((HttpConnection connection, NngStream peer, Aio write) in open)
        {
            write.Wait();
            Assert.Equal(NngError.Canceled, write.Result);
            Assert.InRange(write.Count, 1, big.Length - 1);
            connection.Dispose();
            peer.Dispose();
        }
    }

    private static int ProcessThreads()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.Threads.Count;
    }

    private static async Task<(HttpConnection Connection, NngStream Peer)> ConnectAsync(string scheme)
    {
        using var listener = new NngStreamListener(ScratchUrl.For(scheme));
        listener.Listen();
        Task<NngStream> accept = listener.AcceptAsync().AsTask();
        using var dialer = new NngStreamDialer(listener.Url);
        return (new HttpConnection(await dialer.DialAsync()), await accept);
    }

    /// <summary>Reads to the end and closes.</summary>
    private static async Task<long> DrainAsync(NngStream peer)
    {
        var buffer = new byte[256 * 1024];
        long all = 0;
        try
        {
            int count;
            while ((count = await peer.ReadAsync(buffer)) > 0)
                all += count;
        }
        catch (NngException)
        {
            // A connection that was broken off may end with a reset.
        }

        peer.Close();
        return all;
    }
}
