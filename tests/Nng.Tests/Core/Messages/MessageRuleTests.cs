using System;
using System.Linq;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>The storage numbers of messages, rule by rule (core sheet, 7.2 and 7.3).</summary>
public sealed class MessageRuleTests
{
    private static byte[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    [Fact]
    public void CS_7_2_Inserting_into_headroom_moves_nothing_and_grows_the_capacity()
    {
        using var message = new Message(Numbers(10));
        int capacity = message.Capacity;
        message.Insert(Numbers(32));
        Assert.Equal((42, capacity + 32), (message.Length, message.Capacity));
        message.Insert([7]);
        Assert.Equal([7, .. Numbers(32), .. Numbers(10)], message.Body.ToArray());
    }

    [Fact]
    public void CS_7_2_Trimming_turns_body_into_headroom_unless_it_empties_it()
    {
        using var message = new Message(Numbers(100));
        int capacity = message.Capacity;
        message.Trim(60);
        Assert.Equal((40, capacity - 60), (message.Length, message.Capacity));
        message.Insert(Numbers(60));
        Assert.Equal((100, capacity), (message.Length, message.Capacity));
        message.Trim(100);
        Assert.Equal((0, capacity), (message.Length, message.Capacity));
    }

    [Fact]
    public void CS_7_2_Chopping_and_clearing_keep_the_capacity()
    {
        using var message = new Message(Numbers(100));
        int capacity = message.Capacity;
        message.Chop(30);
        Assert.Equal((70, capacity), (message.Length, message.Capacity));
        message.AppendHeaderUInt32(1);
        message.Clear();
        Assert.Equal((0, capacity, 4), (message.Length, message.Capacity, message.HeaderLength));
        message.Append([1]);
        message.ClearHeader();
        Assert.Equal((1, capacity, 0), (message.Length, message.Capacity, message.HeaderLength));
    }

    [Fact]
    public void CS_7_2_Reserving_is_exact_and_never_shrinks()
    {
        using var message = new Message(Numbers(10));
        message.Reserve(500);
        Assert.Equal((10, 500), (message.Length, message.Capacity));
        message.Reserve(20);
        Assert.Equal((10, 500), (message.Length, message.Capacity));
        Assert.Equal(Numbers(10), message.Body.ToArray());
        // The headroom is kept too.
        message.Insert(Numbers(32));
        Assert.Equal(532, message.Capacity);
    }

    [Fact]
    public void CS_7_2_Resizing_grows_exactly_and_shrinks_like_a_chop()
    {
        using var message = new Message(Numbers(10));
        message.Resize(300);
        Assert.Equal((300, 300), (message.Length, message.Capacity));
        Assert.Equal(Numbers(10), message.Body[..10].ToArray());
        message.Resize(5);
        Assert.Equal((5, 300), (message.Length, message.Capacity));
        Assert.Equal(Numbers(5), message.Body.ToArray());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1024)]
    [InlineData(3000)]
    public void CS_7_2_A_clone_has_the_same_capacity_and_headroom(int length)
    {
        using var message = new Message(Numbers(length)) { PipeId = 5 };
        message.Trim(4);
        message.Reserve(length + 100);
        message.AppendHeader(Numbers(64));
        using Message clone = message.Clone();
        Assert.Equal((message.Length, message.Capacity, 5), (clone.Length, clone.Capacity, clone.PipeId));
        Assert.True(clone.Body.SequenceEqual(message.Body));
        Assert.True(clone.Header.SequenceEqual(message.Header));
        int capacity = message.Capacity;
        message.Insert([1, 2, 3, 4]);
        clone.Insert([1, 2, 3, 4]);
        Assert.Equal((capacity + 4, capacity + 4), (message.Capacity, clone.Capacity));
    }

    [Fact]
    public void CS_7_3_A_refused_number_leaves_message_and_header()
    {
        using var message = new Message([1, 2, 3]);
        message.AppendHeader([9]);
        foreach (Action refused in (Action[])
            [() => message.TrimUInt32(), () => message.ChopUInt32(), () => message.TrimUInt64(), () => message.ChopUInt64(),
            () => message.TrimHeaderUInt16(), () => message.ChopHeaderUInt16(), () => message.TrimHeaderUInt32(),
            () => message.ChopHeaderUInt32(), () => message.TrimHeaderUInt64(), () => message.ChopHeaderUInt64(),
            () => message.TrimHeader(2), () => message.ChopHeader(2), () => message.Trim(4), () => message.Chop(4)])
            Assert.Equal(NngError.InvalidArgument, Assert.Throws<NngException>(refused).Error);
        Assert.Equal([1, 2, 3], message.Body.ToArray());
        Assert.Equal([9], message.Header.ToArray());
    }

    /// <summary>W-31: many small appends do not copy the body each time.</summary>
    [Fact]
    public void CS_7_W31_Appending_grows_the_storage_in_proportion()
    {
        using var message = new Message();
        int moves = 0;
        int capacity = message.Capacity;
        for (int i = 0; i < 100_000; i++)
        {
            message.Append([(byte)i]);
            if (message.Capacity != capacity)
            {
                capacity = message.Capacity;
                moves++;
            }
        }

        Assert.InRange(moves, 1, 20);
        Assert.Equal((100_000, 99), (message.Length, message.Body[99]));
    }

    [Fact]
    public void Bytes_of_the_body_itself_may_be_appended_and_inserted()
    {
        using var message = new Message(Numbers(40));
        message.Append(message.Body);
        message.Insert(message.Body[..40]);
        message.Insert(message.Body);
        byte[] once = Numbers(40);
        Assert.Equal([.. once, .. once, .. once, .. once, .. once, .. once], message.Body.ToArray());
    }

    /// <summary>All faces of a shared body, in both orders of who writes first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sharers_see_nothing_of_each_others_changes(bool originalFirst)
    {
        foreach (Action<Message> change in (Action<Message>[])
            [m => m.GetWritableBody().Fill(0xff), m => m.Append([1]), m => m.Insert([1]), m => m.InsertUInt32(1),
            m => m.GetSpan(10).Fill(0xff), m => m.Trim(10), m => m.Chop(10), m => m.Clear(), m => m.Resize(9000),
            m => m.Reserve(9000), m => m.AppendHeaderUInt32(1), m => m.Dispose()])
        {
            Message original = Message.Create(Numbers(2000));
            Message share = original.Share();
            (Message writer, Message reader) = originalFirst ? (original, share) : (share, original);
            change(writer);
            Assert.Equal(Numbers(2000), reader.Body.ToArray());
            Assert.Equal(0, reader.HeaderLength);
            reader.GetWritableBody()[0] = 5;
            reader.Append([6]);
            writer.Dispose();
            Assert.Equal([5, .. Numbers(2000)[1..], 6], reader.Body.ToArray());
            reader.Dispose();
        }
    }
}
