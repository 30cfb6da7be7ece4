using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Nng.TestKit;

/// <summary>
/// Hands out addresses nobody else uses: tests run in parallel and in several processes at once.
/// Threading: every member may be called from any thread.
/// </summary>
public static class ScratchUrl
{
    /// <summary>Ports are taken below the range Linux gives to outgoing connections (32768 and up).</summary>
    private const int FirstPort = 12_000;
    private const int PortCount = 20_000;

    private static readonly Lazy<string> s_directory = new(CreateDirectory);
    private static int s_counter;
    private static int s_port = Environment.ProcessId * 97 % PortCount;

    /// <summary>The private directory of this process, short enough for a socket path; removed when the process ends.</summary>
    public static string Directory => s_directory.Value;

    /// <summary>A fresh address of the scheme: inproc, tcp, tcp4, tcp6, tls+tcp, ws, ws4, ws6, wss, wss4, wss6, udp, udp4, udp6, ipc, unix or abstract.</summary>
    public static string For(string scheme)
    {
        return scheme switch
        {
            "inproc" => Inproc(),
            "tcp" or "tcp4" or "tls+tcp" or "ws" or "ws4" or "wss" or "wss4" => $"{scheme}://127.0.0.1:{FreePort(IPAddress.Loopback)}",
            "tcp6" or "ws6" or "wss6" => $"{scheme}://[::1]:{FreePort(IPAddress.IPv6Loopback)}",
            "udp" or "udp4" => $"{scheme}://127.0.0.1:{FreePort(IPAddress.Loopback, ProtocolType.Udp)}",
            "udp6" => $"{scheme}://[::1]:{FreePort(IPAddress.IPv6Loopback, ProtocolType.Udp)}",
            "ipc" or "unix" => $"{scheme}://{IpcPath()}",
            "abstract" => Abstract(),
            _ => throw new ArgumentException($"No scratch address for scheme '{scheme}'.", nameof(scheme)),
        };
    }

    /// <summary>An inproc name used by nobody else.</summary>
    public static string Inproc() => $"inproc://scratch-{Next()}";

    /// <summary>A TCP address on the loopback with a port that was free a moment ago.</summary>
    public static string Tcp() => For("tcp");

    /// <summary>A TCP address with port 0: the listener chooses, the test asks it which.</summary>
    public static string TcpPortZero() => "tcp://127.0.0.1:0";

    /// <summary>An ipc address whose path does not exist yet.</summary>
    public static string Ipc() => For("ipc");

    /// <summary>A Linux abstract address.</summary>
    public static string Abstract() => $"abstract://nng-scratch-{Environment.ProcessId}-{Next()}";

    /// <summary>A path inside <see cref="Directory"/> that does not exist yet.</summary>
    public static string IpcPath() => Path.Combine(Directory, Next() + ".sock");

    /// <summary>A loopback TCP port that could be bound a moment ago and that this process has not handed out before.</summary>
    public static int FreePort() => FreePort(IPAddress.Loopback);

    private static int FreePort(IPAddress address, ProtocolType protocol = ProtocolType.Tcp)
    {
        for (int attempt = 0; attempt < PortCount; attempt++)
        {
            int port = FirstPort + ((Interlocked.Increment(ref s_port) & int.MaxValue) % PortCount);
            using var probe = new Socket(
                address.AddressFamily, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
            try
            {
                probe.Bind(new IPEndPoint(address, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }

        throw new InvalidOperationException("No free TCP port.");
    }

    private static string Next() => Interlocked.Increment(ref s_counter).ToString(CultureInfo.InvariantCulture);

    private static string CreateDirectory()
    {
        string path = System.IO.Directory.CreateTempSubdirectory("nng-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                System.IO.Directory.Delete(path, recursive: true);
            }
            catch (IOException)
            {
                // A test child still holds a file: the system's cleaner takes it.
            }
        };
        return path;
    }
}
