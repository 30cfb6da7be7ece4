using System;
using System.Threading.Tasks;
using Xunit;

namespace Nng.Tests;

public sealed class SmokeTests
{
    [Theory]
    [InlineData("inproc://smoke")]
    [InlineData("tcp://127.0.0.1:0")]
    [InlineData("ipc:///tmp/nng-smoke.sock")]
    [InlineData("abstract://nng-smoke")]
    public async Task Push_to_pull(string url)
    {
        await using var push = new PushSocket();
        await using var pull = new PullSocket();
        Listener listener = pull.Listen(url);
        push.Dial(listener.Url);
        push.Send("hello"u8);
        using (Message m = pull.Receive(TimeSpan.FromSeconds(5)))
            Assert.Equal("hello"u8.ToArray(), m.Body.ToArray());
        Task<Message> later = pull.ReceiveAsync().AsTask();
        await push.SendAsync(new byte[] { 1, 2, 3 });
        using (Message m = await later)
            Assert.Equal(3, m.Length);
        NngException e = Assert.Throws<NngException>(() => pull.Receive(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(NngError.TimedOut, e.Error);
        var big = new byte[500_000];
        new Random(1).NextBytes(big);
        for (int i = 0; i < 20; i++)
        {
            Task<Message> r = pull.ReceiveAsync().AsTask();
            await push.SendAsync(big);
            using Message m = await r;
            Assert.True(big.AsSpan().SequenceEqual(m.Body));
        }

        Task t = Task.Run(() => { for (int i = 0; i < 100_000; i++) push.Send(BitConverter.GetBytes(i)); });
        for (int i = 0; i < 100_000; i++)
        {
            using Message m = pull.Receive(TimeSpan.FromSeconds(10));
            Assert.Equal(i, BitConverter.ToInt32(m.Body));
        }

        await t;
    }
}
