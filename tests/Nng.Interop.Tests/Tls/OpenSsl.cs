using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Tls;

/// <summary>
/// A TLS peer that does what the platform's API cannot: it asks for new keys and for renegotiation, and ends one half.
/// OpenSSL, by P/Invoke, on a blocking socket. Threading: one thread at a time.
/// </summary>
internal sealed class OpenSsl : IDisposable
{
    private const string Library = "libssl.so.3";
    private const int FilePem = 1;

    /// <summary>SSL_CTRL_SET_MAX_PROTO_VERSION.</summary>
    private const int MaxVersion = 124;

    private const int Tls12 = 0x303;

    /// <summary>SSL3_RT_HANDSHAKE, and what such a message may be.</summary>
    private const int Handshake = 22;

    private const int KeyUpdate = 24;

    private readonly Socket _socket;
    private readonly IntPtr _context;
    private readonly IntPtr _session;
    private readonly MessageCallback _watch;

    private OpenSsl(Socket socket, bool isServer, bool isOld, Session? before = null)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = _socket.SendTimeout = Eventually.DefaultTimeoutMs;
        _context = SSL_CTX_new(isServer ? TLS_server_method() : TLS_client_method());
        if (isOld)
            SSL_CTX_ctrl(_context, MaxVersion, Tls12, IntPtr.Zero);
        if (isServer)
        {
            Assert.Equal(1, SSL_CTX_use_certificate_file(_context, TlsFiles.Identity, FilePem));
            Assert.Equal(1, SSL_CTX_use_PrivateKey_file(_context, TlsFiles.Identity, FilePem));
        }

        _watch = OnMessage;
        SSL_CTX_set_msg_callback(_context, _watch);
        _session = SSL_new(_context);
        SSL_set_fd(_session, (int)socket.Handle);
        if (before is not null)
            SSL_set_session(_session, before.Handle);
        IsUp = (isServer ? SSL_accept(_session) : SSL_connect(_session)) == 1;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void MessageCallback(
        int isOwn, int version, int type, IntPtr bytes, nuint length, IntPtr session, IntPtr argument);

    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>The handshake has ended well.</summary>
    public bool IsUp { get; }

    /// <summary>New keys that the other side has announced.</summary>
    public int KeysReceived { get; private set; }

