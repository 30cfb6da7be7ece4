using System.IO;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>Load generators find no error.</summary>
public sealed class LoadTests
{
    /// <summary>Longer than a busy machine stands still: to wrk a request of 2 seconds is an error.</summary>
    private const string Patience = "--timeout=10s";

    [ToolTheory("wrk")]
    [InlineData("/plaintext", 30)]
    [InlineData("/echo", 3)]
    [InlineData("/file", 3)]
    [InlineData("/stream", 3)]
    public async Task Wrk_finds_no_error(string path, int seconds)
    {
        using var site = new WebSite();
        string output = await WebTool.RunAsync("wrk", "-t1", "-c32", Patience, $"-d{seconds}s", site.Url(path));
        Assert.Contains("requests in", output);
        Assert.DoesNotContain("error", output);
        Assert.DoesNotContain("Non-2xx", output);
    }

    [ToolFact("wrk")]
    public async Task Wrk_pipelines_without_an_error()
    {
        string script = Path.Combine(ScratchUrl.Directory, "pipeline.lua");
        await File.WriteAllTextAsync(script, """
            init = function(args)
              local requests = {}
              for i = 1, 16 do requests[i] = wrk.format("GET", i % 4 == 0 and "/echo" or "/plaintext") end
              all = table.concat(requests)
            end
            request = function() return all end
            """);
        using var site = new WebSite();
        string output = await WebTool.RunAsync("wrk", "-t1", "-c32", Patience, "-d3s", "-s", script, site.Url("/plaintext"));
        Assert.DoesNotContain("error", output);
        Assert.DoesNotContain("Non-2xx", output);
    }

    [ToolTheory("ab")]
    [InlineData("-k")]
    [InlineData("-d")]
    public async Task Ab_finds_no_error(string option)
    {
        using var site = new WebSite();
        string output = await WebTool.RunAsync("ab", "-q", option, "-n", "5000", "-c", "16", site.Url("/plaintext"));
        Assert.Contains("Complete requests:      5000", output);
        Assert.Contains("Failed requests:        0", output);
    }
}
