using System;
using System.Net;
using System.Text;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams.Udp;

/// <summary>Datagrams: whole, cut, cancelled, refused.</summary>
public sealed class UdpTransferTests : UdpSocketScenario
{
    [Fact]
    public void A_datagram_arrives_whole_with_its_sender()
    {
        byte[] head = new byte[3];
        byte[] tail = new byte[20];
        NngAddress? sender = null;
        Aio receive = WithVector(head, tail);
        Right.Receive(receive, from => sender = from);
        Aio send = WithVector("hel"u8.ToArray(), [], "lo there"u8.ToArray());
        Left.Send(send, Right.LocalAddress);
        send.Wait();
        receive.Wait();
        Assert.Equal((NngError.None, 11L), (send.Result, send.Count));
        Assert.Equal((NngError.None, 11L), (receive.Result, receive.Count));
        Assert.Equal("hello there", Encoding.ASCII.GetString(head) + Encoding.ASCII.GetString(tail, 0, 8));
        Assert.Equal(Left.LocalAddress, sender);
    }

    [Fact]
    public void What_does_not_fit_is_cut_and_an_empty_datagram_is_one()
    {
        SendFromLeft("0123456789");
        SendFromLeft(string.Empty);
        byte[] room = new byte[4];
        Aio receive = WithVector(room);
        Right.Receive(receive, null);
        receive.Wait();
        Assert.Equal((NngError.None, 4L), (receive.Result, receive.Count));
        Assert.Equal("0123", Encoding.ASCII.GetString(room));
        Right.Receive(receive, null);
        receive.Wait();
        Assert.Equal((NngError.None, 0L), (receive.Result, receive.Count));
    }

    [Fact]
    public void Receives_are_served_in_order_and_a_cancelled_one_takes_nothing()
    {
        byte[][] rooms = [new byte[1], new byte[1], new byte[1]];
        Aio[] receives = Array.ConvertAll(rooms, room => WithVector(room));
        foreach (Aio receive in receives)
            Right.Receive(receive, null);
        receives[0].Abort(NngError.Interrupted);
        receives[0].Wait();
        SendFromLeft("a");
        SendFromLeft("b");
        receives[1].Wait();
        receives[2].Wait();
        Assert.Equal(NngError.Interrupted, receives[0].Result);
        Assert.Equal((0, (byte)'a', (byte)'b'), (rooms[0][0], rooms[1][0], rooms[2][0]));
    }

    [Fact]
    public void A_receive_times_out()
    {
        Aio receive = WithVector(new byte[1]);
        receive.TimeoutMs = 1;
        Right.Receive(receive, null);
        receive.Wait();
        Assert.Equal(NngError.TimedOut, receive.Result);
    }

    [Theory]
    [InlineData("127.0.0.1", 0)]
    [InlineData("::1", 7)]
    public void A_datagram_needs_a_receiver_of_its_own_family_with_a_port(string host, int port)
    {
        Aio send = WithVector(new byte[1]);
        Left.Send(send, Address(host, port));
        send.Wait();
        Assert.Equal(NngError.AddressInvalid, send.Result);
    }

    [Fact]
    public void Too_long_and_roomless_operations_fail()
    {
        Aio send = WithVector(new byte[40_000], new byte[40_000]);
        Left.Send(send, Right.LocalAddress);
        send.Wait();
        Assert.Equal(NngError.MessageTooLarge, send.Result);
        send = WithVector(new byte[80_000]);
        Left.Send(send, Right.LocalAddress);
        send.Wait();
        Assert.Equal(NngError.MessageTooLarge, send.Result);
        Aio receive = WithVector();
        Left.Receive(receive, null);
        receive.Wait();
        Assert.Equal(NngError.InvalidArgument, receive.Result);
    }

    [Theory]
    [InlineData(typeof(NullReferenceException), NngError.InvalidArgument)]
    [InlineData(typeof(ObjectDisposedException), NngError.InvalidArgument)]
    [InlineData(typeof(OutOfMemoryException), NngError.OutOfMemory)]
    [InlineData(typeof(InvalidOperationException), NngError.Internal)]
    public void Memory_that_its_owner_refuses_ends_the_operation(Type failure, NngError expected)
    {
        var gone = new GoneMemory((Exception)Activator.CreateInstance(failure, "gone")!);
        Aio send = WithVector(new byte[1]);
        send.AddToVector(gone.Memory);
        Left.Send(send, Right.LocalAddress);
        Aio receive = WithVector();
        receive.SetVector((ReadOnlyMemory<byte>[])[gone.Memory, new byte[1]]);
        Right.Receive(receive, null);
        SendFromLeft("a");
        Eventually.True(() => !send.IsBusy && !receive.IsBusy);
        Assert.Equal((expected, expected), (send.Result, receive.Result));
    }

    private void SendFromLeft(string text)
    {
        Aio send = WithVector(Encoding.ASCII.GetBytes(text));
        Left.Send(send, Right.LocalAddress);
        send.Wait();
        Assert.Equal(NngError.None, send.Result);
    }
}
