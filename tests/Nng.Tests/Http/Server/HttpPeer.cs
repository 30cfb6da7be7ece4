using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Nng.Http;
using Nng.TestKit;
using Xunit;
using Xunit.Sdk;

namespace Nng.Tests.Http.Server;

/// <summary>A client that sends literal bytes to a server and takes its responses apart.</summary>
internal sealed class HttpPeer : IDisposable
{
    private readonly Socket _socket;
    private byte[] _bytes = new byte[64 * 1024];
    private int _count;

    public HttpPeer(HttpServer server)
        : this(new IPEndPoint(IPAddress.Loopback, server.Port))
    {
    }

    public HttpPeer(EndPoint address)
    {
        _socket = address is IPEndPoint
            ? new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _socket.ReceiveTimeout = Eventually.DefaultTimeoutMs;
        _socket.SendTimeout = Eventually.DefaultTimeoutMs;
        _socket.Connect(address);
    }

    public Socket Socket => _socket;

    /// <summary>Sends Latin-1 text as it is.</summary>
    public HttpPeer Send(string text)
    {
        SendBytes(Encoding.Latin1.GetBytes(text));
        return this;
    }

    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <summary>A GET with Host, and what it is answered.</summary>
    public HttpReply Get(string target, string headers = "") =>
        Send($"GET {target} HTTP/1.1\r\nHost: h\r\n{headers}\r\n").Read();

    /// <summary>Reads a response to a method; interim ones count.</summary>
    public HttpReply Read(string method = "GET")
    {
        int end;
        while ((end = _bytes.AsSpan(0, _count).IndexOf("\r\n\r\n"u8)) < 0)
            Fill($"a response's head (so far '{Encoding.Latin1.GetString(_bytes, 0, _count)}')");
        string head = Encoding.Latin1.GetString(_bytes, 0, end + 2);
        Take(end + 4);
        var reply = new HttpReply(head);
        if (method == "HEAD" || reply.Status is < 200 or 204 or 304)
            return reply;
        if (reply["Transfer-Encoding"] == "chunked")
            reply.Body = ReadChunked();
        else if (reply["Content-Length"] is { } length)
            reply.Body = ReadExactly(int.Parse(length, CultureInfo.InvariantCulture));
        else
            reply.Body = ReadToEnd();
        return reply;
    }

    public byte[] ReadExactly(int count)
    {
        while (_count < count)
            Fill($"{count} bytes (so far {_count})");
        byte[] bytes = _bytes[..count];
        Take(count);
        return bytes;
    }

    public byte[] ReadToEnd()
    {
        while (TryFill())
        {
        }

        return ReadExactly(_count);
    }

    /// <summary>Fails unless the server ends the connection without another byte.</summary>
    public void ExpectClosed() => Assert.Equal("", Encoding.Latin1.GetString(ReadToEnd()));

    public void Dispose() => _socket.Dispose();

    private byte[] ReadChunked()
    {
        var body = new List<byte>();
        while (true)
        {
            int size = int.Parse(ReadLine(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                break;
            body.AddRange(ReadExactly(size));
            Assert.Equal("", ReadLine());
        }

        while (ReadLine() != "")
        {
        }

        return [.. body];
    }

    private string ReadLine()
    {
        int end;
        while ((end = _bytes.AsSpan(0, _count).IndexOf("\r\n"u8)) < 0)
            Fill("a line");
        string line = Encoding.Latin1.GetString(_bytes, 0, end);
        Take(end + 2);
        return line;
    }

    private void Take(int count)
    {
        _bytes.AsSpan(count, _count - count).CopyTo(_bytes);
        _count -= count;
    }

    private void Fill(string what)
    {
        if (!TryFill())
            throw new XunitException($"The connection ended instead of {what}.");
    }

    private bool TryFill()
    {
        if (_count == _bytes.Length)
            Array.Resize(ref _bytes, 2 * _count);
        try
        {
            int count = _socket.Receive(_bytes.AsSpan(_count));
            _count += count;
            return count > 0;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionReset)
        {
            return false;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new XunitException($"Nothing more came in time; so far '{Encoding.Latin1.GetString(_bytes, 0, Math.Min(_count, 500))}'.");
        }
    }
}
