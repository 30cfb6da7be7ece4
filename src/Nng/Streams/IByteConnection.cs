using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <summary>What the adapters to <see cref="System.IO.Stream"/> and pipes need of a connection.</summary>
internal interface IByteConnection
{
    /// <summary>Sends all of the memory, or receives into it what is there, blocking the thread.</summary>
    TransferResult Wait(ReadOnlyMemory<byte> memory, bool send);

    /// <summary>Receives what is there; 0 at the end of the stream.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends all bytes.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Closes both directions.</summary>
    void Close();
}
