using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng;
using Nng.Http;
using Nng.Streams;

namespace Browser;

/// <summary>A page and the sockets that its script talks with, on one port.</summary>
public sealed class Site : IAsyncDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);

    private readonly HttpServer _server;
    private readonly PubSocket _news = new();
    private readonly RepSocket _ask = new();
    private readonly Pair0Socket _talk = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _work;

    /// <summary>Serves at an address such as <c>http://127.0.0.1:8080</c>; one of <c>https</c> needs a certificate.</summary>
    public Site(string url, TlsConfig? tls = null)
    {
        _server = HttpServer.Hold(url);
        if (tls is not null)
            _server.TlsConfig = tls; // For the page and the sockets.
        HttpHandler pages = HttpHandler.Directory("/", Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        pages.Tree = HttpTreeMode.Shared; // Other handlers have paths below it.
        _server.AddHandler(pages);
        _server.Start();
        Listen(_news, "/news");
        Listen(_ask, "/ask");
        Listen(_talk, "/talk");
        _talk.OnPipe(PipeEvent.AddPost, _ => _talk.TrySend("welcome"u8));
        _work = [TellTimeAsync(), AnswerAsync(), TalkAsync()];
    }

    /// <summary>The page's address, with the real port.</summary>
    public string Url => _server.Url;

    /// <summary>Ends connections and loops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (Task work in _work)
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _news.Dispose();
        _ask.Dispose();
        _talk.Dispose();
        _server.Dispose();
        _stop.Dispose();
    }

    private void Listen(NngSocket socket, string path)
    {
        Listener listener = socket.CreateListener("ws" + _server.Url["http".Length..] + path);
        listener.SetOption(OptionNames.WsOrigins, "same"); // No script of another site.
        listener.SetOption(OptionNames.WsPingInterval, TimeSpan.FromSeconds(30)); // Pages vanish without a word.
        listener.Start();
    }

    private async Task TellTimeAsync()
    {
        using var timer = new PeriodicTimer(s_tick);
        while (await timer.WaitForNextTickAsync(_stop.Token))
            await PublishAsync($"time {DateTime.Now:T}");
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            string question = Text(await _ask.ReceiveAsync(_stop.Token));
            await _ask.SendAsync(Encoding.UTF8.GetBytes($"you asked '{question}'"), _stop.Token);
            await PublishAsync($"asked {question}");
        }
    }

    private async Task TalkAsync()
    {
        while (true)
        {
            string words = Text(await _talk.ReceiveAsync(_stop.Token));
            await PublishAsync($"told {words}"); // The page does not subscribe to this.
            await _talk.SendAsync(Encoding.UTF8.GetBytes($"you said '{words}'"), _stop.Token);
        }
    }

    private ValueTask PublishAsync(string text) => _news.SendAsync(Encoding.UTF8.GetBytes(text), _stop.Token);

    private static string Text(Message message)
    {
        using (message)
            return Encoding.UTF8.GetString(message.Body);
    }
}
