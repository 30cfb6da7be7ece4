using System.Threading;
using System.Threading.Tasks;
using Nng;

namespace Quickstart;

/// <summary>Twelve jobs spread over three workers, whose results are collected.</summary>
internal static class Pipeline
{
    private const int Jobs = 12;

    public static async Task RunAsync(string url)
    {
        await using var source = new PushSocket(Tour.Options);
        await using var sink = new PullSocket(Tour.Options);
        string jobs = source.Listen(url).Url;
        string results = sink.Listen($"inproc://results-{source.Id}").Url;
        var done = new int[3];
        var workers = new Task[done.Length];
        for (int i = 0; i < workers.Length; i++)
            workers[i] = WorkAsync(jobs, results, done, i);
        await source.WaitForPeersAsync(workers.Length);

        for (int i = 0; i < Jobs; i++)
            await source.SendAsync(new byte[] { (byte)i });
        int sum = 0;
        for (int i = 0; i < Jobs; i++)
        {
            using Message result = await sink.ReceiveAsync();
            sum += result.Body[0];
        }

        source.Dispose();
        await Task.WhenAll(workers);
        Tour.Say("pipeline", $"{Jobs} jobs over three workers ({string.Join(" + ", done)}), sum of doubles {sum}");
    }

    private static async Task WorkAsync(string jobs, string results, int[] done, int index)
    {
        await using var pull = new PullSocket();
        await using var push = new PushSocket();
        await push.DialAsync(results);
        await pull.DialAsync(jobs);
        using var stop = new CancellationTokenSource();
        // The source is closed when all results are in: the worker goes home.
        pull.OnPipe(PipeEvent.RemovePost, _ => stop.Cancel());
        try
        {
            while (true)
            {
                using Message job = await pull.ReceiveAsync(stop.Token);
                await push.SendAsync(new[] { (byte)(job.Body[0] * 2) });
                done[index]++;
            }
        }
        catch (System.OperationCanceledException)
        {
        }
    }
}
