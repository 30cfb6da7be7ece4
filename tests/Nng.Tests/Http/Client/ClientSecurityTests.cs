using System;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Client;

/// <summary>Servers that mean no good.</summary>
public sealed class ClientSecurityTests
{
    private static readonly string[] s_responses =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: v\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n",
        "HTTP/1.0 302 Found\r\nLocation: /x\r\n\r\nuntil the end",
    ];

    [Fact]
    public async Task HS202_Mutated_responses_never_disturb_a_good_client()
    {
        const int seed = 20261;
        var random = new Random(seed);
        using ScriptedServer bad = ScriptedServer.Start(async (connection, _) =>
        {
            byte[] answer = Encoding.Latin1.GetBytes(s_responses[random.Next(s_responses.Length)]);
            await connection.WriteAllAsync(Mutation.Of(answer, random));
            return false;
        });
        using ScriptedServer good = ScriptedServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        using var victim = new NngHttpClient(bad.Url);
        using var client = new NngHttpClient(good.Url);
        int refused = 0;
        for (int i = 0; i < 10_000; i++)
        {
            try
            {
                HttpResponse response = await Eventually.Completes(victim.SendAsync(new HttpRequest { Uri = "/" }).AsTask());
                Assert.InRange(response.Status, 100, 999);
            }
            catch (NngException)
            {
                refused++;
            }

            if (i % 100 == 0)
                Assert.Equal(200, (await Eventually.Completes(client.SendAsync(new HttpRequest { Uri = "/" }).AsTask())).Status);
        }

        Assert.InRange(refused, 1000, 9999);
        Assert.Equal(1, good.Accepted);
    }
}