    /// <summary>Connects to a listener whose host is a loopback address.</summary>
    public static OpenSsl Dial(string url, bool isOld = false, Session? before = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, new Uri(url).Port);
        return new OpenSsl(socket, isServer: false, isOld, before);
    }

    /// <summary>Serves a connection that was accepted.</summary>
    public static OpenSsl Over(RawPeer accepted) => new(accepted.Socket, isServer: true, isOld: false);

    /// <summary>Sends new keys, and asks the other side to send some of its own, or does not.</summary>
    public void UpdateKeys(bool asks = true) => Assert.True(TryUpdateKeys(asks));

    /// <summary>The same; false when the other side has ended the connection.</summary>
    public bool TryUpdateKeys(bool asks = true) =>
        SSL_key_update(_session, asks ? 1 : 0) == 1 && SSL_do_handshake(_session) == 1;

    /// <summary>Sends bytes that are no record of the session.</summary>
    public void SendRaw(string notation) => _socket.Send(WireText.Bytes(notation));

    /// <summary>Ends the connection without a word, in order or not.</summary>
    public void Leave(bool resets)
    {
        if (resets)
            _socket.Close(0);
        else
            _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>TLS 1.2: asks for another handshake; false when the other side ends the session instead.</summary>
    public bool Renegotiate() => SSL_renegotiate(_session) == 1 && SSL_do_handshake(_session) == 1;

    public void Write(ReadOnlySpan<byte> bytes) =>
        Assert.Equal(bytes.Length, SSL_write(_session, bytes.ToArray(), bytes.Length));

    public byte[] Read(int count)
    {
        byte[] bytes = new byte[count];
        byte[] piece = new byte[count];
        for (int filled = 0; filled < count;)
        {
            int read = SSL_read(_session, piece, count - filled);
            Assert.True(read > 0, $"{filled} of {count} bytes came, then {SSL_get_error(_session, read)}");
            piece.AsSpan(0, read).CopyTo(bytes.AsSpan(filled));
            filled += read;
        }

        return bytes;
    }

    /// <summary>True when the other side has said that it sends no more.</summary>
    public bool ReadsEnd()
    {
        const int zeroReturn = 6;
        int read = SSL_read(_session, new byte[1], 1);
        return read <= 0 && SSL_get_error(_session, read) == zeroReturn;
    }

    /// <summary>Says that no more is sent, and goes on receiving.</summary>
    public void EndWriting() => Assert.True(SSL_shutdown(_session) >= 0);

    /// <summary>What a later connection may try to resume.</summary>
    public Session TakeSession() => new(SSL_get1_session(_session), SSL_session_reused(_session) != 0);

    public void Dispose()
    {
        SSL_free(_session);
        SSL_CTX_free(_context);
        _socket.Dispose();
    }

    private void OnMessage(int isOwn, int version, int type, IntPtr bytes, nuint length, IntPtr session, IntPtr argument)
    {
        if (isOwn != 0 || type != Handshake || length == 0)
            return;
        if (Marshal.ReadByte(bytes) == KeyUpdate)
            KeysReceived++;
    }

    /// <summary>The state of a session, for another one.</summary>
    internal sealed class Session(IntPtr handle, bool wasResumed) : IDisposable
    {
        public IntPtr Handle => handle;

        /// <summary>It went on with an earlier one.</summary>
        public bool WasResumed => wasResumed;

        public void Dispose() => SSL_SESSION_free(handle);
    }

    [DllImport(Library)]
    private static extern IntPtr TLS_client_method();

    [DllImport(Library)]
    private static extern IntPtr TLS_server_method();

    [DllImport(Library)]
    private static extern IntPtr SSL_CTX_new(IntPtr method);

    [DllImport(Library)]
    private static extern long SSL_CTX_ctrl(IntPtr context, int what, long value, IntPtr argument);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int SSL_CTX_use_certificate_file(IntPtr context, string path, int type);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int SSL_CTX_use_PrivateKey_file(IntPtr context, string path, int type);

    [DllImport(Library)]
    private static extern void SSL_CTX_set_msg_callback(IntPtr context, MessageCallback callback);

    [DllImport(Library)]
    private static extern void SSL_CTX_free(IntPtr context);

    [DllImport(Library)]
    private static extern IntPtr SSL_new(IntPtr context);

    [DllImport(Library)]
    private static extern void SSL_free(IntPtr session);

    [DllImport(Library)]
    private static extern int SSL_set_fd(IntPtr session, int descriptor);

    [DllImport(Library)]
    private static extern int SSL_set_session(IntPtr session, IntPtr before);

    [DllImport(Library)]
    private static extern IntPtr SSL_get1_session(IntPtr session);

    [DllImport(Library)]
    private static extern int SSL_session_reused(IntPtr session);

    [DllImport(Library)]
    private static extern void SSL_SESSION_free(IntPtr session);

    [DllImport(Library)]
    private static extern int SSL_connect(IntPtr session);

    [DllImport(Library)]
    private static extern int SSL_accept(IntPtr session);

    [DllImport(Library)]
    private static extern int SSL_key_update(IntPtr session, int asks);

    [DllImport(Library)]
    private static extern int SSL_renegotiate(IntPtr session);

    [DllImport(Library)]
    private static extern int SSL_do_handshake(IntPtr session);

    [DllImport(Library)]
    private static extern int SSL_write(IntPtr session, byte[] bytes, int count);

    [DllImport(Library)]
    private static extern int SSL_read(IntPtr session, byte[] bytes, int count);

    [DllImport(Library)]
    private static extern int SSL_get_error(IntPtr session, int result);

    [DllImport(Library)]
    private static extern int SSL_shutdown(IntPtr session);
}
