using System.Collections.Generic;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>
/// Every command line of the comparison for which our nngcat answers otherwise than the C tool on purpose. The test
/// holds both to what is written here, so that a row which is no longer true fails.
/// </summary>
internal static class IntendedDifferences
{
    private const string Wraps = "the C tool's number wraps around and passes; here it is refused";
    private const string Pair = "--pair is documented, but without effect in the C tool; here it works";
    private const string Port = "the C tool finds an impossible port when it dials; here it is found when it is read";

    /// <summary>Arguments, our message, the C tool's message (both with exit code 1), and the reason.</summary>
    public static IReadOnlyList<(string Arguments, string Ours, string Theirs, string Reason)> All { get; } =
    [
        ("--count=4294967296 --push0 -D x -l 1", "Integer argument overflow.", Refused(1), Wraps),
        ("--count=9999999999 --push0 -D x -l 1", "Integer argument overflow.", Refused(1), Wraps),
        ("--pair --pair0", "Only one protocol may be specified.", "No address specified.", Pair),
        ("--pair -l 1", Refused(1), "No protocol specified.", Pair),
        (
            "-l 65536 --push0 -D x",
            "Unable to create dialer for tcp://127.0.0.1:65536: Address invalid",
            "Unable to dial on tcp://127.0.0.1:65536: Address invalid",
            Port
        ),
    ];

    private static string Refused(int port) => $"Unable to dial on tcp://127.0.0.1:{port}: Connection refused";
}
