using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Nng.Streams;
using Nng.TestKit;

namespace Nng.Tests.Sp.Transports;

/// <summary>
/// A channel whose every step a test decides: what has arrived, how much the system takes, what happens between two
/// calls. Not thread-safe but for <see cref="Close"/>.
/// </summary>
internal sealed class ScriptedChannel() : IoChannel(
    new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
{
    private readonly Queue<byte> _incoming = new();
    private readonly List<byte> _sent = [];

    /// <summary>What receiving gives once nothing is left; null while more may come.</summary>
    private IoResult? _end;

    /// <summary>Most bytes one receive gives.</summary>
    public int ReadLimit { get; set; } = int.MaxValue;

    /// <summary>Bytes the system still takes.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Most bytes one send takes.</summary>
    public int WriteLimit { get; set; } = int.MaxValue;

    /// <summary>What every send gives from now on; null for success.</summary>
    public NngError? SendFailure { get; set; }

    /// <summary>Runs once at the start of the next send, before a byte moves.</summary>
    public Action? OnSending { get; set; }

    /// <summary>Runs once when the writer is about to wait, before it does.</summary>
    public Action? OnWaitWritable { get; set; }

    /// <summary>Runs once when the reader is about to wait, before it does.</summary>
    public Action? OnWaitReadable { get; set; }

    public bool ReadWaits { get; private set; }

    public bool WriteWaits { get; private set; }

    public bool IsClosed { get; private set; }

    public int Flushes { get; private set; }

    /// <summary>Bytes each successful send took.</summary>
    public List<int> Sends { get; } = [];

    /// <summary>Room offered by each receive that got bytes.</summary>
    public List<int> Reads { get; } = [];

    public int Unread => _incoming.Count;

    public string SentHex => WireText.Hex(_sent.ToArray());

    public byte[] Sent => _sent.ToArray();

    /// <summary>Bytes arrive; whoever waits for them is told.</summary>
    public void Arrive(params ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
            _incoming.Enqueue(one);
        WakeReader();
    }

    public void Arrive(string notation) => Arrive(WireText.Bytes(notation));

    /// <summary>The peer ends the connection in order.</summary>
    public void End()
    {
        _end = IoResult.Moved(0);
        WakeReader();
    }

    public void Break(NngError error)
    {
        _end = IoResult.Failed(error);
        WakeReader();
    }

    /// <summary>The system takes so many more bytes; a waiting writer is told.</summary>
    public void Drain(long bytes)
    {
        Room += bytes;
        if (!WriteWaits)
            return;
        WriteWaits = false;
        Handler.OnWritable();
    }

    public override NngError Connect(EndPoint remote) => throw new NotSupportedException();

    public override NngError FinishConnect() => throw new NotSupportedException();

    public override IoResult TryReceive(Span<byte> buffer)
    {
        if (IsClosed)
            return IoResult.Failed(NngError.Closed);
        if (_incoming.Count == 0)
            return _end ?? IoResult.Wait;
        Reads.Add(buffer.Length);
        int count = Math.Min(Math.Min(buffer.Length, ReadLimit), _incoming.Count);
        for (int i = 0; i < count; i++)
            buffer[i] = _incoming.Dequeue();
        return IoResult.Moved(count);
    }

    public override IoResult TrySend(ReadOnlySpan<IoSegment> segments)
    {
        List<byte> bytes = [];
        foreach (IoSegment segment in segments)
            bytes.AddRange(segment.Bytes.AsSpan(segment.Offset, segment.Count));
        return TrySend(CollectionsMarshal.AsSpan(bytes));
    }

    public override IoResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset)
    {
        List<byte> bytes = [];
        foreach (ReadOnlyMemory<byte> segment in segments)
            bytes.AddRange(segment.Span);
        return TrySend(CollectionsMarshal.AsSpan(bytes)[offset..]);
    }

    public override IoResult TrySend(ReadOnlySpan<byte> bytes)
    {
        Action? hook = OnSending;
        OnSending = null;
        hook?.Invoke();
        if (IsClosed)
            return IoResult.Failed(NngError.Closed);
        if (SendFailure is { } failure)
            return IoResult.Failed(failure);
        int count = (int)Math.Min(Math.Min(bytes.Length, WriteLimit), Room);
        _sent.AddRange(bytes[..count]);
        Room -= count;
        if (count == 0)
            return IoResult.Wait;
        Sends.Add(count);
        return IoResult.Moved(count);
    }

    public override bool WaitReadable()
    {
        Action? hook = OnWaitReadable;
        OnWaitReadable = null;
        hook?.Invoke();
        ReadWaits = !IsClosed && _incoming.Count == 0 && _end is null;
        return ReadWaits;
    }

    public override bool WaitWritable()
    {
        Action? hook = OnWaitWritable;
        OnWaitWritable = null;
        hook?.Invoke();
        WriteWaits = !IsClosed && Room == 0;
        return WriteWaits;
    }

    public override void RequestFlush() => Flushes++;

    /// <summary>Runs the flushes asked for, as a loop does, until no more are.</summary>
    public void RunFlushes()
    {
        for (int run = 0; run < Flushes; run++)
            Handler.OnFlush();
        Flushes = 0;
    }

    public override void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        Socket.Dispose();
        if (WriteWaits)
        {
            WriteWaits = false;
            Handler.OnWritable();
        }

        WakeReader();
    }

    private void WakeReader()
    {
        if (!ReadWaits)
            return;
        ReadWaits = false;
        Handler.OnReadable();
    }
}
