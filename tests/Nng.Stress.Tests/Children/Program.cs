using System;
using System.Threading.Tasks;

namespace Nng.Stress.Tests.Children;

/// <summary>What this assembly does when it is started as a process of its own by a test: <c>NAME ARGUMENT ...</c>.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case [nameof(EchoChild), var url]:
                await EchoChild.RunAsync(url);
                return 0;
            case [nameof(ListenChild), var url]:
                await ListenChild.RunAsync(url);
                return 0;
            case [nameof(DialChild), var url, var count]:
                await DialChild.RunAsync(url, int.Parse(count));
                return 0;
            case [nameof(ScarceChild), var url, var maxDescriptors]:
                await ScarceChild.RunAsync(url, int.Parse(maxDescriptors));
                return 0;
            default:
                Console.Error.WriteLine($"Not a child: '{string.Join(' ', arguments)}'.");
                return 2;
        }
    }
}
