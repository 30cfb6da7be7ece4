using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;

namespace Nng.Http;

/// <content>What servers and clients use beyond the public face; no operation object where none is needed.</content>
/// <remarks>
/// A head: <see cref="TryReadRequestNow"/> while it answers none, then <see cref="ReadRequest"/> with an inline aio,
/// which also waits for the next message without holding a buffer. Its body: <see cref="HttpBodyReader.Start"/>, then
/// <see cref="ReadBody"/> until <see cref="HttpBodyReader.IsEnded"/>; only then the next head. An answer: one vector of
/// head and body with <see cref="WriteAll"/>, or a batch of answers with <see cref="TryWriteNow"/> and, for what is
/// left, <see cref="FinishWrite"/>. Taking over: the connection as it is, whose reads begin with what was received
/// beyond the head, or <see cref="Detach"/> for the bare stream.
/// </remarks>
public sealed partial class HttpConnection
{
    /// <summary>Bytes beyond the last message are at hand; exact while nobody reads.</summary>
    internal bool HasBuffered => _reads.HasBuffered;

    /// <summary>Nothing has come that nobody asked for, the end of the stream included.</summary>
    internal bool IsQuiet => !HasBuffered && _stream.IsQuiet;

    /// <summary>
    /// Parses a request's head that has been received already. Try again: not the whole of it, so that a read has to
    /// follow. Else: reading has ended.
    /// </summary>
    internal NngError TryReadRequestNow(HttpRequest request) => _reads.TryReadHeadNow(request);

    /// <summary>
    /// Submits a read of body bytes into the aio's vector: until it is full or, unless <paramref name="whole"/>, until
    /// nothing more is at hand. A count of 0 is the end of the body, if the vector has room.
    /// </summary>
    internal void ReadBody(HttpBodyReader body, Aio aio, bool whole) => _reads.SubmitBody(ForRead(aio), body, whole);

    /// <summary>The same as a task that yields the bytes read, 0 at the end of the body.</summary>
    internal ValueTask<int> ReadBodyAsync(HttpBodyReader body, Memory<byte> buffer, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(token);
        Aio aio = Aio.RentAwaited(_faces, _faces.ReceiveTimeoutMs, token);
        aio.SetVector(buffer);
        ValueTask<int> task = aio.PrepareCountTask(endIsZero: false);
        _reads.SubmitBody(aio, body, whole: false);
        aio.RegisterToken();
        return task;
    }

    /// <summary>
    /// Writes at once. None: all went. Busy: others are before it, and nothing was tried. Try again:
    /// <paramref name="written"/> bytes went and <see cref="FinishWrite"/> must follow. Else: the connection has ended.
    /// </summary>
    internal NngError TryWriteNow(ReadOnlySpan<byte> bytes, out int written) => _writes.TrySendNow(bytes, out written);

    /// <summary>Leaves the rest of a write that was tried at once to an operation whose vector is those same bytes.</summary>
    internal void FinishWrite(Aio aio, int written) => _writes.Finish(ForWrite(aio), written);

    /// <summary>Bytes that somebody else received from the stream, for the first read; before any.</summary>
    internal void PutBuffered(ReadOnlySpan<byte> bytes) => _reads.PutBuffered(bytes);

    /// <summary>A write has not ended.</summary>
    internal bool IsWriting => _writes.IsBusy;

    /// <summary>Bytes written so far.</summary>
    internal long Written => _writes.Sent;

    /// <summary>A response was written, or is, that says that the connection ends with it.</summary>
    internal bool AnnouncesEnd => _writes.AnnouncesEnd;

    /// <summary>A read has not ended.</summary>
    internal bool IsReading => _reads.IsBusy;

    /// <summary>
    /// Gives the stream back, ready for its own operations, when nothing is pending; the connection is over then, and
    /// must not be used.
    /// </summary>
    /// <param name="buffered">Bytes that were received and not read; none while a read still runs.</param>
    internal NngStream Detach(out byte[] buffered)
    {
        Refuse(NngError.Closed);
        buffered = _reads.IsBusy ? [] : _reads.TakeBuffered();
        Stream.Channel.Handler = Stream;
        return Stream;
    }
}
