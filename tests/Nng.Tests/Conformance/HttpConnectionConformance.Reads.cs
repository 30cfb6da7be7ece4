using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Raw reads, heads, and the buffer between them.</content>
public abstract partial class HttpConnectionConformance
{
    private const string HeadOfSix = "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n";

    [Fact]
    public async Task HS057_A_read_ends_with_what_is_there()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var buffer = new byte[100];
        Aio read = Submit(connection.Read, buffer);
        Send(peer, "hello");
        Assert.Equal((NngError.None, 5), Outcome(read));
        Assert.Equal("hello", Encoding.Latin1.GetString(buffer, 0, 5));
    }

    [Fact]
    public async Task HS058_A_whole_read_waits_for_all()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] sent = Pattern(100);
        var buffer = new byte[100];
        Aio read = Submit(connection.ReadAll, buffer);
        await peer.WriteAsync(sent.AsMemory(0, 40));
        Eventually.Equal(40, () => read.Moved);
        Assert.True(read.IsBusy);
        await peer.WriteAsync(sent.AsMemory(40));
        Assert.Equal((NngError.None, 100), Outcome(read));
        Assert.Equal(sent, buffer);
    }

    [Fact]
    public async Task HS061_A_whole_read_fills_its_entries_in_order()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] sent = Pattern(100);
        var buffer = new byte[100];
        Aio read = Submit(
            connection.ReadAll, buffer.AsMemory(0, 10), buffer.AsMemory(10, 20), buffer.AsMemory(30, 30), buffer.AsMemory(60));
        await peer.WriteAsync(sent);
        Assert.Equal((NngError.None, 100), Outcome(read));
        Assert.Equal(sent, buffer);
    }

    [Fact]
    public async Task HS062_An_entry_without_room_at_the_end_does_no_harm()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio read = Submit(connection.ReadAll, new byte[10], Array.Empty<byte>());
        Send(peer, "0123456789");
        Assert.Equal((NngError.None, 10), Outcome(read));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS063_064_A_vector_without_room_succeeds_at_once()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Equal((NngError.None, 0), Outcome(Submit(connection.ReadAll)));
        Assert.Equal((NngError.None, 0), Outcome(Submit(connection.Read)));
        Assert.Equal((NngError.None, 0), Outcome(Submit(connection.Read, default, default)));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS065_066_A_body_begins_in_the_buffer_and_what_follows_stays_there()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Send(peer, HeadOfSix + "ab");
        var request = new HttpRequest();
        Aio head = Counted();
        connection.ReadRequest(request, head);
        Assert.Equal((NngError.None, 0), Outcome(head));
        Assert.Equal("POST", request.Method);
        Assert.Equal("6", request.Headers["Content-Length"]);
        var body = new byte[6];
        Aio read = Submit(connection.ReadAll, body);
        Send(peer, "cdef" + new string('x', 20));
        Assert.Equal((NngError.None, 6), Outcome(read));
        Assert.Equal("abcdef", Encoding.Latin1.GetString(body));
        var extra = new byte[20];
        Assert.Equal((NngError.None, 20), Outcome(Submit(connection.ReadAll, extra)));
        Assert.Equal(new string('x', 20), Encoding.Latin1.GetString(extra));
    }

    [Fact]
    public async Task HS067_A_raw_read_takes_what_is_buffered_without_waiting()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Send(peer, "GET / HTTP/1.1\r\n\r\n7 bytes");
        await connection.ReadRequestAsync(new HttpRequest());
        Assert.Equal((NngError.None, 7), Outcome(Submit(connection.Read, new byte[100])));
    }

    [Fact]
    public async Task HS068_Two_reads_take_the_stream_one_after_the_other()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] five = new byte[5];
        byte[] seven = new byte[7];
        Aio first = Submit(connection.ReadAll, five);
        Aio second = Submit(connection.ReadAll, seven);
        Send(peer, "01234567890a");
        Assert.Equal((NngError.None, 5), Outcome(first));
        Assert.Equal((NngError.None, 7), Outcome(second));
        Assert.Equal("01234567890a", Encoding.Latin1.GetString([.. five, .. seven]));
    }

    [Fact]
    public async Task HS069_A_head_and_a_raw_read_behind_it()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var request = new HttpRequest();
        Aio head = Counted();
        connection.ReadRequest(request, head);
        byte[] three = new byte[3];
        Aio body = Submit(connection.ReadAll, three);
        Send(peer, "GET /a HTTP/1.1\r\nHost: h\r\n\r\nxyz");
        Assert.Equal((NngError.None, 0), Outcome(head));
        Assert.Equal((NngError.None, 3), Outcome(body));
        Assert.Equal(("/a", "xyz"), (request.Uri, Encoding.Latin1.GetString(three)));
    }

    [Fact]
    public async Task HS073_Reading_and_writing_do_not_wait_for_each_other()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio read = Submit(connection.Read, new byte[10]);
        Aio write = Submit(connection.WriteAll, Big, Big.AsMemory(0, 36 << 20));
        _ = await BytesAsync(peer, 100 << 20);
        Assert.Equal((NngError.None, 100 << 20), Outcome(write));
        Assert.True(read.IsBusy);
        Send(peer, "x");
        Assert.Equal((NngError.None, 1), Outcome(read));
    }

    [Fact]
    public async Task HS074_A_whole_read_of_64_MiB()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var buffer = new byte[Big.Length];
        Aio read = Submit(connection.ReadAll, buffer);
        await Eventually.Completes(peer.WriteAsync(Big).AsTask(), "the peer writes", 30_000);
        Assert.Equal((NngError.None, Big.Length), Outcome(read));
        Assert.True(Big.AsSpan().SequenceEqual(buffer));
    }

    [Fact]
    public async Task HS075_A_request_of_single_bytes_is_the_same_request()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var request = new HttpRequest();
        Task read = connection.ReadRequestAsync(request).AsTask();
        foreach (byte b in Latin1(HeadOfSix))
            await peer.WriteAsync(new[] { b });
        await Eventually.Completes(read);
        Assert.Equal(("POST", "/x", "h", "6"), (request.Method, request.Uri, request.Headers["Host"], request.Headers["Content-Length"]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public async Task HS076_077_Pipelined_requests_in_one_burst_are_all_read(int requests)
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        string filler = new('f', 60);
        Send(peer, string.Concat(Enumerable.Range(0, requests).Select(i => $"GET /{i} HTTP/1.1\r\nHost: h\r\nX: {filler}\r\n\r\n")));
        var request = new HttpRequest();
        for (int i = 0; i < requests; i++)
        {
            await Eventually.Completes(connection.ReadRequestAsync(request).AsTask());
            Assert.Equal($"/{i}", request.Uri);
            Assert.Equal(filler, request.Headers["X"]);
        }
    }

    [Fact]
    public async Task HS079_080_Responses_are_read_into_the_same_object_interim_ones_too()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Send(peer, "HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 200 Fine\r\nB: c\r\n\r\n");
        var response = new HttpResponse();
        await Eventually.Completes(connection.ReadResponseAsync(response).AsTask());
        Assert.Equal((100, "b", null), (response.Status, response.Headers["A"], response.Headers["B"]));
        await Eventually.Completes(connection.ReadResponseAsync(response).AsTask());
        Assert.Equal((200, "Fine", null, "c"), (response.Status, response.Reason, response.Headers["A"], response.Headers["B"]));
    }

    [Fact]
    public async Task HS083_The_vector_stays_for_the_next_read()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var buffer = new byte[4];
        using var aio = new Aio();
        aio.SetVector((ReadOnlyMemory<byte>[])[buffer.AsMemory(0, 1), buffer.AsMemory(1)]);
        Send(peer, "onestwos");
        foreach (string expected in new[] { "ones", "twos" })
        {
            connection.ReadAll(aio);
            aio.Wait();
            Assert.Equal((NngError.None, 4), (aio.Result, aio.Count));
            Assert.Equal(expected, Encoding.Latin1.GetString(buffer));
        }
    }
}
