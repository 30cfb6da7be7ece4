using System;
using System.Runtime.InteropServices;

namespace Nng.Core;

/// <summary>Random numbers from the operating system's cryptographic generator, drawn in batches.</summary>
/// <remarks>
/// Threading: safe from any thread; each thread has its own batch. For identifier starts and back-off (core sheet,
/// 14.2). C function: <c>nng_random</c>.
/// </remarks>
internal static class SecureRandom
{
    /// <summary>Numbers drawn from the system at once.</summary>
    private const int Batch = 64;

    [ThreadStatic]
    private static uint[]? t_numbers;

    /// <summary>How many of the batch are still unused.</summary>
    [ThreadStatic]
    private static int t_left;

    /// <summary>32 random bits.</summary>
    public static uint NextUInt32()
    {
        if (t_left == 0)
            Draw();
        // A number is wiped when handed out, so that the batch tells nothing about the past.
        ref uint slot = ref t_numbers![--t_left];
        uint number = slot;
        slot = 0;
        return number;
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1; the bias is below bound / 2^32.</summary>
    public static uint Below(uint bound) => (uint)(((ulong)NextUInt32() * bound) >> 32);

    /// <summary>
    /// Draws from the system by way of GUIDs (version 4): RandomNumberGenerator would load OpenSSL, which takes
    /// milliseconds and which programs of the C library need not have.
    /// </summary>
    private static void Draw()
    {
        t_numbers ??= new uint[Batch];
        for (int i = 0; i < Batch; i += 2)
        {
            Guid guid = Guid.NewGuid();
            ReadOnlySpan<uint> words = MemoryMarshal.Cast<Guid, uint>(new ReadOnlySpan<Guid>(ref guid));
            // Version and variant are in the two words between (RFC 9562 section 5.4).
            t_numbers[i] = words[0];
            t_numbers[i + 1] = words[3];
        }

        t_left = Batch;
    }
}
