using System.Threading.Tasks;

namespace Nng.Stress.Tests.Children;

/// <summary>Answers requests with what they say.</summary>
internal static class EchoChild
{
    public static async Task RunAsync(string url)
    {
        await using var rep = new RepSocket();
        rep.Listen(url);
        _ = EchoAsync(rep);
        ChildFacts.Answer();
    }

    private static async Task EchoAsync(RepSocket rep)
    {
        while (true)
            await rep.SendAsync(await rep.ReceiveAsync());
    }
}
