using System;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class ExchangeTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("abstract")]
    public async Task Push_to_pull(string scheme)
    {
        string url = UrlFor(scheme);
        await using var push = new PushSocket();
        await using var pull = new PullSocket();
        Listener listener = pull.Listen(url);
        push.Dial(listener.Url);
        push.Send("hello"u8);
        using (Message m = pull.Receive(s_patience))
            Assert.Equal("hello"u8.ToArray(), m.Body.ToArray());
        Task<Message> later = pull.ReceiveAsync().AsTask();
        await push.SendAsync(new byte[] { 1, 2, 3 });
        using (Message m = await later)
            Assert.Equal(3, m.Length);
        NngException e = Assert.Throws<NngException>(() => pull.Receive(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(NngError.TimedOut, e.Error);
        var big = new byte[500_000];
        new Random(1).NextBytes(big);
        for (int i = 0; i < 20; i++)
        {
            Task<Message> r = pull.ReceiveAsync().AsTask();
            await push.SendAsync(big);
            using Message m = await r;
            Assert.True(big.AsSpan().SequenceEqual(m.Body));
        }

        Task t = Task.Run(() => { for (int i = 0; i < 100_000; i++) push.Send(BitConverter.GetBytes(i)); });
        for (int i = 0; i < 100_000; i++)
        {
            using Message m = pull.Receive(s_patience);
            Assert.Equal(i, BitConverter.ToInt32(m.Body));
        }

        await t;
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("abstract")]
    public async Task Every_pattern_exchanges(string scheme)
    {
        string url = UrlFor(scheme);
        var timeouts = new SocketOptions { ReceiveTimeout = s_patience, SendTimeout = s_patience };
        await using (var rep = new RepSocket(timeouts))
        await using (var req = new ReqSocket())
        {
            req.Dial(rep.Listen(url).Url);
            for (int i = 0; i < 3; i++)
            {
                req.Send("q"u8);
                using (Message q = rep.Receive())
                    rep.Send("a"u8);
                using Message a = req.Receive(s_patience);
                Assert.Equal("a"u8.ToArray(), a.Body.ToArray());
            }

            Task<Message> one = req.RequestAsync(new byte[] { 1 }).AsTask();
            using (Message q = await rep.ReceiveAsync())
                await rep.SendAsync(q.Memory);
            Assert.Equal(1, (await one).Length);
        }

        await using (var sub = new SubSocket())
        await using (var pub = new PubSocket())
        {
            sub.ReceiveTimeout = s_patience;
            sub.Subscribe("a");
            sub.Dial(pub.Listen(url).Url);
            await pub.WaitForPeersAsync(1);
            pub.Send("b1"u8);
            pub.Send("a1"u8);
            using Message m = sub.Receive();
            Assert.Equal("a1"u8.ToArray(), m.Body.ToArray());
        }

        await using (var surveyor = new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = s_patience }))
        await using (var respondent = new RespondentSocket(timeouts))
        {
            respondent.Dial(surveyor.Listen(url).Url);
            await surveyor.WaitForPeersAsync(1);
            surveyor.Send("?"u8);
            using (Message q = respondent.Receive())
                respondent.Send("!"u8);
            using Message a = surveyor.Receive(s_patience);
            Assert.Equal("!"u8.ToArray(), a.Body.ToArray());
            surveyor.SetOption(OptionNames.SurveyorSurveyTime, TimeSpan.FromMilliseconds(50));
            surveyor.Send("?"u8);
            // It may end before somebody waits for its answers.
            NngError end = Assert.Throws<NngException>(() => surveyor.Receive(s_patience)).Error;
            Assert.True(end is NngError.TimedOut or NngError.IncorrectState, $"{end}");
        }

        await using (var a = new Pair1Socket(timeouts))
        await using (var b = new Pair1Socket(timeouts))
        {
            a.Dial(b.Listen(url).Url);
            a.Send("x"u8);
            using (Message m = b.Receive())
                b.Send(m.Body);
            using Message r = a.Receive();
            Assert.Equal(1, r.Length);
        }

        await using (var front = new RawSocket(RawProtocol.Rep))
        await using (var back = new RawSocket(RawProtocol.Req))
        await using (var rep = new RepSocket(timeouts))
        await using (var req = new ReqSocket())
        {
            string frontUrl = front.Listen(url).Url;
            rep.Dial(back.Listen("inproc://smoke-back").Url);
            req.Dial(frontUrl);
            Task device = Device.RunAsync(front, back);
            Task<Message> reply = req.RequestAsync(new byte[] { 7 }).AsTask();
            using (Message q = rep.Receive())
                rep.Send(q.Body);
            Assert.Equal(7, (await reply).Body[0]);
            front.Dispose();
            Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(() => device)).Error);
        }

        await using (var a = new BusSocket(timeouts))
        await using (var b = new BusSocket(timeouts))
        {
            a.Dial(b.Listen(url).Url);
            await b.WaitForPeersAsync(1);
            a.Send("x"u8);
            using Message m = b.Receive();
            Assert.Equal(1, m.Length);
            CloseResult result = await a.CloseAsync(TimeSpan.FromSeconds(1));
            Assert.True(result.Drained);
        }
    }

    private static string UrlFor(string scheme) => scheme == "tcp" ? ScratchUrl.TcpPortZero() : ScratchUrl.For(scheme);
}
