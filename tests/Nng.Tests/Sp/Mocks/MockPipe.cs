using System.Collections.Generic;
using System.Text;
using System.Threading;
using Nng.Core;
using Nng.Sp;

namespace Nng.Tests.Sp.Mocks;

/// <summary>A connection whose every step the test takes itself.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class MockPipe(ushort peerProtocol) : SpTransportPipe
{
    private readonly Lock _lock = new();
    private readonly List<string> _posted = [];
    private int _kicks;
    private int _asks;
    private int _closes;

    /// <summary>What <see cref="Post"/> answers: the pipe can take another message at once.</summary>
    public bool Roomy { get; set; } = true;

    /// <summary>Runs inside <see cref="Close"/>.</summary>
    public System.Action? Closing { get; set; }

    public override ushort PeerProtocol => peerProtocol;

    public override NngAddress LocalAddress => NngAddress.Inproc("mock-local");

    public override NngAddress RemoteAddress => NngAddress.Inproc("mock-remote");

    public override int UnsentCount => 0;

    public int Kicks => Volatile.Read(ref _kicks);

    public int Asks => Volatile.Read(ref _asks);

    public int Closes => Volatile.Read(ref _closes);

    /// <summary>The bodies taken so far, as text, header bytes in front as hexadecimal and a bar if there are any.</summary>
    public string[] Posted
    {
        get
        {
            lock (_lock)
                return [.. _posted];
        }
    }

    public override bool Post(Message message)
    {
        string text = Encoding.Latin1.GetString(message.Body);
        if (message.HeaderLength > 0)
            text = System.Convert.ToHexStringLower(message.Header) + "|" + text;
        message.Dispose();
        lock (_lock)
            _posted.Add(text);
        return Roomy;
    }

    public override void Kick() => Interlocked.Increment(ref _kicks);

    public override void StartReceive() => Interlocked.Increment(ref _asks);

    public override void Close()
    {
        Interlocked.Increment(ref _closes);
        Closing?.Invoke();
    }

    /// <summary>A message arrives; true: the machinery asks for the next.</summary>
    public bool Arrive(string body) => Pipe.Deliver(new Message(Encoding.Latin1.GetBytes(body)));

    public override NngError GetOption(string name, out OptionValue value)
    {
        value = OptionValue.Text("of the pipe");
        return name == MockTransport.PipeOption ? NngError.None : NngError.NotSupported;
    }
}
