using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nng.Http;

namespace Nng.CApi;

/// <summary>
/// A request or response of the C face, with the C copies of what was asked of it: each holds until the same is asked
/// again and has another value.
/// </summary>
/// <remarks>Threading: one thread at a time, as the message itself.</remarks>
internal sealed unsafe class CHttpMessage
{
    private static readonly ConditionalWeakTable<HttpMessage, CHttpMessage> s_wrappers = [];

    /// <summary>Texts that C holds.</summary>
    private readonly List<Lent> _lent = [];

    /// <summary>C memory that was attached as the body.</summary>
    private NativeMemoryManager? _attached;

    private void* _attachedBytes;

    /// <summary>Holds a managed body in place while C has its address.</summary>
    private GCHandle _pinned;

    private CHttpMessage(HttpMessage inner)
    {
        Inner = inner;
    }

    /// <summary>A part of a message that is a text; numbers shared with native/http_message.c.</summary>
    public enum Part
    {
        Method = 0,
        Uri = 1,
        Version = 2,
        Reason = 3,
    }

    public HttpMessage Inner { get; }

    /// <summary>The pointer C knows it by; 0 for none.</summary>
    public nint Pointer { get; private set; }

    /// <summary>Gives a message a pointer, or its present one.</summary>
    public static CHttpMessage Lend(HttpMessage inner)
    {
        CHttpMessage message = s_wrappers.GetValue(inner, static inner => new CHttpMessage(inner));
        if (message.Pointer == 0)
            message.Pointer = HandleTable.Add(KindOf(inner), message);
        return message;
    }

    /// <summary>The message of a pointer; null for NULL and for one that was freed.</summary>
    public static CHttpMessage? Find(nint pointer) =>
        HandleTable.Find<CHttpMessage>(pointer, HandleKind.HttpRequest)
        ?? HandleTable.Find<CHttpMessage>(pointer, HandleKind.HttpResponse);

    /// <summary>The request of a pointer.</summary>
    public static HttpRequest? FindRequest(nint pointer) =>
        (HttpRequest?)HandleTable.Find<CHttpMessage>(pointer, HandleKind.HttpRequest)?.Inner;

    /// <summary>The response of a pointer.</summary>
    public static HttpResponse? FindResponse(nint pointer) =>
        (HttpResponse?)HandleTable.Find<CHttpMessage>(pointer, HandleKind.HttpResponse)?.Inner;

    /// <summary>C no longer knows the message, and frees what it was lent.</summary>
    public void TakeBack()
    {
        if (HandleTable.Remove<CHttpMessage>(Pointer, KindOf(Inner)) is null)
            return;
        Pointer = 0;
        foreach (Lent lent in _lent)
            NativeMemory.Free((void*)lent.Copy);
        _lent.Clear();
        Unpin();
    }

    public string Get(Part part) => (part, Inner) switch
    {
        (Part.Method, HttpRequest request) => request.Method,
        (Part.Uri, HttpRequest request) => request.Uri,
        (Part.Reason, HttpResponse response) => response.Reason,
        _ => Inner.Version,
    };

    public void Set(Part part, string? text)
    {
        if (part == Part.Method)
            ((HttpRequest)Inner).Method = text;
        else if (part == Part.Uri)
            ((HttpRequest)Inner).Uri = text;
        else if (part == Part.Reason)
            ((HttpResponse)Inner).Reason = text;
        else
            Inner.Version = text;
    }

    /// <summary>A C copy of a text; the same one while the text is the same.</summary>
    public byte* Lend(string key, string? text)
    {
        int index = _lent.FindIndex(lent => string.Equals(lent.Key, key, StringComparison.OrdinalIgnoreCase));
        if (text is null)
            return null;
        if (index >= 0 && _lent[index].Text == text)
            return (byte*)_lent[index].Copy;
        var made = new Lent(key, text, (nint)Latin1.Copy(text));
        if (index < 0)
        {
            _lent.Add(made);
        }
        else
        {
            NativeMemory.Free((void*)_lent[index].Copy);
            _lent[index] = made;
        }

        return (byte*)made.Copy;
    }

    /// <summary>Adds to a header: its values become one line, but for cookies, which cannot be joined.</summary>
    public void AddHeader(string name, string value)
    {
        bool joins = !string.Equals(name, "Set-Cookie", StringComparison.OrdinalIgnoreCase);
        if (joins && Inner.Headers[name] is { } present)
            Inner.Headers.Set(name, $"{present}, {value}");
        else
            Inner.Headers.Add(name, value);
    }

    /// <summary>Attaches C memory. None, with a length: the header says the length, and no body is sent.</summary>
    public void Attach(byte* bytes, int length)
    {
        _attachedBytes = bytes;
        Inner.SetBody(bytes is null ? default : (_attached ??= new NativeMemoryManager()).Describe(bytes, length));
        if (bytes is null)
            Inner.Headers.Set("Content-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The body's address, which holds until the body changes; NULL for no body.</summary>
    public void* BodyAddress()
    {
        ReadOnlyMemory<byte> body = Inner.Body;
        if (body.IsEmpty)
            return null;
        if (!MemoryMarshal.TryGetArray(body, out ArraySegment<byte> segment))
            return MemoryMarshal.TryGetMemoryManager<byte, NativeMemoryManager>(body, out _) ? _attachedBytes : null;
        if (!_pinned.IsAllocated || !ReferenceEquals(_pinned.Target, segment.Array))
        {
            Unpin();
            _pinned = GCHandle.Alloc(segment.Array, GCHandleType.Pinned);
        }

        return (void*)Marshal.UnsafeAddrOfPinnedArrayElement(segment.Array!, segment.Offset);
    }

    private static HandleKind KindOf(HttpMessage message) =>
        message is HttpRequest ? HandleKind.HttpRequest : HandleKind.HttpResponse;

    private void Unpin()
    {
        if (_pinned.IsAllocated)
            _pinned.Free();
    }

    /// <summary>A text that C holds: what it is, its value, and the copy.</summary>
    private readonly record struct Lent(string Key, string Text, nint Copy);
}
