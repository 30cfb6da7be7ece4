using System.Threading.Tasks;
using Nng;

namespace Quickstart;

/// <summary>A client asks, a service answers; three requests are under way at once.</summary>
internal static class RequestReply
{
    public static async Task RunAsync(string url)
    {
        await using var service = new RepSocket(Tour.Options);
        await using var client = new ReqSocket();
        await client.DialAsync(service.Listen(url).Url);

        Task<Message> first = client.RequestAsync(Tour.Bytes("one")).AsTask();
        Task<Message> second = client.RequestAsync(Tour.Bytes("two")).AsTask();
        Task<Message> third = client.RequestAsync(Tour.Bytes("three")).AsTask();
        for (int i = 0; i < 3; i++)
        {
            string question = Tour.Text(await service.ReceiveAsync());
            await service.SendAsync(Tour.Bytes(question.ToUpperInvariant()));
        }

        Tour.Say("req/rep", $"one -> {Tour.Text(await first)}, two -> {Tour.Text(await second)}, "
            + $"three -> {Tour.Text(await third)}");
    }
}
