using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Nng.Core;

namespace Nng;

/// <summary>
/// A message: a growable body, a header of at most 64 bytes for protocol words, and the pipe it came from.
/// </summary>
/// <remarks>
/// <para>
/// Ownership: whoever holds a message owns it alone. A send that succeeds takes the message, and the caller must not
/// touch it again; a send that fails leaves it with the caller. A received message belongs to the receiver, who
/// disposes it, sends it on, or keeps it. Body storage is pooled: spans and memories over it die with the next
/// modification, with <see cref="Dispose"/> and with a successful send.
/// </para>
/// <para>
/// "Trim" and "insert" work at the front, "chop" and "append" at the end; integers are big-endian.
/// </para>
/// <para>Threading: one thread at a time. C type: <c>nng_msg</c>.</para>
/// </remarks>
public sealed partial class Message : IDisposable
{
    /// <summary>Bytes of the small storage that stays attached to a pooled message object.</summary>
    private const int SmallStorage = 1 << ChunkPool.MinShift;

    /// <summary>Free bytes in front of a fresh body, so that headers can be inserted without a copy.</summary>
    private const int Headroom = 32;

    /// <summary>The body's storage; null only for an object that was handed to the pool without one.</summary>
    private Chunk? _chunk;

    /// <summary>Where the body starts in the storage.</summary>
    private int _start;

    private int _length;

    /// <summary>End of the storage the body may use; at most the chunk's length.</summary>
    private int _limit;

    /// <summary>Made by the pool and to be given back to it; others are garbage once disposed.</summary>
    private readonly bool _pooled;

    /// <summary>0 = live, 1 = disposed or sent.</summary>
    private int _dead;

    /// <summary>Creates an empty message.</summary>
    public Message()
        : this(0)
    {
    }

    /// <summary>Creates a message with a zero-filled body. C function: <c>nng_msg_alloc</c>.</summary>
    /// <param name="length">Body length in bytes, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public Message(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Prepare(length);
        _chunk!.Bytes.AsSpan(_start, length).Clear();
    }

    /// <summary>Creates a message with a copy of <paramref name="body"/>.</summary>
    /// <param name="body">The body's bytes.</param>
    public Message(ReadOnlySpan<byte> body)
    {
        Prepare(body.Length);
        body.CopyTo(_chunk!.Bytes.AsSpan(_start));
    }

    /// <summary>For the pool: an object without life.</summary>
    internal Message(bool pooled)
    {
        _pooled = pooled;
        _dead = 1;
    }

    /// <summary>
    /// Returns a message with a zero-filled body from the pool: the way to send at high rates without garbage.
    /// </summary>
    /// <param name="length">Body length in bytes, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static Message Create(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Message message = Rent(length);
        message._chunk!.Bytes.AsSpan(message._start, length).Clear();
        return message;
    }

    /// <summary>Returns a message with a copy of <paramref name="body"/> from the pool.</summary>
    /// <param name="body">The body's bytes.</param>
    public static Message Create(ReadOnlySpan<byte> body) => Rent(body);

    /// <summary>
    /// The pipe the message came from, 0 if none. On send it matters only to polyamorous pair sockets, which it tells
    /// the destination. C functions: <c>nng_msg_get_pipe</c>, <c>nng_msg_set_pipe</c>.
    /// </summary>
    public int PipeId { get; set; }

    /// <summary>What another face knows the object by, for as long as it exists; 0 for nothing.</summary>
    internal nint Token { get; set; }

    /// <summary>Text, for a carrier that tells text from bytes and lets its user choose; false whenever it is rented.</summary>
    internal bool IsText { get; set; }

    /// <summary>Neither disposed nor sent.</summary>
    internal bool IsAlive => _dead == 0;

    /// <summary>Next in an intrusive queue; owned by the queue that holds the message.</summary>
    internal Message? Next { get; set; }

    /// <summary>Returns a pooled message whose body has the given length and undefined content.</summary>
    internal static Message Rent(int length)
    {
        Message message = MessagePool.Rent();
        message._dead = 0;
        message.PipeId = 0;
        message._headerLength = 0;
        message.Prepare(length);
        return message;
    }

    /// <summary>Returns a pooled message with a copy of <paramref name="body"/>.</summary>
    internal static Message Rent(ReadOnlySpan<byte> body)
    {
        Message message = Rent(body.Length);
        body.CopyTo(message._chunk!.Bytes.AsSpan(message._start));
        return message;
    }

    /// <summary>
    /// Returns an independent copy of header, body and pipe. C function: <c>nng_msg_dup</c>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The message was disposed or sent.</exception>
    public Message Clone()
    {
        Live();
        Message copy = MessagePool.Rent();
        copy._dead = 0;
        copy.AttachStorage(_limit);
        copy._limit = _limit;
        copy._start = _start;
        copy._length = _length;
        Body.CopyTo(copy._chunk!.Bytes.AsSpan(_start));
        copy.PipeId = PipeId;
        copy.CopyHeaderFrom(this);
        return copy;
    }

    /// <summary>
    /// Returns a message with the same header and pipe that shares the body; the first writer of either gets a copy.
    /// </summary>
    internal Message Share()
    {
        Live();
        if (_length + Headroom <= SmallStorage)
            return Clone();
        Message other = MessagePool.Rent();
        if (other._chunk is { } small)
            ChunkPool.Release(small);
        other._dead = 0;
        _chunk!.AddShare();
        other._chunk = _chunk;
        other._start = _start;
        other._length = _length;
        other._limit = _limit;
        other.PipeId = PipeId;
        other.CopyHeaderFrom(this);
        return other;
    }

    /// <summary>
    /// Gives the message back to the pool. Disposing twice is harmless until the object is reused; using a disposed
    /// message is an error that is detected where it costs nothing. C function: <c>nng_msg_free</c>.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _dead, 1) != 0)
            return;
        Chunk chunk = _chunk!;
        if (!_pooled || chunk.SizeClass != 0 || chunk.IsShared)
        {
            _chunk = null;
            ChunkPool.Release(chunk);
        }

        IsText = false;
        if (_pooled)
            MessagePool.Return(this);
    }

    /// <summary>Lays out the body: the capacity rules of the manual (headroom 32, or none for powers of two).</summary>
    private void Prepare(int length)
    {
        bool exact = length >= 1024 && (length & (length - 1)) == 0;
        int head = exact ? 0 : Headroom;
        AttachStorage(checked(length + head + (exact ? 0 : Headroom)));
        _start = head;
        _length = length;
        _limit = head + length + (exact ? 0 : Headroom);
    }

    /// <summary>Makes sure of storage with at least <paramref name="size"/> bytes, content undefined.</summary>
    private void AttachStorage(int size)
    {
        if (_chunk is { } kept)
        {
            if (size <= kept.Bytes.Length)
                return;
            ChunkPool.Release(kept);
        }

        _chunk = ChunkPool.Rent(size);
    }

    /// <summary>Throws when the message was disposed or sent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Live() => ObjectDisposedException.ThrowIf(_dead != 0, this);
}
