using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;

namespace Nng.Tests.Sp.Transports;

/// <summary>The machine's network, but the system takes no datagram while the test holds it up, or refuses all.</summary>
internal sealed class HoldingNetwork : DatagramNetwork
{
    private volatile bool _holdsUp;
    private volatile bool _refuses;
    private Exception? _failure;

    /// <summary>What is sent from now on does not leave before its socket is closed, and then it fails.</summary>
    public bool HoldsUp
    {
        get => _holdsUp;
        set => _holdsUp = value;
    }

    /// <summary>What is sent from now on is too long for the system.</summary>
    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    /// <summary>A receive from now on throws this, once.</summary>
    public void FailReceive(Exception failure) => Volatile.Write(ref _failure, failure);

    public override NngError Bind(UdpBinding binding, out DatagramWire? wire)
    {
        NngError error = base.Bind(binding, out wire);
        if (wire is not null)
            wire = new Wire(this, wire);
        return error;
    }

    private sealed class Wire(HoldingNetwork network, DatagramWire inner) : DatagramWire
    {
        private readonly TaskCompletionSource<int> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override NngAddress LocalAddress => inner.LocalAddress;

        public override SocketAddress CreateAddress() => inner.CreateAddress();

        public override SocketAddress AddressOf(IPEndPoint peer) => inner.AddressOf(peer);

        public override IPEndPoint EndPointOf(SocketAddress peer) => inner.EndPointOf(peer);

        public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> datagram, SocketAddress to)
        {
            if (network.Refuses)
                return ValueTask.FromException<int>(new SocketException((int)SocketError.MessageSize));
            return network.HoldsUp ? new ValueTask<int>(_closed.Task) : inner.SendAsync(datagram, to);
        }

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, SocketAddress from) =>
            Interlocked.Exchange(ref network._failure, null) is { } failure ? throw failure : inner.ReceiveAsync(buffer, from);

        public override void Close()
        {
            inner.Close();
            _closed.TrySetException(new SocketException((int)SocketError.OperationAborted));
        }
    }
}
