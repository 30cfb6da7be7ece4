using System;
using System.Net.Sockets;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>The contract of an I/O engine: makes channels and acceptors of sockets that it then owns.</summary>
/// <remarks>
/// The engine of the process is chosen once: by the AppContext switch <c>Nng.IoEngine</c> or the environment variable
/// <c>NNG_IO_ENGINE</c> (<c>epoll</c> or <c>portable</c>), else by the operating system: epoll on Linux.
/// </remarks>
internal abstract class IoEngine
{
    private static IoEngine? s_default;
    private static object? s_choosing;

    /// <summary>
    /// The engine of the process. Throws an <see cref="NngException"/> when it cannot be made now, for want of
    /// descriptors; the next call tries again.
    /// </summary>
    public static IoEngine Default => Volatile.Read(ref s_default)
        ?? LazyInitializer.EnsureInitialized(ref s_default, ref s_choosing, Choose);

    public abstract string Name { get; }

    /// <summary>Takes over a socket, connected or to be connected.</summary>
    public abstract IoChannel CreateChannel(Socket socket, bool connected);

    /// <summary>Takes over a listening socket.</summary>
    public abstract IoAcceptor CreateAcceptor(Socket listening);

    private static IoEngine Choose()
    {
        string? name = AppContext.GetData("Nng.IoEngine") as string ?? Environment.GetEnvironmentVariable("NNG_IO_ENGINE");
        return TakesEpoll(name, OperatingSystem.IsLinux()) ? new EpollEngine() : new PortableEngine();
    }

    /// <summary>Whether the name means epoll. None, and one that no engine has, mean the default.</summary>
    internal static bool TakesEpoll(string? name, bool isLinux)
    {
        if (name is not (null or "" or "epoll" or "portable"))
            CoreLog.UnknownEngine(name);
        return isLinux && name != "portable";
    }
}
