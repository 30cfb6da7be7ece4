using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Nng.Http;

namespace Nng.Perf;

/// <summary>Round trips of a client: ours, or the platform's for comparison.</summary>
internal static class HttpFetch
{
    private const string Usage = "usage: Nng.Perf fetch URL SECONDS PARALLEL [--httpclient]";

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1.5);

    /// <summary>Asks for the same again and again, first for nothing, then for the rate that it prints.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        bool isPlatform = args is [.., "--httpclient"];
        if (args.Length != (isPlatform ? 5 : 4) || !Uri.TryCreate(args[1], UriKind.Absolute, out Uri? url)
            || !double.TryParse(args[2], CultureInfo.InvariantCulture, out double seconds) || !(seconds > 0)
            || !int.TryParse(args[3], NumberStyles.None, CultureInfo.InvariantCulture, out int parallel) || parallel == 0)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        using var ours = new NngHttpClient(args[1], new NngHttpClientOptions { MaxConnections = parallel });
        using var platform = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = parallel });
        Func<TimeSpan, Task<int>> lane = isPlatform ? length => AskAsync(platform, url, length)
            : length => AskAsync(ours, url, length);
        await MeasureAsync(lane, parallel, s_warmUp);
        double rate = await MeasureAsync(lane, parallel, TimeSpan.FromSeconds(seconds));
        Console.WriteLine($"{(isPlatform ? "HttpClient" : "nng-net")} fetch {url} {parallel} rt_per_s {rate:F0}");
        return 0;
    }

    private static async Task<double> MeasureAsync(Func<TimeSpan, Task<int>> lane, int parallel, TimeSpan length)
    {
        long start = Stopwatch.GetTimestamp();
        int[] counts = await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(() => lane(length))));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<int> AskAsync(NngHttpClient client, Uri url, TimeSpan length)
    {
        var request = new HttpRequest { Uri = url.PathAndQuery };
        var response = new HttpResponse();
        int count = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < length; count++)
        {
            await client.SendAsync(request, response);
            Check(response.Status, response.Body.Length);
        }

        return count;
    }

    private static async Task<int> AskAsync(HttpClient client, Uri url, TimeSpan length)
    {
        int count = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < length; count++)
        {
            using HttpResponseMessage response = await client.GetAsync(url);
            byte[] body = await response.Content.ReadAsByteArrayAsync();
            Check((int)response.StatusCode, body.Length);
        }

        return count;
    }

    private static void Check(int status, int length)
    {
        if (status != HttpStatus.Ok || length == 0)
            throw new InvalidOperationException($"The answer is {status} with {length} bytes.");
    }
}
