using System;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Allocation;

/// <summary>
/// Zero bytes a message in steady state, asynchronous face: the library's own allocations over many exchanges, after
/// warm-up. The tolerance is for what the runtime does meanwhile (tiering, timers), far below a byte a message each.
/// </summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int WarmUp = 3000;
    private const int Messages = 2000;

    /// <summary>Bytes the runtime may allocate during a whole measurement; one object a message would be 48,000.</summary>
    private const long Tolerance = 16_000;

    private static readonly ReadOnlyMemory<byte> s_body = new byte[64];

    [Theory]
    [InlineData("inproc")]
    [InlineData("ipc")]
    [InlineData("tcp")]
    public Task Push_and_pull(string scheme) => MeasureAsync(scheme, new PushSocket(), new PullSocket(), reply: false);

    [Theory]
    [InlineData("inproc")]
    [InlineData("ipc")]
    [InlineData("tcp")]
    public Task Pair0(string scheme) => MeasureAsync(scheme, new Pair0Socket(), new Pair0Socket(), reply: true);

    [Theory]
    [InlineData("inproc")]
    [InlineData("ipc")]
    [InlineData("tcp")]
    public Task Pair1(string scheme) => MeasureAsync(scheme, new Pair1Socket(), new Pair1Socket(), reply: true);

    [Theory]
    [InlineData("inproc")]
    [InlineData("ipc")]
    [InlineData("tcp")]
    public Task Request_and_reply(string scheme) => MeasureAsync(scheme, new ReqSocket(), new RepSocket(), reply: true);

    [Theory]
    [InlineData("inproc")]
    [InlineData("ipc")]
    [InlineData("tcp")]
    public Task Survey(string scheme) =>
        MeasureAsync(scheme, new SurveyorSocket(), new RespondentSocket(), reply: true);

    [Theory]
    [InlineData("inproc")]
    [InlineData("ipc")]
    [InlineData("tcp")]
    public Task Bus(string scheme) => MeasureAsync(scheme, new BusSocket(), new BusSocket(), reply: true);

    [Theory]
    [InlineData("inproc")]
    [InlineData("ipc")]
    [InlineData("tcp")]
    public Task Publish_and_subscribe(string scheme)
    {
        var sub = new SubSocket();
        sub.Subscribe(string.Empty);
        return MeasureAsync(scheme, new PubSocket(), sub, reply: false);
    }

    private static async Task MeasureAsync(string scheme, NngSocket sender, NngSocket receiver, bool reply)
    {
        await using (sender)
        await using (receiver)
        {
            await sender.DialAsync(receiver.Listen(ScratchUrl.For(scheme)).Url);
            await receiver.WaitForPeersAsync(1);
            await ExchangeAsync((IMessageSender)sender, (IMessageReceiver)receiver, reply, WarmUp);
            long least = long.MaxValue;
            for (int attempt = 0; attempt < 20 && least > Tolerance; attempt++)
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                await ExchangeAsync((IMessageSender)sender, (IMessageReceiver)receiver, reply, Messages);
                least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            }

            Assert.True(least <= Tolerance, $"{least} bytes for {Messages} messages");
        }
    }

    /// <summary>The receive is started first, so that both the waiting and the immediate path are measured.</summary>
    private static async Task ExchangeAsync(IMessageSender sender, IMessageReceiver receiver, bool reply, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ValueTask<Message> receive = receiver.ReceiveAsync();
            await sender.SendAsync(s_body);
            Message message = await receive;
            if (!reply)
            {
                message.Dispose();
                continue;
            }

            await ((IMessageSender)receiver).SendAsync(message);
            (await ((IMessageReceiver)sender).ReceiveAsync()).Dispose();
        }
    }
}
