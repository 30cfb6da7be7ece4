using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Nng.Http;
using Nng.Streams;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>What is put into the output comes out, whatever its parts and however much the socket takes.</summary>
public sealed class ServerOutputTests
{
    [Fact]
    public void Copies_and_references_leave_in_order()
    {
        var random = new Random(7);
        var output = new ServerOutput();
        for (int round = 0; round < 50; round++)
        {
            var expected = new List<byte>();
            for (int part = random.Next(1, 12); part > 0; part--)
            {
                byte[] bytes = new byte[random.Next(0, 20_000)];
                random.NextBytes(bytes);
                expected.AddRange(bytes);
                if (random.Next(2) == 0)
                    output.Append(bytes);
                else
                    output.AppendReference(bytes);
            }

            Assert.Equal(expected.Count, output.Pending);
            Assert.Equal(expected, Drain(output, random));
            Assert.True(output.IsEmpty);
            Assert.False(output.HasReferences);
        }
    }

    [Fact]
    public void More_may_be_added_after_a_part_was_sent()
    {
        var output = new ServerOutput();
        output.Append("abc"u8);
        var channel = new TakingChannel(2);
        output.Send(channel);
        output.AppendReference("def"u8.ToArray());
        output.Append("ghi"u8);
        while (!output.IsEmpty)
            output.Send(channel);
        Assert.Equal("abcdefghi"u8.ToArray(), channel.Taken);
    }

    private static List<byte> Drain(ServerOutput output, Random random)
    {
        var channel = new TakingChannel(random.Next(1, 9000));
        while (!output.IsEmpty)
            output.Send(channel);
        return channel.Taken;
    }

    /// <summary>Takes so many bytes a call.</summary>
    private sealed class TakingChannel(int most) : IoChannel(new Socket(SocketType.Stream, ProtocolType.Tcp))
    {
        public List<byte> Taken { get; } = [];

        public override IoResult TrySend(ReadOnlySpan<byte> bytes)
        {
            int count = Math.Min(most, bytes.Length);
            Taken.AddRange(bytes[..count]);
            return IoResult.Moved(count);
        }

        public override IoResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset) =>
            TrySend(segments.ToArray().SelectMany(segment => segment.ToArray()).Skip(offset).ToArray());

        public override IoResult TrySend(ReadOnlySpan<IoSegment> segments) => throw new NotSupportedException();

        public override IoResult TryReceive(Span<byte> buffer) => throw new NotSupportedException();

        public override NngError Connect(EndPoint remote) => throw new NotSupportedException();

        public override NngError FinishConnect() => throw new NotSupportedException();

        public override bool WaitReadable() => false;

        public override bool WaitWritable() => false;

        public override void RequestFlush()
        {
        }

        public override void Close() => Socket.Dispose();
    }
}
