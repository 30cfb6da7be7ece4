using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Nng.Http;

namespace Nng.Tests.Http;

/// <summary>
/// Reads one message from bytes that come in parts, through the parsers in the order in which a connection uses them.
/// </summary>
internal sealed class WireReading
{
    private readonly IReadOnlyList<byte[]> _parts;
    private readonly HttpLimits _limits;
    private readonly List<byte> _have = [];
    private readonly MemoryStream _body = new();
    private readonly long _maxBody;
    private int _next;
    private int _start;

    private WireReading(IReadOnlyList<byte[]> parts, HttpLimits? limits, long maxBody)
    {
        _parts = parts;
        _limits = limits ?? HttpLimits.Default;
        _maxBody = maxBody;
    }

    /// <summary>Why the message was refused; null while bytes are missing.</summary>
    public HttpRefusal? Refusal { get; private set; }

    /// <summary>The message is complete.</summary>
    public bool IsDone => Refusal == HttpRefusal.None;

    public HttpRequest Request { get; } = new();

    public HttpResponse Response { get; } = new();

    public BodyFraming Framing { get; private set; }

    public string Body => Encoding.Latin1.GetString(_body.ToArray());

    /// <summary>Bytes behind the message.</summary>
    public string Rest => Encoding.Latin1.GetString(
        [.. _have.Skip(_start), .. _parts.Skip(_next).SelectMany(part => part)]);

    public static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    public static WireReading ReadRequest(
        IReadOnlyList<byte[]> parts, HttpLimits? limits = null, long maxBody = 1 << 20)
    {
        var reading = new WireReading(parts, limits, maxBody);
        reading.Refusal = reading.RunRequest();
        return reading;
    }

    public static WireReading ReadRequest(string latin1, HttpLimits? limits = null) =>
        ReadRequest([Bytes(latin1)], limits);

    public static WireReading ReadResponse(
        IReadOnlyList<byte[]> parts, string method = "GET", HttpLimits? limits = null, long maxBody = 1 << 20)
    {
        var reading = new WireReading(parts, limits, maxBody);
        reading.Refusal = reading.RunResponse(method);
        return reading;
    }

    public static WireReading ReadResponse(string latin1, string method = "GET") =>
        ReadResponse([Bytes(latin1)], method);

    private HttpRefusal? RunRequest()
    {
        var scan = default(HeadScan);
        var line = default(RequestLine);
        Parsed parsed;
        do
        {
            parsed = RequestParser.Parse(Span(), _limits, ref scan, ref line, Request.Headers.Table);
        }
        while (parsed.Status == ParseStatus.NeedMore && Receive());

        if (parsed.Status != ParseStatus.Done)
            return parsed.Status == ParseStatus.Refused ? parsed.Refusal : null;
        Request.AdoptHead(Span()[..parsed.Count], line, scan.Section);
        _start += parsed.Count;
        if (Request.Target.Refusal != HttpRefusal.None)
            return Request.Target.Refusal;
        HttpRefusal refusal = HostField.Find(
            Request.Headers.Table, line.MinorVersion, Request.Target.AuthorityBytes, out _);
        if (refusal != HttpRefusal.None)
            return refusal;
        refusal = MessageFraming.OfRequest(Request.Headers.Table, line.MinorVersion, out BodyFraming framing);
        Framing = framing;
        return refusal == HttpRefusal.None ? ReadBody(Request) : refusal;
    }

    private HttpRefusal? RunResponse(string method)
    {
        var scan = default(HeadScan);
        var line = default(StatusLine);
        Parsed parsed;
        do
        {
            parsed = ResponseParser.Parse(Span(), _limits, ref scan, ref line, Response.Headers.Table);
        }
        while (parsed.Status == ParseStatus.NeedMore && Receive());

        if (parsed.Status != ParseStatus.Done)
            return parsed.Status == ParseStatus.Refused ? parsed.Refusal : null;
        Response.AdoptHead(Span()[..parsed.Count], line, scan.Section);
        _start += parsed.Count;
        HttpRefusal refusal = MessageFraming.OfResponse(
            Response.Headers.Table, line.MinorVersion, line.Status, method, out BodyFraming framing);
        Framing = framing;
        return refusal == HttpRefusal.None ? ReadBody(Response) : refusal;
    }

    private HttpRefusal? ReadBody(HttpMessage message) => Framing.Kind switch
    {
        BodyKind.None => HttpRefusal.None,
        BodyKind.Length => ReadLength(),
        BodyKind.Chunked => ReadChunks(message),
        _ => ReadAll(),
    };

    private HttpRefusal? ReadLength()
    {
        if (Framing.Length > _maxBody)
            return HttpRefusal.BodyTooLarge;
        while (_have.Count - _start < Framing.Length)
        {
            if (!Receive())
                return null;
        }

        Take((int)Framing.Length);
        return HttpRefusal.None;
    }

    private HttpRefusal? ReadAll()
    {
        while (Receive())
        {
        }

        Take(_have.Count - _start);
        return HttpRefusal.None;
    }

    private HttpRefusal? ReadChunks(HttpMessage message)
    {
        var decoder = default(ChunkedDecoder);
        while (true)
        {
            ChunkedStep step = decoder.Read(Span(), _limits, _maxBody, message.PrepareTrailers(), out int consumed);
            _start += consumed;
            switch (step)
            {
                case ChunkedStep.Done:
                    return HttpRefusal.None;
                case ChunkedStep.Refused:
                    return decoder.Refusal;
                case ChunkedStep.Data when _have.Count > _start:
                    int length = (int)Math.Min(decoder.Remaining, _have.Count - _start);
                    Take(length);
                    decoder.Take(length);
                    break;
                default:
                    if (!Receive())
                        return null;
                    break;
            }
        }
    }

    private void Take(int length)
    {
        _body.Write(Span()[..length]);
        _start += length;
    }

    private ReadOnlySpan<byte> Span() => _have.ToArray().AsSpan(_start);

    private bool Receive()
    {
        if (_next == _parts.Count)
            return false;
        _have.AddRange(_parts[_next++]);
        return true;
    }
}
