using System;
using System.Threading.Tasks;
using Xunit;

namespace Nng.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task Push_to_pull_over_inproc()
    {
        await using var push = new PushSocket();
        await using var pull = new PullSocket();
        pull.Listen("inproc://smoke");
        push.Dial("inproc://smoke");
        push.Send("hello"u8);
        using (Message m = pull.Receive())
            Assert.Equal("hello"u8.ToArray(), m.Body.ToArray());
        Task<Message> later = pull.ReceiveAsync().AsTask();
        await push.SendAsync(new byte[] { 1, 2, 3 });
        using (Message m = await later)
            Assert.Equal(3, m.Length);
        NngException e = Assert.Throws<NngException>(() => pull.Receive(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(NngError.TimedOut, e.Error);
    }
}
