using System;
using System.Threading.Tasks;
using Xunit.Sdk;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>
/// Plays again what depends on a C tool's sense of time: it leaves 200 ms after its last message, sent or not, and its
/// surveys last a second; a machine that stands still for so long is nobody's mistake. A wrong byte is wrong each time.
/// </summary>
internal static class Replay
{
    private const int Tries = 3;

    /// <summary>Until it ends well, at most three times; once if <paramref name="isTimed"/> is false.</summary>
    public static async Task<T> UntilGoodAsync<T>(bool isTimed, Func<Task<T>> play)
    {
        for (int tries = 1; isTimed && tries < Tries; tries++)
        {
            try
            {
                return await play();
            }
            catch (XunitException)
            {
                // The last one tells.
            }
        }

        return await play();
    }

    /// <summary>As the other one, without a result.</summary>
    public static Task UntilGoodAsync(bool isTimed, Func<Task> play) => UntilGoodAsync(isTimed, async () =>
    {
        await play();
        return true;
    });
}
