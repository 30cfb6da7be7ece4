using System.Threading.Tasks;
using Nng;

namespace Quickstart;

/// <summary>A mesh of three: what one says the two others hear.</summary>
internal static class Bus
{
    public static async Task RunAsync(string url)
    {
        await using var a = new BusSocket(Tour.Options);
        await using var b = new BusSocket(Tour.Options);
        await using var c = new BusSocket(Tour.Options);
        string addressA = a.Listen(url).Url;
        string addressB = b.Listen($"inproc://bus-{b.Id}").Url;
        await b.DialAsync(addressA);
        await c.DialAsync(addressA);
        await c.DialAsync(addressB);
        await a.WaitForPeersAsync(2);
        await b.WaitForPeersAsync(2);

        a.Send(Tour.Bytes("hello from a"));
        c.Send(Tour.Bytes("hello from c"));
        Tour.Say("bus", $"b heard '{Tour.Text(b.Receive())}' and '{Tour.Text(b.Receive())}', "
            + $"a heard '{Tour.Text(a.Receive())}', c heard '{Tour.Text(c.Receive())}'");
    }
}
