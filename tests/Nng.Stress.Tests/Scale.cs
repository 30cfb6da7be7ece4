using System;
using System.Globalization;

namespace Nng.Stress.Tests;

/// <summary>
/// How much to do: NNG_STRESS_SCALE multiplies the rounds of every test (default 1), NNG_STRESS_SEED replaces the seed
/// that a failing test printed.
/// </summary>
internal static class Scale
{
    private const int DefaultSeed = 20_240_601;

    private static readonly double s_factor = double.Parse(
        Environment.GetEnvironmentVariable("NNG_STRESS_SCALE") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>The seed of every corpus; the same in every run unless it is set.</summary>
    public static int Seed { get; } = int.Parse(
        Environment.GetEnvironmentVariable("NNG_STRESS_SEED") ?? DefaultSeed.ToString(CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);

    public static int Of(int rounds) => Math.Max(1, (int)(rounds * s_factor));
}
