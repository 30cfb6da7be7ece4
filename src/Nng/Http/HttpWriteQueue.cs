using System;
using Nng.Streams;

namespace Nng.Http;

/// <summary>The writing direction of a connection: raw bytes and whole messages in the order of their submission.</summary>
internal sealed class HttpWriteQueue(HttpConnection connection, IoChannel channel) : SendQueue(channel)
{
    /// <summary>A response was submitted that says that the connection ends with it.</summary>
    public bool AnnouncesEnd { get; private set; }

    protected override NngError AfterFailure => NngError.Closed;

    /// <summary>Submits a message's head, as it is now, and its body, which become the aio's vector.</summary>
    public void Submit(Aio aio, HttpMessage message)
    {
        if (!aio.Begin())
            return;
        NngError refusal = message.TryWriteHead(out ReadOnlyMemory<byte> head);
        if (refusal == NngError.None)
        {
            aio.SetVector(head);
            aio.AddToVector(message.BodyOnWire);
            if (message is HttpResponse { Status: >= 200 } && !KeepAlive.Wants(message.Headers.Table, message.MinorVersion))
                AnnouncesEnd = true;
        }

        Accept(aio, whole: true, tag: null, refusal);
    }

    protected override bool NeedsTime(Aio aio) => true;

    protected override void OnBroken(NngError cause) => connection.OnWriteBroken(cause);
}
