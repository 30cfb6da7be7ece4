using System;
using System.Runtime.InteropServices;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>Chapter: pipes.</summary>
internal static class PipeExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_pipe_close")]
    public static int Close(uint id)
    {
        try
        {
            if (SpRegistry.Pipes.Find((int)id) is not { } pipe)
                return (int)NngError.NotFound;
            Farewell.OfPipe(pipe);
            pipe.Close(NngError.Closed);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_pipe_socket")]
    public static uint Socket(uint id) => (uint)(SpRegistry.Pipes.Find((int)id)?.Socket.Id ?? 0);

    [UnmanagedCallersOnly(EntryPoint = "nngm_pipe_dialer")]
    public static uint Dialer(uint id) =>
        SpRegistry.Pipes.Find((int)id)?.Endpoint is SpDialer dialer ? (uint)dialer.Id : 0;

    [UnmanagedCallersOnly(EntryPoint = "nngm_pipe_listener")]
    public static uint Listener(uint id) =>
        SpRegistry.Pipes.Find((int)id)?.Endpoint is SpListener listener ? (uint)listener.Id : 0;
}
