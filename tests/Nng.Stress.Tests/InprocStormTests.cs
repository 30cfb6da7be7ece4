using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests;

/// <summary>Sockets that come and go in great numbers inside the process.</summary>
public sealed class InprocStormTests
{
    private const int Rounds = 2_000;

    [Fact]
    public async Task Thousands_of_short_lived_pairs_leave_nothing_behind()
    {
        for (int round = 0; round < Rounds; round++)
        {
            string url = ScratchUrl.Inproc();
            await using var pull = new PullSocket();
            await using var push = new PushSocket();
            pull.Listen(url);
            push.Dial(url);
            push.Send(new byte[] { 1, 2, 3 });
            using Message message = pull.Receive();
            Assert.Equal(3, message.Length);
        }
    }
}
