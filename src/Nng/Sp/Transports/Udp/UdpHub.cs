using System;
using System.Net;
using System.Numerics;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>One UDP socket of an endpoint: sorts what comes in, writes what goes out.</summary>
/// <remarks>
/// Threading: datagrams come one at a time; everything else is safe from any thread. The landing message belongs to
/// whoever receives.
/// </remarks>
internal sealed class UdpHub : IDatagramHandler
{
    private readonly IUdpRole _role;
    private readonly DatagramChannel _channel;

    /// <summary>Where the next datagram is received.</summary>
    private Message? _landing;

    public UdpHub(SpEndpoint owner, UdpSettings settings, UdpCounters counters, Expirer expirer, DatagramWire wire, IUdpRole role)
    {
        Owner = owner;
        Counters = counters;
        Expirer = expirer;
        ReceiveMax = settings.ReceiveMax;
        int landing = (int)BitOperations.RoundUpToPowerOf2((uint)(UdpHeader.Length + settings.ReceiveMax));
        CopyMax = Math.Max(settings.CopyMax, landing / 2);
        Self = owner.Socket.Info.Self;
        Peer = owner.Socket.Info.Peer;
        _role = role;
        _channel = new DatagramChannel(wire, this, expirer);
    }

    public SpEndpoint Owner { get; }

    public UdpCounters Counters { get; }

    public Expirer Expirer { get; }

    /// <summary>The longest message accepted.</summary>
    public int ReceiveMax { get; }

    /// <summary>
    /// Longer messages keep the buffer into which they were received (D-20). They fill half of it at the least: what waits
    /// costs no more than twice the memory that was sent for it.
    /// </summary>
    public int CopyMax { get; }

    /// <summary>The protocol number of this side.</summary>
    public ushort Self { get; }

    /// <summary>The protocol number that peers must have.</summary>
    public ushort Peer { get; }

    public IUdpRole Role => _role;

    public NngAddress LocalAddress => _channel.Wire.LocalAddress;

    public DatagramWire Wire => _channel.Wire;

    Memory<byte> IDatagramHandler.Room => (_landing ??= Message.Rent(UdpHeader.Length + ReceiveMax)).BodySegment;

    public void Start() => _channel.Start();

    /// <summary>Frees the address once what was sent has left.</summary>
    public void Close() => _channel.Close();

    /// <summary>Sends a datagram without payload.</summary>
    public void Send(UdpOpcode opcode, int first, int second, SocketAddress to)
    {
        Chunk chunk = ChunkPool.Rent(UdpHeader.Length);
        new UdpHeader(opcode, Self, (ushort)first, (ushort)second).Write(chunk.Bytes);
        _channel.Send(chunk, UdpHeader.Length, to);
    }

    public void Disconnect(UdpReason reason, SocketAddress to) => Send(UdpOpcode.Disconnect, (int)reason, 0, to);

    /// <summary>Sends a message, which is taken; false when there is no room for it.</summary>
    public bool Send(Message message, SocketAddress to)
    {
        ReadOnlySpan<byte> header = message.Header;
        ReadOnlySpan<byte> body = message.Body;
        int payload = header.Length + body.Length;
        Chunk chunk = ChunkPool.Rent(UdpHeader.Length + payload);
        new UdpHeader(UdpOpcode.Data, Self, (ushort)payload).Write(chunk.Bytes);
        header.CopyTo(chunk.Bytes.AsSpan(UdpHeader.Length));
        body.CopyTo(chunk.Bytes.AsSpan(UdpHeader.Length + header.Length));
        message.Dispose();
        return _channel.Send(chunk, UdpHeader.Length + payload, to);
    }

    /// <summary>Counts a lost message, for the endpoint and for its socket.</summary>
    public void CountDrop(UdpLoss loss, DropReason reason)
    {
        Counters.Count(loss);
        Owner.Socket.Traffic.CountDrop(reason);
    }

    void IDatagramHandler.OnDatagram(int length, SocketAddress from)
    {
        if (!UdpHeader.TryRead(_landing!.Body[..length], out UdpHeader header))
            return;
        UdpPipe? pipe = _role.Find(from);
        switch (header.Opcode)
        {
            case UdpOpcode.Data:
                Receive(pipe, header, length - UdpHeader.Length);
                break;
            case UdpOpcode.Request:
                _role.OnRequest(pipe, header, from);
                break;
            case UdpOpcode.Accept:
                pipe?.OnAccept(header);
                break;
            case UdpOpcode.Disconnect:
                pipe?.OnDisconnect(header);
                break;
            default:
                // Strangers get no answer (TW-40).
                pipe?.End(NngError.Protocol, UdpReason.Protocol);
                break;
        }
    }

    void IDatagramHandler.OnFailure(Exception failure) => SpLog.UdpFailed(Owner, failure);

    void IDatagramHandler.OnReceivingEnded()
    {
        _landing?.Dispose();
        _landing = null;
    }

    void IDatagramHandler.OnRefused(ReadOnlySpan<byte> datagram)
    {
        if (UdpHeader.TryRead(datagram, out UdpHeader header) && header.Opcode == UdpOpcode.Data)
            CountDrop(UdpLoss.SendRefused, DropReason.Unsent);
    }

    void IDatagramHandler.OnLingerEnded(int lost) => SpLog.UdpLinger(Owner, lost);

    /// <summary>A copy of an address that stays.</summary>
    public static SocketAddress Keep(SocketAddress address)
    {
        var kept = new SocketAddress(address.Family, address.Size);
        address.Buffer[..address.Size].CopyTo(kept.Buffer);
        return kept;
    }

    private void Receive(UdpPipe? pipe, in UdpHeader header, int present)
    {
        if (pipe is null)
        {
            Counters.Count(UdpLoss.ReceiveNoMatch);
            return;
        }

        int length = header.First;
        if (length > present || length > ReceiveMax)
        {
            Counters.Count(UdpLoss.ReceiveTooBig);
            pipe.RefuseLength(length);
            return;
        }

        Message message;
        if (length <= CopyMax)
        {
            message = Message.Rent(_landing!.Body.Slice(UdpHeader.Length, length));
        }
        else
        {
            (message, _landing) = (_landing!, null);
            message.Resize(UdpHeader.Length + length);
            message.Trim(UdpHeader.Length);
        }

        pipe.OnMessage(message);
    }
}
