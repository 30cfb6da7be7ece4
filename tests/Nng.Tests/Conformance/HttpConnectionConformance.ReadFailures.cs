using System;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Reads that fail.</content>
public abstract partial class HttpConnectionConformance
{
    [Fact]
    public async Task HS059_The_end_of_the_stream_amid_a_whole_read_tells_what_came()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] sent = Pattern(40);
        var buffer = new byte[100];
        Aio read = Submit(connection.ReadAll, buffer);
        await peer.WriteAsync(sent);
        peer.Close();
        Assert.Equal((NngError.ConnectionShutdown, 40), Outcome(read));
        Assert.Equal(sent, buffer[..40]);
        AssertDead(connection, NngError.ConnectionShutdown);
    }

    [Fact]
    public async Task HS070_A_deadline_ends_a_whole_read_with_what_came()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        await peer.WriteAsync(new byte[30]);
        Aio read = SubmitFor(50, connection.ReadAll, new byte[100]);
        Assert.Equal((NngError.TimedOut, 30), Outcome(read));
        AssertDead(connection, NngError.TimedOut);
    }

    [Fact]
    public async Task HS071_A_queued_read_is_cancelled_alone()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var buffer = new byte[3];
        Aio first = Submit(connection.ReadAll, buffer);
        Aio second = Submit(connection.ReadAll, new byte[3]);
        second.Cancel();
        Assert.Equal((NngError.Canceled, 0), Outcome(second));
        Send(peer, "abc");
        Assert.Equal((NngError.None, 3), Outcome(first));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS072_A_close_ends_a_pending_read()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        Aio read = Submit(connection.Read, new byte[10]);
        connection.Close();
        Assert.Equal((NngError.Closed, 0), Outcome(read));
        AssertDead(connection, NngError.Closed);
    }

    [Fact]
    public async Task HS078_A_head_beyond_the_limits_ends_the_connection()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var line = "X: " + new string('x', 4000) + "\r\n";
        Task sending = peer.WriteAsync(Latin1("GET / HTTP/1.1\r\n" + string.Concat(line, line, line, line, line)
            + string.Concat(line, line, line, line, line))).AsTask();
        Aio read = Counted();
        connection.ReadRequest(new HttpRequest(), read);
        Assert.Equal((NngError.MessageTooLarge, 0), Outcome(read));
        Assert.Equal(HttpRefusal.HeadersTooLarge, connection.Refusal);
        AssertDead(connection, NngError.MessageTooLarge);
        await Eventually.Completes(Task.WhenAny(sending));
    }

    [Fact]
    public async Task HS081_The_end_of_the_stream_amid_a_head()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio read = Counted();
        connection.ReadRequest(new HttpRequest(), read);
        Send(peer, "GET / HTTP/1.1\r\nHost");
        peer.Close();
        Assert.Equal((NngError.ConnectionShutdown, 0), Outcome(read));
        AssertDead(connection, NngError.ConnectionShutdown);
    }

    [Fact]
    public async Task HS082_A_malformed_request_ends_the_connection_without_an_answer()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio read = Counted();
        connection.ReadRequest(new HttpRequest(), read);
        Send(peer, "G@T\x01 / HTTP/1.1\r\n\r\n");
        Assert.Equal((NngError.Protocol, 0), Outcome(read));
        Assert.Equal(HttpRefusal.MethodCharacter, connection.Refusal);
        AssertDead(connection, NngError.Protocol);
        Assert.Empty(await DrainAsync(peer));
    }

    [Fact]
    public async Task R6_The_awaitable_read_yields_zero_at_the_end_and_its_twin_says_why()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Send(peer, "ab");
        peer.Close();
        var buffer = new byte[10];
        Assert.Equal(2, await connection.ReadAsync(buffer));
        Assert.Equal("ab", Encoding.Latin1.GetString(buffer, 0, 2));
        Assert.Equal(0, await connection.ReadAsync(buffer));
        AssertDead(connection, NngError.ConnectionShutdown);

        (HttpConnection other, NngStream otherPeer) = await ConnectAsync();
        otherPeer.Close();
        Assert.Equal(new TransferResult(NngError.ConnectionShutdown, 0), await other.TryReadAsync(buffer));
    }
}
