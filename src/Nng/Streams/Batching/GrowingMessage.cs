using System;
using System.Diagnostics.CodeAnalysis;

namespace Nng.Streams;

/// <summary>
/// A message that is being received, straight into its body, which grows as bytes arrive, never as they are claimed
/// (transports sheet, F-14 and TW-2).
/// </summary>
/// <remarks>Not thread-safe: it belongs to whoever runs the receiving direction.</remarks>
internal struct GrowingMessage
{
    /// <summary>Memory committed to a claimed length before its bytes arrive, on a connection with a good record.</summary>
    private const int MaxTrustBytes = 1 << 20;

    /// <summary>The same on a fresh connection: a claim costs a stranger a few bytes.</summary>
    private const int FirstTrustBytes = 128 * 1024;

    /// <summary>What a message object can hold beside its headroom.</summary>
    public const int MaxBytes = 0x7fff0000;

    private Message? _message;

    /// <summary>Memory a claimed length gets at once: as much as this connection has filled before, within limits.</summary>
    private int _trustBytes;

    /// <summary>No more bytes will be announced.</summary>
    private bool _isLast;

    public readonly bool IsOpen => _message is not null;

    /// <summary>Bytes received.</summary>
    public int Filled { get; private set; }

    /// <summary>The length as announced so far.</summary>
    public int Length { get; private set; }

    public readonly bool IsFilled => Filled == Length;

    /// <summary>Bytes received so far.</summary>
    public readonly Span<byte> Bytes => _message!.GetWritableBody()[..Filled];

    /// <summary>Begins a message, or announces more bytes of the one that is open; false when there is no memory.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isLast">The message ends with them.</param>
    public bool TryAnnounce(int count, bool isLast)
    {
        Length += count;
        _isLast = isLast;
        if (_message is not null)
            return true;
        _trustBytes = Math.Max(_trustBytes, FirstTrustBytes);
        return TryRent(Math.Min(Length, _trustBytes), out _message);
    }

    /// <summary>Room for at least one byte of those announced; false when there is no memory.</summary>
    public readonly bool TryGetRoom(out Span<byte> room)
    {
        room = default;
        if (Filled == _message!.Length && !TryGrow(_message))
            return false;
        room = _message.GetWritableBody()[Filled..];
        return true;
    }

    /// <summary>Bytes were written to the room.</summary>
    public void Fill(int count) => Filled += count;

    /// <summary>Announces bytes and fills them in; false when there is no memory.</summary>
    public bool TryAppend(ReadOnlySpan<byte> bytes) => TryAnnounce(bytes.Length, isLast: false) && TryFill(bytes);

    /// <summary>Fills in bytes that were announced; false when there is no memory.</summary>
    public bool TryFill(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (!TryGetRoom(out Span<byte> room))
                return false;
            int count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            Filled += count;
            bytes = bytes[count..];
        }

        return true;
    }

    /// <summary>The message, which is filled.</summary>
    public Message Take()
    {
        Message message = _message!;
        _trustBytes = Math.Clamp(Length, _trustBytes, MaxTrustBytes);
        Reset();
        return message;
    }

    /// <summary>Drops what was received.</summary>
    public void Drop()
    {
        _message?.Dispose();
        Reset();
    }

    private void Reset()
    {
        _message = null;
        Filled = 0;
        Length = 0;
    }

    /// <summary>Memory for a peer's message may run out; that ends its connection and not the process.</summary>
    private static bool TryRent(int length, [NotNullWhen(true)] out Message? message)
    {
        try
        {
            message = Message.Rent(length);
            return true;
        }
        catch (OutOfMemoryException)
        {
            message = null;
            return false;
        }
    }

    /// <summary>To twice the size, so that a message in many pieces is not copied for each.</summary>
    private readonly bool TryGrow(Message message)
    {
        try
        {
            int doubled = (int)Math.Min(Math.Max(message.Length * 2L, FirstTrustBytes), MaxBytes);
            int length = Math.Min(Length, doubled);
            if (length > message.Capacity)
                message.Reserve(_isLast ? length : doubled);
            message.Resize(length);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }
}
