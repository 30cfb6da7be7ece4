using System;
using Nng.TestKit;

namespace Nng.Interop.Tests.Peers;

/// <summary>A socket of ours.</summary>
internal sealed class OurParty : Party
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(TimeoutMs);

    public OurParty(string protocol)
        : this(Create(protocol))
    {
        Socket.ReceiveTimeout = s_timeout;
        Socket.SendTimeout = s_timeout;
        (Socket as SubSocket)?.Subscribe(string.Empty);
    }

    private OurParty(NngSocket socket)
    {
        Socket = socket;
        Socket.SetOption(OptionNames.ReceiveMaxSize, 0L);
        Socket.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(20));
    }

    public NngSocket Socket { get; }

    public static OurParty OpenRaw(string protocol) =>
        new(new RawSocket(Enum.Parse<RawProtocol>(protocol, ignoreCase: true)));

    public override int Peers => Socket.Inner.AttachedCount;

    public override void Listen(string url)
    {
        Listener listener = Socket.CreateListener(url);
        if (TlsFiles.AreNeededFor(url))
            listener.SetOption(OptionNames.TlsCertKeyFile, TlsFiles.Identity);
        if (url.StartsWith("ws", StringComparison.Ordinal))
            listener.SetOption(OptionNames.WsReceiveFrameMax, 0L);
        listener.Start();
    }

    public override void Dial(string url)
    {
        Dialer dialer = Socket.CreateDialer(url);
        if (TlsFiles.AreNeededFor(url))
        {
            dialer.SetOption(OptionNames.TlsCaFile, TlsFiles.Authority);
            dialer.SetOption(OptionNames.TlsServerName, TlsFiles.ServerName);
        }

        // nanomsg sends a message of any size in one frame.
        if (url.StartsWith("ws", StringComparison.Ordinal))
            dialer.SetOption(OptionNames.WsReceiveFrameMax, 0L);
        dialer.StartPatiently();
    }

    public void DialInBackground(string url) => Socket.DialInBackground(url);

    public override void Send(byte[] body) => ((IMessageSender)Socket).Send(body.AsSpan());

    public override byte[] Receive()
    {
        using Message message = ((IMessageReceiver)Socket).Receive();
        return message.Body.ToArray();
    }

    /// <summary>What has come and nobody has taken yet, or null.</summary>
    public byte[]? TryReceive()
    {
        if (!((IMessageReceiver)Socket).TryReceive(out Message? message))
            return null;
        using (message)
            return message.Body.ToArray();
    }

    public override void Dispose() => Socket.Dispose();

    private static NngSocket Create(string protocol) => protocol switch
    {
        "pair0" => new Pair0Socket(),
        "pair1" => new Pair1Socket(),
        "pub" => new PubSocket(),
        "sub" => new SubSocket(),
        "req" => new ReqSocket(),
        "rep" => new RepSocket(),
        "push" => new PushSocket(),
        "pull" => new PullSocket(),
        "surveyor" => new SurveyorSocket(new SurveyorSocketOptions { SurveyTime = s_timeout }),
        "respondent" => new RespondentSocket(),
        "bus" => new BusSocket(),
        _ => throw new ArgumentException(protocol),
    };
}
