using System.Threading.Tasks;
using Nng;

namespace Quickstart;

/// <summary>A station broadcasts; each listener hears the topics it subscribed to.</summary>
internal static class PublishSubscribe
{
    public static async Task RunAsync(string url)
    {
        await using var station = new PubSocket();
        await using var weather = new SubSocket { ReceiveTimeout = Tour.Options.ReceiveTimeout!.Value };
        await using var all = new SubSocket { ReceiveTimeout = Tour.Options.ReceiveTimeout!.Value };
        weather.Subscribe("weather/");
        all.Subscribe(string.Empty);
        string address = station.Listen(url).Url;
        await weather.DialAsync(address);
        await all.DialAsync(address);
        await station.WaitForPeersAsync(2);

        station.Send(Tour.Bytes("sport/3:1"));
        station.Send(Tour.Bytes("weather/sunny"));
        Tour.Say("pub/sub", $"'weather/' heard {Tour.Text(weather.Receive())}; "
            + $"'' heard {Tour.Text(all.Receive())} and {Tour.Text(all.Receive())}");
    }
}
