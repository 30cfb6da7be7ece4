using System.Collections.Generic;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>
/// Every command line on record to which our nngcat answers otherwise than the C tool on purpose, always with exit code
/// 1. A row that is no longer true, or whose line is not on record, fails.
/// </summary>
internal static class IntendedDifferences
{
    private const string Wraps = "the C tool's number wraps around and passes; here it is refused";
    private const string Pair = "--pair is documented, but without effect in the C tool; here it works";
    private const string Port = "the C tool finds an impossible port when it dials; here it is found when it is read";
    private const string Refused = "Unable to dial on tcp://127.0.0.1:1: Connection refused";

    /// <summary>The command line, our message on standard error, and the reason.</summary>
    public static IReadOnlyDictionary<string, (string Ours, string Reason)> All { get; } =
        new Dictionary<string, (string Ours, string Reason)>
        {
            ["--count=4294967296 --push0 -D x -l 1"] = ("Integer argument overflow.", Wraps),
            ["--count=9999999999 --push0 -D x -l 1"] = ("Integer argument overflow.", Wraps),
            ["--pair --pair0"] = ("Only one protocol may be specified.", Pair),
            ["--pair -l 1"] = (Refused, Pair),
            ["--pair --compat --count=0 -l 1 -D x --send-timeout=1"] = ("Send error: Timed out", Pair),
            ["-l 65536 --push0 -D x"] =
                ("Unable to create dialer for tcp://127.0.0.1:65536: Address invalid", Port),
        };
}
