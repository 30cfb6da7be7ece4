using System.Threading.Tasks;
using Nng;

namespace Quickstart;

/// <summary>A device joins two networks: clients here, the service on another address and transport.</summary>
internal static class Bridge
{
    public static async Task RunAsync(string url)
    {
        await using var front = new RawSocket(RawProtocol.Rep);
        await using var back = new RawSocket(RawProtocol.Req);
        string clients = front.Listen(url).Url;
        string services = back.Listen($"inproc://bridge-{back.Id}").Url;
        Task device = Device.RunAsync(front, back);

        await using var service = new RepSocket(Tour.Options);
        await using var client = new ReqSocket();
        await service.DialAsync(services);
        await client.DialAsync(clients);
        Task<Message> reply = client.RequestAsync(Tour.Bytes("through the device")).AsTask();
        string question = Tour.Text(await service.ReceiveAsync());
        await service.SendAsync(Tour.Bytes("answer to '" + question + "'"));
        Tour.Say("device", Tour.Text(await reply));

        front.Dispose();
        try
        {
            await device;
        }
        catch (NngException end) when (end.Error == NngError.Closed)
        {
            // The device ends when one of its sockets is closed.
        }
    }
}
