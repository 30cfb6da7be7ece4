using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nng.Streams;

/// <summary>
/// struct epoll_event: packed to 12 bytes on x86-64, 16 bytes elsewhere. An array of them is therefore walked with
/// <see cref="Stride"/>.
/// </summary>
internal static unsafe class EpollEvents
{
    /// <summary>Bytes of one event.</summary>
    public static readonly int Stride =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 12 : 16;

    private static readonly int s_dataOffset = Stride - 8;

    public static uint Flags(byte* events, int index) => *(uint*)(events + (index * Stride));

    public static ulong Data(byte* events, int index) =>
        Unsafe.ReadUnaligned<ulong>(events + (index * Stride) + s_dataOffset);

    public static void Set(byte* events, uint flags, ulong data)
    {
        *(uint*)events = flags;
        Unsafe.WriteUnaligned(events + s_dataOffset, data);
    }
}
