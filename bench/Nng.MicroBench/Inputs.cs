namespace Nng.MicroBench;

/// <summary>What the benches work on.</summary>
internal static class Inputs
{
    /// <summary>A small message, as a topic and a number make it.</summary>
    public static readonly byte[] Small = new byte[64];

    public static readonly byte[] Kilobyte = new byte[1024];

    /// <summary>What fits a frame above the copy limit.</summary>
    public static readonly byte[] Large = new byte[64 * 1024];
}
