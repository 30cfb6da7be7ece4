using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Nng.Interop.Tests.Peers;

/// <summary>The C library, by P/Invoke: the few functions that the conversations need.</summary>
internal static class Libnng
{
    private const string Library = "libnng.so.1";
    private const int FlagAlloc = 1;
    private const int CloseTimeoutMs = 20_000;
    private static volatile bool s_isStuck;

    /// <summary>NNG_PIPE_EV_ADD_POST: the pipe is attached.</summary>
    public const int PipeAdded = 1;

    /// <summary>NNG_PIPE_EV_REM_POST: the pipe is gone.</summary>
    private const int PipeRemoved = 2;

    /// <summary>Told of a pipe: its id, what happened, and the argument given.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void PipeCallback(uint pipe, int what, IntPtr argument);

    [StructLayout(LayoutKind.Sequential)]
    public struct Socket
    {
        public uint Id;
    }

    /// <summary>A dialer or a listener.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Endpoint
    {
        public uint Id;
    }

    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>What the library calls itself.</summary>
    public static string Version => Marshal.PtrToStringAnsi(nng_version())!;

    public static Socket Open(string protocol, int timeoutMs)
    {
        Socket socket = OpenBy($"nng_{Versioned(protocol)}_open");
        Check(nng_socket_set_ms(socket, "recv-timeout", timeoutMs));
        Check(nng_socket_set_ms(socket, "send-timeout", timeoutMs));
        Check(nng_socket_set_size(socket, "recv-size-max", 0));
        if (protocol == "sub")
            Check(nng_socket_set(socket, "sub:subscribe", null, 0));
        if (protocol == "surveyor")
            Check(nng_socket_set_ms(socket, "surveyor:survey-time", timeoutMs));
        return socket;
    }

    public static Socket OpenRaw(string protocol) => OpenBy($"nng_{Versioned(protocol)}_open_raw");

    /// <summary>Forwards between two raw sockets until one of them is closed.</summary>
    public static void Device(Socket front, Socket back) => _ = nng_device(front, back);

    public static void Listen(Socket socket, string url)
    {
        Check(nng_listener_create(out Endpoint listener, socket, url));
        if (TlsFiles.AreNeededFor(url))
            Check(nng_listener_set_string(listener, "tls-cert-key-file", TlsFiles.Identity));
        Check(nng_listener_start(listener, 0));
    }

    public static void Dial(Socket socket, string url)
    {
        Check(nng_dialer_create(out Endpoint dialer, socket, url));
        if (TlsFiles.AreNeededFor(url))
        {
            Check(nng_dialer_set_string(dialer, "tls-ca-file", TlsFiles.Authority));
            Check(nng_dialer_set_string(dialer, "tls-server-name", TlsFiles.ServerName));
        }

        Check(nng_dialer_start(dialer, 0));
    }

    /// <summary>Has the callback told when a pipe is attached and when it is gone.</summary>
    public static void Notify(Socket socket, PipeCallback callback)
    {
        Check(nng_pipe_notify(socket, PipeAdded, callback, IntPtr.Zero));
        Check(nng_pipe_notify(socket, PipeRemoved, callback, IntPtr.Zero));
    }

    public static void Send(Socket socket, byte[] body) =>
        Check(nng_send(socket, body, (nuint)body.Length, 0));

    public static byte[] Receive(Socket socket)
    {
        Check(nng_recv(socket, out IntPtr data, out nuint length, FlagAlloc));
        var body = new byte[(int)length];
        if (length > 0)
            Marshal.Copy(data, body, 0, body.Length);
        nng_free(data, length);
        return body;
    }

    /// <summary>
    /// Closes a socket, on a thread of its own: version 1.5.2 waits, now and then, for ever. Then it is left alone, and
    /// false is returned: what it does in itself is not what is tested here. Its reaper, one for the process, hangs then, and
    /// no later close ends either, so that none is waited for.
    /// </summary>
    public static bool Close(Socket socket)
    {
        var closing = new Thread(() => _ = nng_close(socket)) { IsBackground = true, Name = "nng_close" };
        closing.Start();
        if (!s_isStuck && !closing.Join(CloseTimeoutMs))
            s_isStuck = true;
        return !s_isStuck;
    }

    /// <summary>The eleven functions that open a socket have one shape.</summary>
    private static unsafe Socket OpenBy(string function)
    {
        IntPtr address = NativeLibrary.GetExport(NativeLibrary.Load(Library), function);
        Socket socket = default;
        Check(((delegate* unmanaged[Cdecl]<Socket*, int>)address)(&socket));
        return socket;
    }

    private static string Versioned(string protocol) => char.IsAsciiDigit(protocol[^1]) ? protocol : protocol + "0";

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"libnng: {((NngError)error).Text()}");
    }

    [DllImport(Library)]
    private static extern IntPtr nng_version();

    [DllImport(Library)]
    private static extern int nng_device(Socket front, Socket back);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_listener_create(out Endpoint listener, Socket socket, string url);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_listener_set_string(Endpoint listener, string name, string value);

    [DllImport(Library)]
    private static extern int nng_listener_start(Endpoint listener, int flags);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_dialer_create(out Endpoint dialer, Socket socket, string url);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_dialer_set_string(Endpoint dialer, string name, string value);

    [DllImport(Library)]
    private static extern int nng_dialer_start(Endpoint dialer, int flags);

    [DllImport(Library)]
    private static extern int nng_send(Socket socket, byte[] data, nuint length, int flags);

    [DllImport(Library)]
    private static extern int nng_recv(Socket socket, out IntPtr data, out nuint length, int flags);

    [DllImport(Library)]
    private static extern void nng_free(IntPtr data, nuint length);

    [DllImport(Library)]
    private static extern int nng_pipe_notify(Socket socket, int what, PipeCallback callback, IntPtr argument);

    [DllImport(Library)]
    private static extern int nng_close(Socket socket);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_socket_set_ms(Socket socket, string name, int milliseconds);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_socket_set_size(Socket socket, string name, nuint value);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nng_socket_set(Socket socket, string name, byte[]? value, nuint size);
}
