using System.Threading.Tasks;

namespace Nng.Stress.Tests.Children;

/// <summary>Listens, and does nothing with the peers it gets.</summary>
internal static class ListenChild
{
    public static async Task RunAsync(string url)
    {
        await using var pull = new PullSocket();
        pull.Listen(url);
        ChildFacts.Answer();
    }
}
