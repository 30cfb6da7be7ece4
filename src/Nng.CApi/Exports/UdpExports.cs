using System;
using System.Runtime.InteropServices;
using Nng.Streams;

namespace Nng.CApi;

/// <summary>Chapter: UDP. The peer's address travels in input 0 of the aio.</summary>
internal static unsafe class UdpExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_udp_open")]
    public static int Open(nint* pointer, byte* local)
    {
        try
        {
            if (CAddress.Read(new ReadOnlySpan<byte>(local, CAddress.Size)) is not { } address)
                return (int)NngError.AddressInvalid;
            NngError error = UdpSocket.Open(address, out UdpSocket? udp);
            if (error == NngError.None)
                *pointer = HandleTable.Add(HandleKind.Udp, udp!);
            return (int)error;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_udp_close")]
    public static void Close(nint pointer)
    {
        try
        {
            HandleTable.Remove<UdpSocket>(pointer, HandleKind.Udp)?.Dispose();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_udp_sockname")]
    public static int LocalAddress(nint pointer, byte* local)
    {
        if (Find(pointer) is not { } udp)
            return (int)NngError.Closed;
        CAddress.Write(udp.LocalAddress, new Span<byte>(local, CAddress.Size));
        return 0;
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_udp_send")]
    public static void Send(nint pointer, nint aio)
    {
        try
        {
            if (CAio.FindFor(aio, Find(pointer), out UdpSocket udp) is not { } inner)
                return;
            var to = (byte*)CAio.Find(aio)!.GetInput(0);
            NngAddress? address = to is null ? null : CAddress.Read(new ReadOnlySpan<byte>(to, CAddress.Size));
            udp.Send(inner, address ?? NngAddress.Unspecified);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_udp_recv")]
    public static void Receive(nint pointer, nint aio)
    {
        try
        {
            if (CAio.FindFor(aio, Find(pointer), out UdpSocket udp) is not { } inner)
                return;
            var from = (byte*)CAio.Find(aio)!.GetInput(0);
            udp.Receive(inner, from is null ? null : sender => CAddress.Write(sender, new Span<byte>(from, CAddress.Size)));
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_udp_membership")]
    public static int SetMembership(nint pointer, byte* group, int join)
    {
        try
        {
            if (Find(pointer) is not { } udp)
                return (int)NngError.Closed;
            NngAddress? address = CAddress.Read(new ReadOnlySpan<byte>(group, CAddress.Size));
            return (int)udp.SetMembership(address ?? NngAddress.Unspecified, join != 0);
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    private static UdpSocket? Find(nint pointer) => HandleTable.Find<UdpSocket>(pointer, HandleKind.Udp);
}
