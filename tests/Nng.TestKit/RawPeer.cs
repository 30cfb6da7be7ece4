using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Xunit;
using Xunit.Sdk;

namespace Nng.TestKit;

/// <summary>
/// A scripted peer on a real stream connection that speaks literal bytes, so that a test shows the conversation.
/// <see cref="DialAs"/> and <see cref="RawPeerListener.AcceptAs"/> are WP(n) of the scenario tables.
/// Threading: one thread at a time; every wait has a deadline.
/// </summary>
public sealed class RawPeer : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly Socket _socket;

    internal RawPeer(Socket socket, RawFraming framing)
    {
        _socket = socket;
        Framing = framing;
        _socket.SendTimeout = Eventually.DefaultTimeoutMs;
        if (socket.ProtocolType == ProtocolType.Tcp)
        {
            _socket.NoDelay = true;
        }
    }

    /// <summary>How this peer frames messages.</summary>
    public RawFraming Framing { get; }

    /// <summary>The connection itself, for what the script cannot say.</summary>
    public Socket Socket => _socket;

    /// <summary>Protocol number the other side announced; -1 before the handshake.</summary>
    public int RemoteProtocol { get; private set; } = -1;

    /// <summary>Bytes that a frame of <paramref name="payloadLength"/> bytes has in front of its payload.</summary>
    public static byte[] FrameHead(RawFraming framing, ulong payloadLength)
    {
        byte[] head = new byte[framing == RawFraming.Ipc ? 9 : 8];
        BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(head.Length - 8), payloadLength);
        if (framing == RawFraming.Ipc)
        {
            head[0] = 0x01;
        }

        return head;
    }

    /// <summary>A peer over a socket that is connected already.</summary>
    public static RawPeer Over(Socket socket, RawFraming framing) => new(socket, framing);

    /// <summary>Connects to a tcp, ipc, unix or abstract address, without a handshake.</summary>
    public static RawPeer Dial(string url)
    {
        RawEndPoint target = RawEndPoint.Parse(url);
        Socket socket = target.CreateSocket();
        try
        {
            socket.Connect(target.Address);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new RawPeer(socket, target.Framing);
    }

    /// <summary>WP(n) dialing: connects and shakes hands as protocol <paramref name="protocol"/>.</summary>
    public static RawPeer DialAs(string url, int protocol)
    {
        return Dial(url).ShakenAs(protocol);
    }

    /// <summary>Sends the handshake block of <paramref name="own"/>, reads the other side's and returns its number.</summary>
    public int Handshake(int own)
    {
        Send(SpHandshake.Block(own));
        RemoteProtocol = SpHandshake.ReadProtocol(Read(SpHandshake.Length));
        return RemoteProtocol;
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>Sends bytes given in the notation of <see cref="WireText"/>.</summary>
    public void SendHex(string notation) => Send(WireText.Bytes(notation));

    /// <summary>Sends one message frame.</summary>
    public void SendFrame(ReadOnlySpan<byte> payload)
    {
        byte[] head = FrameHead(Framing, (ulong)payload.Length);
        byte[] frame = new byte[head.Length + payload.Length];
        head.CopyTo(frame, 0);
        payload.CopyTo(frame.AsSpan(head.Length));
        Send(frame);
    }

    /// <summary>Sends one message frame, payload in the notation of <see cref="WireText"/>: <c>00000009 'q'</c>.</summary>
    public void SendFrame(string notation) => SendFrame(WireText.Bytes(notation));

    /// <summary>Reads exactly that many bytes or fails the test.</summary>
    public byte[] Read(int count, int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        byte[] bytes = new byte[Math.Min(count, ChunkBytes)];
        int filled = 0;
        long start = Stopwatch.GetTimestamp();
        while (filled < count)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
            }

            int n = ReadSome(bytes.AsSpan(filled), RemainingMs(start, timeoutMs));
            filled += n switch
            {
                > 0 => n,
                0 => throw new XunitException($"Closed after {filled} of {count} bytes: {Shown(bytes, filled)}."),
                _ => throw new XunitException($"Only {filled} of {count} bytes in time: {Shown(bytes, filled)}."),
            };
        }

        return bytes;
    }

    /// <summary>Reads as many bytes as the notation has and compares them.</summary>
    public void ExpectHex(string notation, int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        byte[] expected = WireText.Bytes(notation);
        Assert.Equal(WireText.Hex(expected), WireText.Hex(Read(expected.Length, timeoutMs)));
    }

    /// <summary>Reads one frame and returns its payload.</summary>
    public byte[] ReadFrame(int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        byte[] head = Read(Framing == RawFraming.Ipc ? 9 : 8, timeoutMs);
        if (Framing == RawFraming.Ipc && head[0] != 0x01)
        {
            throw new XunitException($"Frame of unknown type: {WireText.Hex(head)}.");
        }

        ulong length = BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(head.Length - 8));
        return Read(checked((int)length), timeoutMs);
    }

    /// <summary>Reads one frame and compares its payload with the notation of <see cref="WireText"/>.</summary>
    public void ExpectFrame(string notation, int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        Assert.Equal(WireText.Hex(WireText.Bytes(notation)), WireText.Hex(ReadFrame(timeoutMs)));
    }

    /// <summary>Reads one frame and returns its payload as ASCII text.</summary>
    public string ReadText(int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        return Encoding.ASCII.GetString(ReadFrame(timeoutMs));
    }

    /// <summary>Fails when a byte or the end of the connection arrives within the window.</summary>
    public void ExpectNothing(int windowMs = 50)
    {
        byte[] bytes = new byte[256];
        int n = ReadSome(bytes, windowMs);
        if (n >= 0)
        {
            throw new XunitException(n == 0 ? "Closed unexpectedly." : $"Unexpected bytes: {Shown(bytes, n)}.");
        }
    }

    /// <summary>Fails unless the other side ends the connection in time without sending another byte.</summary>
    public void ExpectClosed(int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        byte[] bytes = new byte[256];
        int n = ReadSome(bytes, timeoutMs);
        if (n != 0)
        {
            throw new XunitException(
                n < 0 ? $"Still open after {timeoutMs} ms." : $"Bytes instead of the end: {Shown(bytes, n)}.");
        }
    }

    /// <summary>Reads and forgets until the other side ends the connection; returns how many bytes came.</summary>
    public long DrainUntilClosed(int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        byte[] bytes = new byte[ChunkBytes];
        long total = 0;
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            int n = ReadSome(bytes, RemainingMs(start, timeoutMs));
            if (n == 0)
            {
                return total;
            }

            total += n > 0 ? n : throw new XunitException($"Still open after {timeoutMs} ms ({total} bytes read).");
        }
    }

    /// <summary>Sends the end of stream while the other direction stays open.</summary>
    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Vanishes with a reset (tcp) instead of an orderly end.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose() => _socket.Dispose();

    /// <summary>This peer after its handshake; disposed when the handshake fails.</summary>
    internal RawPeer ShakenAs(int protocol)
    {
        try
        {
            Handshake(protocol);
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static string Shown(byte[] bytes, int count) => WireText.Hex(bytes.AsSpan(0, count));

    private static int RemainingMs(long start, int timeoutMs)
    {
        return (int)Math.Max(0, timeoutMs - Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>Bytes read; 0 when the other side ended or reset the connection; -1 when nothing came in time.</summary>
    private int ReadSome(Span<byte> into, int timeoutMs)
    {
        try
        {
            return _socket.Poll(TimeSpan.FromMilliseconds(timeoutMs), SelectMode.SelectRead) ? _socket.Receive(into) : -1;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return 0;
        }
    }
}
