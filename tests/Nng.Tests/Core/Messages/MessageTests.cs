using System;
using System.Buffers;
using System.Linq;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>Messages (core sheet, section 7).</summary>
public sealed class MessageTests
{
    private static NngError ErrorOf(Action action) => Assert.Throws<NngException>(action).Error;

    [Theory]
    [InlineData(0, 32)]
    [InlineData(100, 132)]
    [InlineData(1000, 1032)]
    [InlineData(1024, 1024)]
    [InlineData(1025, 1057)]
    [InlineData(1 << 20, 1 << 20)]
    public void A_fresh_body_is_zero_and_has_the_documented_capacity(int length, int capacity)
    {
        using var message = new Message(length);
        Assert.Equal((length, capacity), (message.Length, message.Capacity));
        Assert.True(message.Body.IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void Appending_within_the_capacity_does_not_change_it()
    {
        using var message = new Message();
        message.Append([1, 2, 3, 4]);
        Assert.Equal(32, message.Capacity);
        message.Append(new byte[64]);
        Assert.Equal(68, message.Length);
        Assert.True(message.Capacity >= 68);
        Assert.Equal([1, 2, 3, 4], message.Body[..4].ToArray());
        using var reserved = new Message();
        reserved.Append([9]);
        reserved.Reserve(64);
        Assert.Equal((1, 64), (reserved.Length, reserved.Capacity));
    }

    [Theory]
    [InlineData(4, 40)]
    [InlineData(100, 8)]
    [InlineData(100, 5000)]
    public void Inserting_keeps_the_old_body_behind(int length, int inserted)
    {
        byte[] old = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        byte[] front = [.. Enumerable.Repeat((byte)0xee, inserted)];
        using var message = new Message();
        message.Append(old);
        message.Insert(front);
        Assert.Equal([.. front, .. old], message.Body.ToArray());
    }

    [Fact]
    public void An_insert_after_a_chop_is_right_too()
    {
        using var message = new Message(1024);
        message.GetWritableBody()[0] = 7;
        message.Chop(924);
        message.Insert([1, 2, 3, 4]);
        Assert.Equal((104, 7), (message.Length, message.Body[4]));
    }

    [Fact]
    public void Trim_and_chop_take_from_their_ends_and_no_more_than_there_is()
    {
        using var message = new Message([1, 2, 3, 4, 5]);
        message.Trim(1);
        message.Chop(1);
        Assert.Equal([2, 3, 4], message.Body.ToArray());
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => message.Trim(4)));
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => message.Chop(-1)));
        int capacity = message.Capacity;
        message.Trim(3);
        Assert.Equal((0, capacity), (message.Length, message.Capacity));
    }

    [Fact]
    public void Integers_are_big_endian_at_all_four_ends()
    {
        using var message = new Message();
        message.AppendUInt16(0x0102);
        message.AppendUInt32(0x03040506);
        message.InsertUInt64(0x1112131415161718);
        Assert.Equal("1112131415161718010203040506", Convert.ToHexString(message.Body));
        Assert.Equal(0x1112131415161718u, message.TrimUInt64());
        Assert.Equal(0x03040506u, message.ChopUInt32());
        Assert.Equal(0x0102, message.ChopUInt16());
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => message.TrimUInt16()));
        message.AppendHeaderUInt32(1);
        message.InsertHeaderUInt16(2);
        message.AppendHeaderUInt64(3);
        Assert.Equal("0002000000010000000000000003", Convert.ToHexString(message.Header));
        Assert.Equal((2, 3ul, 1u), (message.TrimHeaderUInt16(), message.ChopHeaderUInt64(), message.TrimHeaderUInt32()));
    }

    [Fact]
    public void A_header_holds_64_bytes()
    {
        using var message = new Message();
        message.AppendHeader(new byte[60]);
        message.InsertHeader([1, 2, 3, 4]);
        Assert.Equal((64, 1), (message.HeaderLength, message.Header[0]));
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => message.AppendHeader([1])));
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => message.InsertHeader([1])));
        message.ClearHeader();
        Assert.Equal(0, message.HeaderLength);
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => message.ChopHeader(1)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public void A_clone_is_independent(int length)
    {
        using var message = new Message(length) { PipeId = 9 };
        message.AppendHeaderUInt32(5);
        using Message clone = message.Clone();
        clone.GetWritableBody()[0] = 1;
        clone.ChopHeaderUInt32();
        Assert.Equal((0, 4, 9, message.Capacity), (message.Body[0], message.HeaderLength, clone.PipeId, clone.Capacity));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public void A_shared_body_is_copied_by_its_first_writer(int length)
    {
        var message = new Message(length);
        using Message share = message.Share();
        using Message other = message.Share();
        share.GetWritableBody()[0] = 1;
        other.Append([2]);
        Assert.Equal((0, 1, 0), (message.Body[0], share.Body[0], other.Body[0]));
        message.Dispose();
        Assert.Equal((1, 2), (share.Body[0], other.Body[^1]));
    }

    [Fact]
    public void A_disposed_message_says_so()
    {
        var message = new Message(4);
        message.Dispose();
        message.Dispose();
        Assert.Throws<ObjectDisposedException>(() => message.Append([1]));
        Assert.Throws<ObjectDisposedException>(() => message.Body.Length);
    }

    [Fact]
    public void A_serializer_writes_into_the_body()
    {
        using var message = new Message([1]);
        IBufferWriter<byte> writer = message;
        for (int i = 0; i < 1000; i++)
            writer.Write([(byte)i]);
        writer.GetSpan(5000)[0] = 0xaa;
        writer.Advance(1);
        Assert.Equal(1002, message.Length);
        Assert.Equal((1, 0, 1, 0xaa), (message.Body[0], message.Body[1], message.Body[2], message.Body[^1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Advance(int.MaxValue));
    }

    [Fact]
    public void Random_edits_match_a_list_of_bytes()
    {
        var random = new Random(4711);
        for (int round = 0; round < 200; round++)
        {
            using var message = new Message(random.Next(0, 2000));
            var model = message.Body.ToArray().ToList();
            for (int step = 0; step < 30; step++)
            {
                var bytes = new byte[random.Next(0, 300)];
                random.NextBytes(bytes);
                int count = random.Next(0, model.Count + 1);
                switch (random.Next(6))
                {
                    case 0:
                        message.Append(bytes);
                        model.AddRange(bytes);
                        break;
                    case 1:
                        message.Insert(bytes);
                        model.InsertRange(0, bytes);
                        break;
                    case 2:
                        message.Trim(count);
                        model.RemoveRange(0, count);
                        break;
                    case 3:
                        message.Chop(count);
                        model.RemoveRange(model.Count - count, count);
                        break;
                    case 4:
                        message.Reserve(random.Next(0, 4000));
                        break;
                    default:
                        using (message.Share())
                            message.Append(bytes);
                        model.AddRange(bytes);
                        break;
                }

                Assert.True(message.Body.SequenceEqual(model.ToArray()), $"round {round}, step {step}, seed 4711");
            }
        }
    }
}
