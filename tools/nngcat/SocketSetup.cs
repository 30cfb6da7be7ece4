using System;
using System.Text;
using Nng.Streams;

namespace Nng.Tools.Nngcat;

/// <summary>Opens the socket and starts its endpoints.</summary>
internal static class SocketSetup
{
    public static NngSocket Open(Settings settings, OptionId protocol)
    {
        NngSocket socket = Attempt(() => Create(protocol), "Unable to open socket");
        if (socket is SubSocket sub)
            Subscribe(sub, settings);
        if (settings.SendTimeoutSeconds > 0)
            socket.SendTimeout = TimeSpan.FromSeconds(settings.SendTimeoutSeconds);
        // The original's default is no limit; 0 on its command line means its largest number.
        long limit = settings.ReceiveMaxSize switch
        {
            -1 => 0,
            0 => int.MaxValue,
            var bytes => bytes,
        };
        socket.SetOption(OptionNames.ReceiveMaxSize, limit);
        return socket;
    }

    public static void Start(Settings settings, NngSocket socket)
    {
        foreach ((bool listen, string url) in settings.Addresses)
        {
            if (listen)
                Listen(settings, socket, url);
            else
                Dial(settings, socket, url);
        }
    }

    private static NngSocket Create(OptionId protocol) => protocol switch
    {
        OptionId.Req => new ReqSocket(),
        OptionId.Rep => new RepSocket(),
        OptionId.Pub => new PubSocket(),
        OptionId.Sub => new SubSocket(),
        OptionId.Push => new PushSocket(),
        OptionId.Pull => new PullSocket(),
        OptionId.Surveyor => new SurveyorSocket(),
        OptionId.Respondent => new RespondentSocket(),
        OptionId.Bus => new BusSocket(),
        OptionId.Pair0 => new Pair0Socket(),
        _ => new Pair1Socket(),
    };

    private static void Subscribe(SubSocket socket, Settings settings)
    {
        if (settings.Topics.Count == 0)
            socket.Subscribe(string.Empty);
        foreach (byte[] topic in settings.Topics)
            Attempt(() => socket.Subscribe(topic), $"Unable to subscribe to topic {Encoding.UTF8.GetString(topic)}");
    }

    private static void Listen(Settings settings, NngSocket socket, string url)
    {
        Listener listener = Attempt(() => socket.CreateListener(url), $"Unable to create listener for {url}");
        TlsSetup.Apply(settings, listener.GetOption<TlsConfig>);
        Attempt(listener.Start, $"Unable to listen on {url}");
        if (settings.Verbose)
            StandardOutput.WriteLine($"Listening at: {listener.Url}");
    }

    private static void Dial(Settings settings, NngSocket socket, string url)
    {
        Dialer dialer = Attempt(() => socket.CreateDialer(url), $"Unable to create dialer for {url}");
        TlsSetup.Apply(settings, dialer.GetOption<TlsConfig>);
        bool waits = !settings.Async && !settings.Compat;
        Attempt(waits ? dialer.Start : dialer.StartInBackground, $"Unable to dial on {url}");
        if (settings.Verbose)
            StandardOutput.WriteLine($"Connected to: {dialer.Url}");
    }

    private static T Attempt<T>(Func<T> step, string what)
    {
        try
        {
            return step();
        }
        catch (NngException failure)
        {
            throw new FatalException($"{what}: {failure.Error.Text()}");
        }
    }

    private static void Attempt(Action step, string what) => Attempt(
        () =>
        {
            step();
            return true;
        },
        what);
}
