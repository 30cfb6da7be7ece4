using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Nng.Perf;

/// <summary>What the command line asks for.</summary>
internal sealed record PerfOptions(string Mode, string Role, string Url, int Size, int Count, bool Async, int Contexts)
{
    /// <summary>The run is not the one that is asked for, and says nothing.</summary>
    public bool IsWarmUp { get; init; }

    /// <summary>The platform's TLS alone carries the bytes.</summary>
    public bool IsSslStream { get; init; }

    public const string Usage =
        "usage: Nng.Perf lat|thr|req both|listen|dial URL SIZE COUNT [--async] [--contexts N] [--sslstream]   (--help tells more)";

    public const string Help =
        """
        Measures Nng with the command line and the output of the C peers in bench/peers.

        usage: Nng.Perf MODE ROLE URL SIZE COUNT [--async] [--contexts N] [--sslstream]

          MODE   lat  ping-pong over PAIR: one-way latency in microseconds (half of a round trip)
                 thr  one-way PUSH to PULL stream: messages per second at the receiver
                 req  REQ/REP: round trips per second
          ROLE   both    both halves in one process (the only way for inproc)
                 listen  the listening half (lat: echoes; thr: receives and reports; req: replies)
                 dial    the dialling half (lat and req: measures and reports; thr: sends)
          URL    inproc://NAME, ipc:///PATH, or with HOST:PORT tcp://, tls+tcp://, ws://, wss://, the same for both halves;
                 for TLS the environment names a PEM file with certificate and key in NNG_PERF_PEM
          SIZE   body of a message in bytes, 0 or more
          COUNT  messages or round trips, 1 or more, the same for both halves

        Before it listens or dials, the program runs the same exchange with itself for some 0.6 s, so that the compiler is
        done when the measured one begins.

          --async        await instead of blocking a thread
          --contexts N   req only: N requests outstanding at a time, each on its own context (implies --async)
          --sslstream    thr over tls+tcp only: the platform's SslStream alone in our place, for what it costs

        `Nng.Perf http PORT` serves /plaintext (13 bytes), /function (the same from a function) and /file (1 MiB from disk)
        until it is stopped. `Nng.Perf fetch URL SECONDS PARALLEL [--httpclient]` asks for it, so many requests at a time, and
        tells round trips per second; with --httpclient the platform's client asks.

        example: start `Nng.Perf thr listen tcp://127.0.0.1:5555 64 1000000`, then the same with `dial`.
        """;

    /// <summary>False with the problem, or with null when help was asked for.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out PerfOptions? options, out string? problem)
    {
        options = null;
        problem = null;
        var words = new List<string>();
        bool isAsync = false;
        bool isSslStream = false;
        int contexts = 1;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--help" or "-h":
                    return false;
                case "--async":
                    isAsync = true;
                    break;
                case "--sslstream":
                    isSslStream = true;
                    break;
                case "--contexts":
                    string value = i + 1 < args.Length ? args[++i] : "";
                    if (!TryNumber(value, 1, 1_000_000, out contexts))
                        return Fail(out problem, $"--contexts wants a number from 1 to 1000000, not '{value}'.");
                    isAsync = true;
                    break;
                case ['-', '-', ..]:
                    return Fail(out problem, $"There is no option '{args[i]}'.");
                default:
                    words.Add(args[i]);
                    break;
            }
        }

        if (words.Count != 5)
            return Fail(out problem, $"Five words are wanted, not {words.Count}.");
        if (words[0] is not ("lat" or "thr" or "req"))
            return Fail(out problem, $"MODE is lat, thr or req, not '{words[0]}'.");
        if (words[1] is not ("both" or "listen" or "dial"))
            return Fail(out problem, $"ROLE is both, listen or dial, not '{words[1]}'.");
        if (contexts > 1 && words[0] != "req")
            return Fail(out problem, "--contexts goes with req only.");
        if (!words[2].Contains("://"))
            return Fail(out problem, $"URL is like tcp://127.0.0.1:5555, not '{words[2]}'.");
        if (isSslStream && (words[0] != "thr" || !words[2].StartsWith("tls+tcp://", StringComparison.Ordinal)))
            return Fail(out problem, "--sslstream goes with thr over tls+tcp:// only.");
        if (!TryNumber(words[3], 0, 1 << 30, out int size))
            return Fail(out problem, $"SIZE is a number from 0 to {1 << 30}, not '{words[3]}'.");
        if (!TryNumber(words[4], 1, int.MaxValue, out int count))
            return Fail(out problem, $"COUNT is a number from 1 to {int.MaxValue}, not '{words[4]}'.");
        options = new PerfOptions(words[0], words[1], words[2], size, count, isAsync, contexts)
        {
            IsSslStream = isSslStream,
        };
        return true;
    }

    private static bool TryNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= least && number <= most;

    private static bool Fail(out string? problem, string text)
    {
        problem = text;
        return false;
    }
}
