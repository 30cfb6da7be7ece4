using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// A datagram socket at work: receives until it is closed, and sends at once. What the system has no room for waits in
/// a short ring; what finds the ring full is lost, as datagrams may be.
/// </summary>
/// <remarks>
/// Threading: safe from any thread. A datagram is sent by the thread that brings it, unless others wait in the ring.
/// <see cref="_lock"/> guards the ring and the closing; it is a leaf.
/// </remarks>
internal sealed class DatagramChannel
{
    /// <summary>Datagrams that may wait for the system (transports sheet, D-15).</summary>
    public const int RingSize = 32;

    /// <summary>How long a closed channel lets them leave (D-9).</summary>
    public const int LingerMs = 500;

    /// <summary>Pause after an error of the system, so that one that stays costs no processor (D-23).</summary>
    private const int PauseMs = 5;

    /// <summary>Datagrams received without a pause before others have their turn on the pool's thread.</summary>
    private const int Turn = 256;

    private readonly DatagramWire _wire;
    private readonly IDatagramHandler _handler;
    private readonly Expirer _expirer;
    private readonly Lock _lock = new();
    private readonly Queue<(Chunk Chunk, int Length, SocketAddress To)> _ring = new(RingSize);
    private readonly Linger _linger;

    /// <summary>Sends that the system has not completed yet; while there are any, others wait in the ring.</summary>
    private int _pending;

    private bool _closing;
    private volatile bool _closed;

    public DatagramChannel(DatagramWire wire, IDatagramHandler handler, Expirer expirer)
    {
        _wire = wire;
        _handler = handler;
        _expirer = expirer;
        _linger = new Linger(this);
    }

    public DatagramWire Wire => _wire;

    /// <summary>Datagrams that wait in the ring.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _ring.Count;
        }
    }

    /// <summary>Begins to receive, on the pool.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(static channel => _ = channel.PumpAsync(), this, false);

    /// <summary>
    /// Sends a datagram, or lets it wait; what the system says of it is told to the handler. False: it is lost, because
    /// there is no room or the channel is closed.
    /// </summary>
    /// <param name="chunk">Its bytes, pinned; taken in any case.</param>
    /// <param name="length">How many of them.</param>
    /// <param name="to">The receiver; must not change any more.</param>
    public bool Send(Chunk chunk, int length, SocketAddress to)
    {
        bool lost;
        lock (_lock)
        {
            lost = _closing || _ring.Count == RingSize;
            if (!lost && _pending > 0)
            {
                _ring.Enqueue((chunk, length, to));
                return true;
            }
        }

        if (!lost)
            Transmit(chunk, length, to);
        else
            ChunkPool.Release(chunk);
        return !lost;
    }

    /// <summary>
    /// Takes no more datagrams, and frees the address when those that wait have left, or after
    /// <see cref="LingerMs"/>. Idempotent; does not block.
    /// </summary>
    public void Close()
    {
        bool wait;
        lock (_lock)
        {
            if (_closing)
                return;
            _closing = true;
            wait = _pending > 0;
        }

        if (!wait)
            End();
        else
            _expirer.Arm(_linger, _expirer.Clock.NowMs + LingerMs);
    }

    private void Transmit(Chunk chunk, int length, SocketAddress to)
    {
        ValueTask<int> sending = BeginSend(chunk, length, to);
        if (sending.IsCompleted)
        {
            Settle(sending, chunk, length);
            return;
        }

        lock (_lock)
            _pending++;
        _ = DrainAsync(sending, chunk, length);
    }

    private ValueTask<int> BeginSend(Chunk chunk, int length, SocketAddress to)
    {
        try
        {
            return _wire.SendAsync(chunk.Bytes.AsMemory(0, length), to);
        }
        catch (ObjectDisposedException failure)
        {
            return ValueTask.FromException<int>(failure);
        }
    }

    /// <summary>Whatever the system says of a datagram: it has left or is lost.</summary>
    private void Settle(ValueTask<int> sent, Chunk chunk, int length)
    {
        bool isLost = !sent.IsCompletedSuccessfully;
        if (isLost)
            _ = sent.AsTask().Exception;
        else
            _ = sent.Result;
        Release(chunk, length, isLost);
    }

    private void Release(Chunk chunk, int length, bool isLost)
    {
        if (isLost)
            _handler.OnRefused(chunk.Bytes.AsSpan(0, length));
        ChunkPool.Release(chunk);
    }

    /// <summary>Waits for a send that the system holds, then sends what has come into the ring meanwhile.</summary>
    private async Task DrainAsync(ValueTask<int> sending, Chunk chunk, int length)
    {
        while (true)
        {
            bool isLost = false;
            try
            {
                await sending.ConfigureAwait(false);
            }
            catch (Exception failure) when (IsOfSystem(failure))
            {
                isLost = true;
            }

            Release(chunk, length, isLost);
            (Chunk Chunk, int Length, SocketAddress To) next;
            lock (_lock)
            {
                if (!_ring.TryDequeue(out next))
                {
                    _pending--;
                    if (!_closing || _pending > 0)
                        return;
                    break;
                }
            }

            (chunk, length) = (next.Chunk, next.Length);
            sending = BeginSend(chunk, length, next.To);
        }

        _expirer.Disarm(_linger);
        End();
    }

    private async Task PumpAsync()
    {
        SocketAddress from = _wire.CreateAddress();
        int run = 0;
        while (!_closed)
        {
            bool pause = false;
            try
            {
                ValueTask<int> receiving = _wire.ReceiveAsync(_handler.Room, from);
                run = receiving.IsCompleted ? run + 1 : 0;
                int length = await receiving.ConfigureAwait(false);
                _handler.OnDatagram(length, from);
            }
            catch (Exception failure) when (IsOfSystem(failure))
            {
                // A datagram that was cut is an error on some systems; it is over with it.
                pause = !_closed && failure is not SocketException { SocketErrorCode: SocketError.MessageSize };
            }
            catch (Exception failure)
            {
                // One datagram is lost, for want of memory perhaps. A socket that is bound must not be deaf, so it goes on.
                _handler.OnFailure(failure);
                pause = true;
            }

            if (pause)
                await Aio.SleepAsync(PauseMs).ConfigureAwait(false);
            if (run == Turn)
            {
                run = 0;
                await Task.Yield();
            }
        }

        _handler.OnReceivingEnded();
    }

    private static bool IsOfSystem(Exception failure) =>
        failure is SocketException or ObjectDisposedException or OperationCanceledException;

    /// <summary>Frees the address; what is still in the ring is lost.</summary>
    private void End()
    {
        _closed = true;
        (Chunk Chunk, int Length, SocketAddress To)[] unsent;
        int lost;
        lock (_lock)
        {
            unsent = [.. _ring];
            _ring.Clear();
            lost = unsent.Length + _pending;
        }

        foreach ((Chunk chunk, int length, _) in unsent)
            Release(chunk, length, isLost: true);
        _wire.Close();
        if (lost > 0)
            _handler.OnLingerEnded(lost);
    }

    /// <summary>Fires when a closed channel has waited long enough.</summary>
    private sealed class Linger(DatagramChannel channel) : Deadline, IThreadPoolWorkItem
    {
        public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute() => channel.End();
    }
}
