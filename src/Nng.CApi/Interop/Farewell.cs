using System;
using System.Collections.Generic;
using System.Threading;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>
/// What was sent a moment before the end still leaves. The original hands a message to the system inside of the send;
/// ours gathers small ones in a flood, so that a close, or the end of the process, has to wait for the last batch.
/// </summary>
/// <remarks>
/// Threading: safe from any thread. What waits in a protocol's buffer is lost, as there.
/// </remarks>
internal static class Farewell
{
    /// <summary>Longest wait.</summary>
    private const int TotalMs = 1000;

    /// <summary>A peer that takes nothing for so long is not waited for.</summary>
    private const int StallMs = 250;

    /// <summary>
    /// The same for a pipe's close, which only begins there: callbacks call it, and servers that drop many peers.
    /// </summary>
    private const int PipeStallMs = 20;

    /// <summary>How long a peer may take to read what is left and close its end.</summary>
    private const int PartingMs = 100;

    private static readonly string[] s_local = ["ipc", "unix", "abstract"];

    /// <summary>Before sockets are closed.</summary>
    public static void OfSockets(IReadOnlyCollection<CSocket> sockets)
    {
        foreach (CSocket socket in sockets)
            socket.Inner.BeginDrain();
        List<SpPipe> pipes = PipesOf(sockets);
        Drain(pipes);
        foreach (CSocket socket in sockets)
            socket.Inner.BeginParting();
        Part(pipes);
    }

    /// <summary>Before the process ends; nothing is closed.</summary>
    public static void OfProcess()
    {
        List<SpPipe> pipes = PipesOf(CSocket.All());
        // Both ends end with it.
        pipes.RemoveAll(IsInproc);
        Drain(pipes);
    }

    /// <summary>Before a dialer or listener is closed.</summary>
    public static void OfEndpoint(SpEndpoint endpoint)
    {
        List<SpPipe> pipes = [.. endpoint.Socket.PipesSnapshot()];
        pipes.RemoveAll(pipe => pipe.Endpoint != endpoint);
        Drain(pipes);
    }

    /// <summary>Before a pipe is closed.</summary>
    public static void OfPipe(SpPipe pipe) => Drain([pipe], totalMs: StallMs, PipeStallMs);

    private static List<SpPipe> PipesOf(IReadOnlyCollection<CSocket> sockets)
    {
        List<SpPipe> pipes = [];
        foreach (CSocket socket in sockets)
            pipes.AddRange(socket.Inner.PipesSnapshot());
        return pipes;
    }

    private static bool IsInproc(SpPipe pipe) => pipe.Endpoint.Url.Scheme == "inproc";

    /// <summary>Waits until the system, or the other end of an in-process pipe, has all that the pipes have taken.</summary>
    private static void Drain(List<SpPipe> pipes, int totalMs = TotalMs, int stallMs = StallMs)
    {
        long start = Environment.TickCount64;
        long progress = start;
        int before = int.MaxValue;
        var wait = default(SpinWait);
        while (Unsent(pipes) is var unsent and > 0)
        {
            long now = Environment.TickCount64;
            if (unsent < before)
                progress = now;
            before = unsent;
            if (now - start > totalMs || now - progress > stallMs)
                return;
            wait.SpinOnce();
        }
    }

    private static int Unsent(List<SpPipe> pipes)
    {
        int unsent = 0;
        foreach (SpPipe pipe in pipes)
        {
            if (pipe.IsClosed)
                continue;
            pipe.Transport.Flush();
            // One message waits in an in-process pipe there, too, and is lost.
            unsent += Math.Max(pipe.Transport.UnsentCount - (IsInproc(pipe) ? 1 : 0), 0);
        }

        return unsent;
    }

    /// <summary>
    /// On a local socket a close is seen at once, before what was sent: some peers, libnanomsg among them, then do not
    /// read it. They are told that nothing more comes, and close when they have read.
    /// </summary>
    private static void Part(List<SpPipe> pipes)
    {
        pipes.RemoveAll(pipe => pipe.Traffic.SentMessages == 0 || pipe.Transport.UnsentCount > 0
            || Array.IndexOf(s_local, pipe.Endpoint.Url.Scheme) < 0);
        foreach (SpPipe pipe in pipes)
            pipe.Transport.EndSending();
        long start = Environment.TickCount64;
        var wait = default(SpinWait);
        while (pipes.Exists(static pipe => !pipe.IsClosed) && Environment.TickCount64 - start <= PartingMs)
            wait.SpinOnce();
    }
}
