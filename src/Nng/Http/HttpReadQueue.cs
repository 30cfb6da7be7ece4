using System;
using System.Runtime.InteropServices;
using Nng.Streams;

namespace Nng.Http;

/// <summary>
/// The reading direction of a connection: raw reads, heads and bodies in the order of their submission, all from one
/// buffer, which raw reads and bodies use up before they receive straight into the caller's memory.
/// </summary>
/// <remarks>
/// What an operation reads is its provider tag: nothing for raw bytes, the message for a head, the reader for a body.
/// Threading: as its base; the fields belong to whoever runs the direction.
/// </remarks>
internal sealed class HttpReadQueue(HttpConnection connection, IoChannel channel, SendQueue sends)
    : ReceiveQueue(channel, sends)
{
    private HttpReadBuffer _buffer;

    /// <summary>Where the parser stands in the head under way.</summary>
    private HeadScan _scan;

    private RequestLine _requestLine;
    private StatusLine _statusLine;

    /// <summary>A head is under way; else the next one begins with a fresh message.</summary>
    private bool _parsing;

    protected override NngError AfterFailure => NngError.Closed;

    /// <summary>Submits a read of a head into a message, which is reset when its turn comes.</summary>
    public void SubmitHead(Aio aio, HttpMessage message)
    {
        if (aio.Begin())
            Accept(aio, whole: true, message);
    }

    /// <summary>
    /// Submits a read of body bytes into the aio's vector: until it is full or, unless <paramref name="whole"/>, until
    /// nothing more is at hand. A count of 0 is the end of the body, if the vector has room.
    /// </summary>
    public void SubmitBody(Aio aio, HttpBodyReader body, bool whole)
    {
        if (aio.Begin())
            Accept(aio, whole, body);
    }

    /// <summary>
    /// Parses a head that has been received already. Try again: it has not, or others are before it; an operation has
    /// to follow. Else: reading has ended.
    /// </summary>
    public NngError TryReadHeadNow(HttpMessage message)
    {
        if (!TryEnter())
            return NngError.TryAgain;
        NngError error = _buffer.Length == 0 ? NngError.TryAgain : ParseHead(message);
        if (error == NngError.TryAgain)
            _parsing = false;
        else if (error != NngError.None)
            return Fail(error);
        Leave();
        return error;
    }

    /// <summary>Takes out all bytes that were received and not read; nobody may be reading.</summary>
    public void PutBuffered(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Span<byte> room = _buffer.MakeRoom();
            int count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            _buffer.Add(count);
            bytes = bytes[count..];
        }
    }

    public byte[] TakeBuffered()
    {
        byte[] bytes = _buffer.Bytes.ToArray();
        _buffer.Consume(bytes.Length);
        _buffer.ReleaseIfEmpty();
        return bytes;
    }

    /// <summary>Bytes are at hand; exact while nobody reads.</summary>
    public bool HasBuffered => _buffer.Length > 0;

    /// <summary>A vector without room succeeds with 0, at its turn (http sheet, R4 and R5).</summary>
    protected override NngError Check(Aio aio) => NngError.None;

    protected override bool NeedsTime(Aio aio) => true;

    protected override void OnBroken(NngError cause) => connection.OnReadBroken(cause);

    protected override NngError TakeNow(Span<byte> buffer, out int taken)
    {
        taken = _buffer.Take(buffer);
        if (taken > 0)
            return NngError.None;
        _buffer.ReleaseIfEmpty();
        return ReceiveNow(buffer, out taken);
    }

    protected override NngError Move(Aio aio) => aio.ProviderTag switch
    {
        null => MoveRaw(aio),
        HttpBodyReader body => MoveBody(aio, body),
        object message => MoveHead((HttpMessage)message),
    };

    private NngError MoveRaw(Aio aio)
    {
        if (_buffer.Length > 0)
        {
            while (_buffer.Length > 0 && !aio.Remaining.IsEmpty)
                aio.Advance(_buffer.Take(Target(aio)));
            if (!aio.IsWhole || aio.Remaining.IsEmpty)
                return NngError.None;
        }

        _buffer.ReleaseIfEmpty();
        return base.Move(aio);
    }

    private NngError MoveHead(HttpMessage message)
    {
        while (true)
        {
            NngError error = _buffer.Length == 0 ? NngError.TryAgain : ParseHead(message);
            if (error == NngError.TryAgain)
                error = IsAborting ? error : Fill();
            else
                return error;
            if (error != NngError.None)
                return error;
        }
    }

    /// <summary>Parses as far as the buffer goes; try again: more is needed.</summary>
    private NngError ParseHead(HttpMessage message)
    {
        if (!_parsing)
        {
            _parsing = true;
            _scan = default;
            message.Reset();
        }

        try
        {
            HttpLimits limits = connection.Limits;
            HeaderTable table = message.Headers.Table;
            Parsed parsed = message is HttpRequest
                ? RequestParser.Parse(_buffer.Bytes, limits, ref _scan, ref _requestLine, table)
                : ResponseParser.Parse(_buffer.Bytes, limits, ref _scan, ref _statusLine, table);
            if (parsed.Status == ParseStatus.NeedMore)
                return NngError.TryAgain;
            _parsing = false;
            if (parsed.Status == ParseStatus.Refused)
                return Refuse(parsed.Refusal);
            ReadOnlySpan<byte> head = _buffer.Bytes[..parsed.Count];
            if (message is HttpRequest request)
                request.AdoptHead(head, _requestLine, _scan.Section);
            else
                ((HttpResponse)message).AdoptHead(head, _statusLine, _scan.Section);
            _buffer.Consume(parsed.Count);
            return NngError.None;
        }
        catch (OutOfMemoryException)
        {
            _parsing = false;
            throw;
        }
    }

    private NngError MoveBody(Aio aio, HttpBodyReader body)
    {
        int budget = RunBytes;
        while (body.Refusal == HttpRefusal.None && !body.IsEnded && !aio.Remaining.IsEmpty)
        {
            if (IsAborting)
                return NngError.TryAgain;
            if (budget <= 0)
                return NngError.Busy;
            NngError error;
            if (body.IsBetweenChunks)
            {
                error = DecodeOrFill(aio, body);
            }
            else
            {
                error = TakeBody(aio, body, out int taken);
                budget -= taken;
            }

            if (error != NngError.None)
                return EndOf(aio, body, error);
            if (!aio.IsWhole && aio.Moved > 0 && _buffer.Length == 0)
                break;
        }

        return body.Refusal == HttpRefusal.None ? NngError.None : Refuse(body.Refusal);
    }

    /// <summary>What has moved before an obstacle is a success of a read that takes what is at hand.</summary>
    private static NngError EndOf(Aio aio, HttpBodyReader body, NngError error)
    {
        if (error == NngError.ConnectionShutdown && body.IsUntilClose)
        {
            body.End();
            return NngError.None;
        }

        return error == NngError.TryAgain && !aio.IsWhole && aio.Moved > 0 ? NngError.None : error;
    }

    private NngError DecodeOrFill(Aio aio, HttpBodyReader body)
    {
        bool decoded = body.Decode(_buffer.Bytes, out int consumed);
        _buffer.Consume(consumed);
        if (decoded || body.Refusal != HttpRefusal.None)
            return NngError.None;
        // The data before is complete: it need not wait for the next chunk.
        return !aio.IsWhole && aio.Moved > 0 ? NngError.TryAgain : Fill();
    }

    private NngError TakeBody(Aio aio, HttpBodyReader body, out int taken)
    {
        Span<byte> target = Target(aio);
        if (target.Length > body.Available)
            target = target[..(int)body.Available];
        taken = _buffer.Take(target);
        if (taken == 0)
        {
            _buffer.ReleaseIfEmpty();
            NngError error = ReceiveNow(target, out taken);
            if (error != NngError.None)
                return error;
        }

        aio.Advance(taken);
        body.Take(taken);
        return NngError.None;
    }

    /// <summary>Receives into the buffer.</summary>
    private NngError Fill()
    {
        NngError error = ReceiveNow(_buffer.MakeRoom(), out int received);
        if (error == NngError.None)
            _buffer.Add(received);
        else
            _buffer.ReleaseIfEmpty();
        return error;
    }

    private NngError Refuse(HttpRefusal refusal)
    {
        connection.Refusal = refusal;
        return refusal.ToError();
    }

    /// <summary>What is left of the vector's present element.</summary>
    private static Span<byte> Target(Aio aio) => MemoryMarshal.AsMemory(aio.Remaining[0]).Span[aio.ElementOffset..];
}
