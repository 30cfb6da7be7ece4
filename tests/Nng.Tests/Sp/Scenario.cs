using System;
using System.Collections.Generic;
using System.Text;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp;

/// <summary>What the numbered scenarios share: sockets that are closed at the end, pairs joined in-process, wire peers.</summary>
public abstract class Scenario : IDisposable
{
    private readonly Stack<IDisposable> _used = new();

    public virtual void Dispose()
    {
        while (_used.TryPop(out IDisposable? used))
            used.Dispose();
    }

    /// <summary>The object is disposed at the end of the test.</summary>
    protected T Use<T>(T used)
        where T : IDisposable
    {
        _used.Push(used);
        return used;
    }

    /// <summary>Joins two sockets in-process; both are attached when it returns.</summary>
    protected static void Marry(NngSocket a, NngSocket b)
    {
        int peersA = a.Inner.AttachedCount;
        int peersB = b.Inner.AttachedCount;
        b.Dial(a.Listen(ScratchUrl.Inproc()).Url);
        Eventually.True(() => a.Inner.AttachedCount > peersA && b.Inner.AttachedCount > peersB, "both ends attached");
    }

    /// <summary>A wire peer of protocol <paramref name="protocol"/> connected over TCP and attached.</summary>
    protected RawPeer Peer(NngSocket socket, int protocol)
    {
        int before = socket.Inner.AttachedCount;
        if (!_urls.TryGetValue(socket, out string? url))
            _urls[socket] = url = socket.Listen(ScratchUrl.TcpPortZero()).Url;
        RawPeer peer = Use(RawPeer.DialAs(url, protocol));
        Eventually.True(() => socket.Inner.AttachedCount > before, "the wire peer attached");
        return peer;
    }

    protected string UrlOf(NngSocket socket) => _urls[socket];

    private readonly Dictionary<NngSocket, string> _urls = [];

    protected static Message Msg(string notation) => new(WireText.Bytes(notation));

    protected static Message Msg(string header, string body)
    {
        Message message = Msg(body);
        message.AppendHeader(WireText.Bytes(header));
        return message;
    }

    /// <summary>A polling send.</summary>
    protected static NngError Poll(NngSocket socket, string notation) => Poll(socket.Channel, Msg(notation));

    protected static NngError Poll(NngContext context, string notation) => Poll(context.Channel, Msg(notation));

    internal static NngError Poll(MessageChannel channel, Message message)
    {
        NngError error = channel.TrySend(message);
        if (error != NngError.None)
            message.Dispose();
        return error;
    }

    /// <summary>A polling receive: the body as text, or null when it would wait.</summary>
    protected static string? Got(NngSocket socket) => Got(socket.Channel, NngError.TryAgain);

    internal static string? Got(MessageChannel channel, NngError expected)
    {
        NngError error = channel.TryReceive(out Message? message);
        if (error != NngError.None)
        {
            Assert.Equal(expected, error);
            return null;
        }

        return Text(message!);
    }

    protected static NngError PollReceive(NngSocket socket)
    {
        NngError error = socket.Channel.TryReceive(out Message? message);
        message?.Dispose();
        return error;
    }

    /// <summary>A receive with a generous limit: the body as text.</summary>
    protected static string Recv(IMessageReceiver receiver) => Text(receiver.Receive(TimeSpan.FromSeconds(10)));

    protected static string Text(Message message)
    {
        using (message)
            return Encoding.Latin1.GetString(message.Body);
    }

    protected static void Send(IMessageSender sender, string notation) => sender.Send(Msg(notation), TimeSpan.FromSeconds(10));

    protected static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    /// <summary>Submits a send without a callback.</summary>
    internal static Aio SendAio(MessageChannel channel, Message message, int timeoutMs = Aio.Infinite)
    {
        var aio = new Aio { Message = message, TimeoutMs = timeoutMs };
        channel.Send(aio);
        return aio;
    }

    /// <summary>Submits a receive without a callback.</summary>
    internal static Aio ReceiveAio(MessageChannel channel, int timeoutMs = Aio.Infinite)
    {
        var aio = new Aio { TimeoutMs = timeoutMs };
        channel.Receive(aio);
        return aio;
    }

    protected static NngError Outcome(Aio aio)
    {
        Eventually.True(() => !aio.IsBusy, "the operation to complete");
        return aio.Result;
    }

    protected static NngError SetError(NngSocket socket, string name, object value)
    {
        OptionValue option = value switch
        {
            bool flag => OptionValue.Boolean(flag),
            int number => OptionValue.Int32(number),
            byte[] bytes => OptionValue.Bytes(bytes),
            TimeSpan span => OptionValue.Duration((int)span.TotalMilliseconds),
            _ => throw new ArgumentException("unexpected"),
        };
        return socket.Inner.SetOption(name, option);
    }

    protected static NngError GetError(NngSocket socket, string name) => socket.Inner.GetOption(name, out _);

    protected static void Closed(RawPeer peer) => peer.DrainUntilClosed();
}
