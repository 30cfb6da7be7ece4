using System;
using System.Collections.Generic;
using System.Threading;
using Nng.Sp;

namespace Nng.Tests.Sp.Transports;

/// <summary>A pipe in the hands of a test.</summary>
internal sealed class ProbePipe(SpPipe pipe, bool asksAtOnce) : SpPipeState(pipe)
{
    private readonly List<byte[]> _received = [];
    private int _sendReady;

    /// <summary>What the next delivery answers: true asks for one more.</summary>
    public bool WantsMore { get; set; } = asksAtOnce;

    public int SendReadyCount => Volatile.Read(ref _sendReady);

    /// <summary>What the protocol does when it is told that there is room.</summary>
    public Action? OnRoom { get; set; }

    public bool IsEnded { get; private set; }

    public int Count
    {
        get
        {
            lock (_received)
                return _received.Count;
        }
    }

    public byte[][] Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    /// <summary>Posts and kicks, as a protocol does around its unlock; the result is that of the post.</summary>
    public bool Send(Message message)
    {
        bool more = Pipe.Post(message);
        Pipe.Kick();
        return more;
    }

    public override void Start()
    {
        if (WantsMore)
            Pipe.StartReceive();
    }

    public override bool OnReceived(Message message)
    {
        lock (_received)
            _received.Add(message.Body.ToArray());
        message.Dispose();
        return WantsMore;
    }

    public override void OnSendReady()
    {
        Interlocked.Increment(ref _sendReady);
        OnRoom?.Invoke();
    }

    public override void OnClosed() => IsEnded = true;
}
