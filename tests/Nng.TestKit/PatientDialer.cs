using System;
using System.Threading.Tasks;

namespace Nng.TestKit;

/// <summary>
/// Starts dialers on a machine that now and then stands still for longer than a WebSocket upgrade may take a step. Tests
/// about deadlines start theirs themselves.
/// </summary>
public static class PatientDialer
{
    private const int Tries = 3;

    /// <summary>As <see cref="Dialer.Start"/>, at most three times while an upgrade times out.</summary>
    public static void StartPatiently(this Dialer dialer) => StartPatientlyAsync(dialer, () =>
    {
        dialer.Start();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <summary>As <see cref="Dialer.StartAsync"/>, at most three times while an upgrade times out.</summary>
    public static Task StartPatientlyAsync(this Dialer dialer) =>
        StartPatientlyAsync(dialer, () => dialer.StartAsync());

    private static async Task StartPatientlyAsync(Dialer dialer, Func<Task> start)
    {
        bool isUpgrade = dialer.Url.StartsWith("ws", StringComparison.Ordinal);
        for (int tries = 1; isUpgrade && tries < Tries; tries++)
        {
            try
            {
                await start();
                return;
            }
            catch (NngException late) when (late.Error == NngError.TimedOut)
            {
                // Once more.
            }
        }

        await start();
    }
}
