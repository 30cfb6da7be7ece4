using System;
using System.Runtime.InteropServices;

namespace Nng.Interop.Tests.Peers;

/// <summary>The older C library, by P/Invoke: the few functions that the conversations need.</summary>
internal static class Libnanomsg
{
    private const string Library = "libnanomsg.so.5";
    private const int AfSp = 1;
    private const int SolSocket = 0;
    private const int SendTimeout = 4;
    private const int ReceiveTimeout = 5;
    private const int ReceiveMaxSize = 16;
    private const int Sub = 33;
    private const int SubSubscribe = 1;
    private const int Surveyor = 98;
    private const int SurveyorDeadline = 1;
    private const int CurrentConnections = 201;

    /// <summary>NN_MSG: the library allocates.</summary>
    private static readonly nuint s_allocate = nuint.MaxValue;

    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Library, out _);

    public static int Open(string protocol, int timeoutMs)
    {
        int number = protocol switch
        {
            "pair0" => 16,
            "pub" => 32,
            "sub" => Sub,
            "req" => 48,
            "rep" => 49,
            "push" => 80,
            "pull" => 81,
            "surveyor" => Surveyor,
            "respondent" => 99,
            "bus" => 112,
            _ => throw new ArgumentException(protocol),
        };
        int socket = Check(nn_socket(AfSp, number));
        int unlimited = -1;
        Check(nn_setsockopt(socket, SolSocket, SendTimeout, ref timeoutMs, sizeof(int)));
        Check(nn_setsockopt(socket, SolSocket, ReceiveTimeout, ref timeoutMs, sizeof(int)));
        Check(nn_setsockopt(socket, SolSocket, ReceiveMaxSize, ref unlimited, sizeof(int)));
        if (number == Sub)
            Check(nn_setsockopt(socket, Sub, SubSubscribe, ref timeoutMs, 0));
        if (number == Surveyor)
            Check(nn_setsockopt(socket, Surveyor, SurveyorDeadline, ref timeoutMs, sizeof(int)));
        return socket;
    }

    public static void Listen(int socket, string url) => Check(nn_bind(socket, url));

    public static void Dial(int socket, string url) => Check(nn_connect(socket, url));

    public static int Peers(int socket) => (int)nn_get_statistic(socket, CurrentConnections);

    public static void Send(int socket, byte[] body) =>
        Check(nn_send(socket, body, (nuint)body.Length, 0));

    public static byte[] Receive(int socket)
    {
        int length = Check(nn_recv(socket, out IntPtr data, s_allocate, 0));
        var body = new byte[length];
        if (length > 0)
            Marshal.Copy(data, body, 0, length);
        _ = nn_freemsg(data);
        return body;
    }

    public static void Close(int socket) => _ = nn_close(socket);

    private static int Check(int result) =>
        result >= 0 ? result : throw new InvalidOperationException($"libnanomsg: error {nn_errno()}");

    [DllImport(Library)]
    private static extern int nn_socket(int domain, int protocol);

    [DllImport(Library)]
    private static extern int nn_close(int socket);

    [DllImport(Library)]
    private static extern int nn_setsockopt(int socket, int level, int option, ref int value, nuint size);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nn_bind(int socket, string url);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int nn_connect(int socket, string url);

    [DllImport(Library)]
    private static extern int nn_send(int socket, byte[] data, nuint length, int flags);

    [DllImport(Library)]
    private static extern int nn_recv(int socket, out IntPtr data, nuint length, int flags);

    [DllImport(Library)]
    private static extern int nn_freemsg(IntPtr data);

    [DllImport(Library)]
    private static extern ulong nn_get_statistic(int socket, int statistic);

    [DllImport(Library)]
    private static extern int nn_errno();
}
