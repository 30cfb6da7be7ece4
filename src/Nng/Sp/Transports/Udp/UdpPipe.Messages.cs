using System.Threading;
using Nng.Core;

namespace Nng.Sp.Transports;

/// <content>Messages: sent at once, and received into a short queue.</content>
internal sealed partial class UdpPipe : IThreadPoolWorkItem
{
    /// <summary>Messages kept for a protocol that does not ask; then the oldest is dropped (D-18).</summary>
    private const int ReceiveDepth = 16;

    /// <summary>Messages that may be posted before the pipe is kicked.</summary>
    private const int PostDepth = 32;

    /// <summary>Messages delivered or sent in one go; then the thread, which may be a receiver's, is let go.</summary>
    private const int MaxRun = 256;

    /// <summary>Posted, not yet sent.</summary>
    private MessageQueue _posted;

    /// <summary>Received, not yet asked for.</summary>
    private MessageQueue _received;

    private readonly Sender _sender;

    /// <summary>Some thread is sending what was posted, or about to go on with it.</summary>
    private bool _sending;

    /// <summary>The protocol was told to wait until there is room.</summary>
    private bool _full;

    /// <summary>The protocol has asked for a message and nothing has come yet.</summary>
    private bool _asked;

    public override int UnsentCount
    {
        get
        {
            lock (_lock)
                return _posted.Count;
        }
    }

    public override bool Post(Message message)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _posted.Enqueue(message);
                _full = _posted.Count >= PostDepth;
                return !_full;
            }
        }

        message.Dispose();
        CountUnsent(1);
        return false;
    }

    public override void Kick()
    {
        lock (_lock)
        {
            if (_sending || (_posted.IsEmpty && !_full))
                return;
            _sending = true;
        }

        SendPosted();
    }

    public override void StartReceive()
    {
        bool failed;
        lock (_lock)
            failed = _closed;
        if (failed)
            Pipe.Close(_failure);
        else
            DeliverFrom(TakeReceived());
    }

    void IThreadPoolWorkItem.Execute() => DeliverFrom(TakeReceived());

    /// <summary>The peer has sent a message.</summary>
    public void OnMessage(Message message)
    {
        bool connected;
        bool deliver;
        Message? dropped = null;
        lock (_lock)
        {
            connected = _connected && !_closed;
            deliver = connected && _asked;
            if (connected)
                _expiresMs = NowMs + (Patience * (long)_refreshMs);
            if (deliver)
                _asked = false;
            else if (connected)
                _received.Enqueue(message);
            if (_received.Count > ReceiveDepth)
                dropped = _received.Dequeue();
        }

        if (deliver)
        {
            DeliverFrom(message);
        }
        else if (!connected)
        {
            message.Dispose();
            _hub.Counters.Count(UdpLoss.ReceiveNoMatch);
        }
        else if (dropped is not null)
        {
            dropped.Dispose();
            _hub.CountDrop(UdpLoss.ReceiveNoRoom, DropReason.ReceiveQueueFull);
        }
    }

    /// <summary>
    /// Sends what was posted, and what is posted meanwhile, by others or by a protocol that is told of the room; after a
    /// run of it another thread goes on.
    /// </summary>
    private void SendPosted()
    {
        for (int run = 1; TakePosted(out Message? message); run++)
        {
            if (message is not null)
                Send(message);
            else
                Pipe.OnSendReady();
            if (run == MaxRun)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_sender, preferLocal: false);
                return;
            }
        }
    }

    /// <summary>
    /// True: a message to be sent, or none and the protocol is to be told that there is room. False: nothing is left.
    /// </summary>
    private bool TakePosted(out Message? message)
    {
        lock (_lock)
        {
            message = _posted.Dequeue();
            if (message is not null)
                return true;
            _sending = _full && !_closed;
            _full = false;
            return _sending;
        }
    }

    private void Send(Message message)
    {
        if (message.HeaderLength + message.Length > Volatile.Read(ref _sendLimit))
        {
            message.Dispose();
            _hub.CountDrop(UdpLoss.SendTooBig, DropReason.Unsent);
        }
        else if (!_hub.Send(message, _peer))
        {
            _hub.CountDrop(UdpLoss.SendNoRoom, DropReason.SendQueueFull);
        }
    }

    /// <summary>Delivers a message and whatever comes meanwhile, until the protocol wants no more.</summary>
    private void DeliverFrom(Message? message)
    {
        // Nothing of this state may be touched after a delivery that ends the ask: the next ask may run.
        for (int run = 1; message is not null && Pipe.Deliver(message); run++)
        {
            if (run == MaxRun)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            message = TakeReceived();
        }
    }

    /// <summary>Takes the oldest message; or notes the ask.</summary>
    private Message? TakeReceived()
    {
        lock (_lock)
        {
            Message? message = _received.Dequeue();
            _asked = message is null;
            return message;
        }
    }

    /// <summary>Goes on with a run of sends.</summary>
    private sealed class Sender(UdpPipe pipe) : IThreadPoolWorkItem
    {
        public void Execute() => pipe.SendPosted();
    }
}
