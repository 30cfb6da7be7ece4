using System;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>A batch of SP frames.</summary>
internal sealed class FrameBatch(FrameFormat format) : WriteBatch
{
    private readonly FrameFormat _format = format;

    public override void Add(Message message)
    {
        int payload = message.HeaderLength + message.Length;
        Span<byte> target = Free;
        _format.WriteHead(target, payload);
        message.Header.CopyTo(target[_format.HeadLength..]);
        int head = _format.HeadLength + message.HeaderLength;
        Messages++;
        Bytes += _format.HeadLength + payload;
        if (payload <= CopyLimit)
        {
            message.Body.CopyTo(target[head..]);
            Use(head + message.Length);
            message.Dispose();
            return;
        }

        Use(head);
        Refer(message, 0, message.Length);
        Keep(message);
    }

    /// <summary>Walks the frames, of which the copy buffer keeps heads and small bodies.</summary>
    public override int CountUnsent()
    {
        int sent = Bytes - CountUnsentBytes();
        int whole = 0;
        int body = 0;
        for (int at = 0; whole < Messages; whole++)
        {
            _format.ReadHead(Copied(at, _format.HeadLength), maxLength: 0, out ulong length);
            int payload = (int)length;
            sent -= _format.HeadLength + payload;
            if (sent < 0)
                break;
            at += _format.HeadLength + (payload <= CopyLimit ? payload : payload - Bodies[body++].Length);
        }

        return Messages - whole;
    }
}
