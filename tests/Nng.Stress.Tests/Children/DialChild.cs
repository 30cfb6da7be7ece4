using System.Threading.Tasks;

namespace Nng.Stress.Tests.Children;

/// <summary>Dials so many times, and does nothing with the peers it gets.</summary>
internal static class DialChild
{
    public static async Task RunAsync(string url, int count)
    {
        await using var push = new PushSocket();
        // What the first dial costs alone is not the price of a pipe.
        push.Dial(url);
        ChildFacts.Answer();
        for (int i = 1; i < count; i++)
            push.Dial(url);
        ChildFacts.Answer();
    }
}
