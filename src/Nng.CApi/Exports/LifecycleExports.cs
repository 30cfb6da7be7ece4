using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Nng.CApi;

/// <summary>Chapter: life cycle.</summary>
internal static class LifecycleExports
{
    /// <summary>Callbacks of C programs may block for a while: the pool starts this many threads without delay.</summary>
    private const int CallbackThreads = 32;

    /// <summary>The first entry of the process; called once, by the C half.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_init")]
    public static void Init()
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(Math.Max(workers, CallbackThreads), completions);
        NngLog.Logger = new CLogger();
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_closeall")]
    public static void CloseAll()
    {
        try
        {
            CSocket[] sockets = CSocket.All();
            Farewell.OfSockets(sockets);
            foreach (CSocket socket in sockets)
                socket.Close();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    /// <summary>The process ends: called once, by the C half.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_farewell")]
    public static void OnExit()
    {
        try
        {
            Farewell.OfProcess();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }
}
