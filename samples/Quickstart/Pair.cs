using System.Threading.Tasks;
using Nng;

namespace Quickstart;

/// <summary>Two peers talk in both directions.</summary>
internal static class Pair
{
    public static async Task RunAsync(string url)
    {
        await using var left = new Pair0Socket(Tour.Options);
        await using var right = new Pair0Socket(Tour.Options);
        await right.DialAsync(left.Listen(url).Url);

        await left.SendAsync(Tour.Bytes("ping"));
        string heard = Tour.Text(await right.ReceiveAsync());
        await right.SendAsync(Tour.Bytes("pong"));
        Tour.Say("pair", $"right heard {heard}, left heard {Tour.Text(await left.ReceiveAsync())}");
    }
}
