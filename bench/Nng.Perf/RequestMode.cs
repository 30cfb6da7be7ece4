using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Perf;

/// <summary>Requests and replies, one outstanding or as many as there are contexts.</summary>
internal sealed class RequestMode(PerfOptions options) : PerfMode(options)
{
    public override async Task ListenAsync()
    {
        using var socket = new RepSocket(Configure(new SocketOptions()));
        Listen(socket);
        if (Options.Contexts > 1)
        {
            await EachContextAsync(
                socket.OpenContext,
                static async (context, count) =>
                {
                    for (int i = 0; i < count; i++)
                        await context.SendAsync(await context.ReceiveAsync().ConfigureAwait(false)).ConfigureAwait(false);
                }).ConfigureAwait(false);
        }
        else if (Options.Async)
        {
            for (int i = 0; i < Options.Count; i++)
                await socket.SendAsync(await socket.ReceiveAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
        else
        {
            for (int i = 0; i < Options.Count; i++)
                socket.Send(socket.Receive());
        }

        Thread.Sleep(Linger);
    }

    public override async Task DialAsync()
    {
        using var socket = new ReqSocket(Configure(new ReqSocketOptions()));
        PerfTls.Dial(socket, Options.Url);
        Thread.Sleep(Settle);
        long start = Stopwatch.GetTimestamp();
        if (Options.Contexts > 1)
            await EachContextAsync(socket.OpenContext, AskAsync).ConfigureAwait(false);
        else if (Options.Async)
            await AskAsync(socket, Options.Count).ConfigureAwait(false);
        else
            Ask(socket, Options.Count);
        Report($"rt_per_s {Options.Count / Seconds(start):F0}");
    }

    private void Ask(ReqSocket socket, int count)
    {
        Message message = Message.Create(Options.Size);
        for (int i = 0; i < count; i++)
        {
            socket.Send(message);
            message = socket.Receive();
        }

        message.Dispose();
    }

    private async Task AskAsync<T>(T channel, int count)
        where T : IMessageSender, IMessageReceiver
    {
        Message message = Message.Create(Options.Size);
        for (int i = 0; i < count; i++)
        {
            await channel.SendAsync(message).ConfigureAwait(false);
            message = await channel.ReceiveAsync().ConfigureAwait(false);
        }

        message.Dispose();
    }

    /// <summary>Runs a loop on each context; the counts add up to COUNT.</summary>
    private Task EachContextAsync(Func<NngContext> open, Func<NngContext, int, Task> loop)
    {
        return Task.WhenAll(Enumerable.Range(0, Options.Contexts).Select(async index =>
        {
            using NngContext context = open();
            int count = (Options.Count / Options.Contexts) + (index < Options.Count % Options.Contexts ? 1 : 0);
            await Task.Run(() => loop(context, count)).ConfigureAwait(false);
        }));
    }
}
