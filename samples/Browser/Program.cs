using System;
using System.Net.Http;
using System.Text;
using Browser;
using Nng;
using Nng.Streams;

// A page whose script speaks SP over WebSocket, on the port that serves it: see wwwroot/sp.js and docs/guide/browser.md.
// With a URL (http://127.0.0.1:8080) it serves there until Enter; without arguments it looks at itself once and ends. An https
// URL takes a second argument: a file with certificate and key, PEM.
TlsConfig? tls = null;
if (args.Length > 1)
{
    tls = new TlsConfig(TlsMode.Server);
    tls.SetCertificateFile(args[1]);
}

await using var site = new Site(args.Length > 0 ? args[0] : "http://127.0.0.1:0", tls);
Console.WriteLine($"open {site.Url}");

if (args.Length > 0)
{
    Console.ReadLine();
}
else
{
    using var client = new HttpClient();
    Console.WriteLine($"the page has {(await client.GetStringAsync(site.Url)).Length} characters");
    string address = "ws" + site.Url["http".Length..];
    await using var sub = new SubSocket();
    sub.Subscribe("time ");
    await sub.DialAsync(address + "/news");
    await using var req = new ReqSocket();
    await req.DialAsync(address + "/ask");
    using Message reply = await req.RequestAsync("how are you"u8.ToArray());
    Console.WriteLine($"reply: {Encoding.UTF8.GetString(reply.Body)}");
    using Message news = await sub.ReceiveAsync();
    Console.WriteLine($"news: {Encoding.UTF8.GetString(news.Body)}");
}
