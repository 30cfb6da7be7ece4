using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>One datagram on its way: the operation ends when the system has let go of its memory.</summary>
/// <remarks>Threading: a cancel only asks; the task that moves the datagram ends the operation.</remarks>
internal sealed class UdpTransfer(UdpSocket udp, Socket socket, Aio aio) : IAioProvider
{
    /// <summary>No datagram is longer (RFC 768: a 16-bit length).</summary>
    private const int MaxDatagram = 65_535;

    private readonly CancellationTokenSource _cancel = new();

    /// <summary>Why it was cancelled; none for not.</summary>
    private volatile NngError _reason;

    public void Send(IPEndPoint target) => _ = RunAsync(() => SendAsync(target));

    public void Receive(Action<NngAddress>? from) => _ = RunAsync(() => ReceiveAsync(from));

    void IAioProvider.OnCancel(Aio canceled, object? state, NngError reason)
    {
        _reason = reason;
        _cancel.Cancel();
    }

    private async Task RunAsync(Func<ValueTask<int>> transfer)
    {
        NngError error = udp.IsClosed ? NngError.Closed : aio.Schedule(this, null);
        int count = 0;
        try
        {
            if (error == NngError.None)
                count = await transfer().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            error = _reason;
        }
        catch (SocketException failure)
        {
            error = udp.IsClosed ? NngError.Closed : failure.ToNngError();
        }
        catch (NngException failure)
        {
            error = failure.Error;
        }
        catch (OutOfMemoryException)
        {
            error = NngError.OutOfMemory;
        }
        catch (Exception failure) when (failure is ObjectDisposedException or ArgumentException or NullReferenceException)
        {
            // If not the socket, an owner of memory that has given it back, or never had it.
            error = udp.IsClosed ? NngError.Closed : NngError.InvalidArgument;
        }
        catch (Exception)
        {
            // Whatever else the system's API throws must not leave the operation without end.
            error = NngError.Internal;
        }

        aio.Finish(error, count);
    }

    private async ValueTask<int> SendAsync(IPEndPoint target)
    {
        if (aio.Vector.Count == 1)
            return await socket.SendToAsync(aio.Vector[0], SocketFlags.None, target, _cancel.Token).ConfigureAwait(false);
        long length = Length();
        if (length > MaxDatagram)
            throw new NngException(NngError.MessageTooLarge, $"{length} bytes are too many for a datagram.");
        Chunk chunk = ChunkPool.Rent((int)length);
        try
        {
            int end = 0;
            foreach (ReadOnlyMemory<byte> element in aio.Vector)
            {
                element.CopyTo(chunk.Bytes.AsMemory(end));
                end += element.Length;
            }

            return await socket.SendToAsync(chunk.Bytes.AsMemory(0, end), SocketFlags.None, target, _cancel.Token)
                .ConfigureAwait(false);
        }
        finally
        {
            ChunkPool.Release(chunk);
        }
    }

    private async ValueTask<int> ReceiveAsync(Action<NngAddress>? from)
    {
        long room = Length();
        if (room == 0)
            throw new NngException(NngError.InvalidArgument, "A datagram is received into a vector that has room.");
        if (aio.Vector.Count == 1)
            return await ReceiveAsync(MemoryMarshal.AsMemory(aio.Vector[0]), from).ConfigureAwait(false);
        Chunk chunk = ChunkPool.Rent((int)Math.Min(room, MaxDatagram));
        try
        {
            int count = await ReceiveAsync(chunk.Bytes.AsMemory(0, (int)Math.Min(room, MaxDatagram)), from)
                .ConfigureAwait(false);
            int start = 0;
            for (int i = 0; start < count; i++)
            {
                int length = Math.Min(aio.Vector[i].Length, count - start);
                chunk.Bytes.AsMemory(start, length).CopyTo(MemoryMarshal.AsMemory(aio.Vector[i]));
                start += length;
            }

            return count;
        }
        finally
        {
            ChunkPool.Release(chunk);
        }
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> target, Action<NngAddress>? from)
    {
        var any = new IPEndPoint(
            socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        SocketReceiveFromResult result =
            await socket.ReceiveFromAsync(target, SocketFlags.None, any, _cancel.Token).ConfigureAwait(false);
        from?.Invoke(NngAddress.Ip((IPEndPoint)result.RemoteEndPoint));
        return result.ReceivedBytes;
    }

    private long Length()
    {
        long length = 0;
        foreach (ReadOnlyMemory<byte> element in aio.Vector)
            length += element.Length;
        return length;
    }
}
