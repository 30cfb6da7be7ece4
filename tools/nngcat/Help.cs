namespace Nng.Tools.Nngcat;

/// <summary>The help text.</summary>
internal static class Help
{
    /// <summary>The blocks of the original, with what each option does; then what else a newcomer needs.</summary>
    public const string Text = """
        Usage: nngcat <proto> <addr>... [<fmt>] [<opts>...] [<src>]

        Opens one socket of a messaging pattern, connects it to addresses, sends what <src> says and
        prints what it receives as <fmt> says (without <fmt> it prints nothing).

        <proto> must be one of:
          --req0                 (or alias --req) sends a request, prints the reply
          --rep0                 (or alias --rep) prints requests, answers each with <src>
          --pub0                 (or alias --pub) sends to every subscriber
          --sub0                 (or alias --sub) prints what is published
          --push0                (or alias --push) sends to one of several workers
          --pull0                (or alias --pull) prints the work it gets
          --surveyor0            (or alias --surveyor) asks everybody, prints the answers
          --respondent0          (or alias --respondent) prints surveys, answers each with <src>
          --bus0                 (or alias --bus) sends to all neighbours, prints what they send
          --pair0                talks with one peer
          --pair1                talks with one peer, newer version
          --pair                 (alias for pair1, or for pair0 with --compat)

        <addr> must be one or more of:
          --dial <url>           (or alias --connect <url>)
          --listen <url>         (or alias --bind <url>)
          --bind-local <port>    (or alias -L <port>) listens at tcp://127.0.0.1:<port>
          --connect-local <port> (or alias -l <port>) dials tcp://127.0.0.1:<port>
          --bind-ipc <path>      (or alias -X <path>) listens at ipc:///<path>
          --connect-ipc <path>   (or alias -x <path>) dials ipc:///<path>

        <fmt> may be one or none of:
          --format <no|ascii|hex|msgpack|quoted|raw>
          --ascii                (or alias -A) other bytes than printable ones as dots, no newline
          --quoted               (or alias -Q) a line per message, in quotes, with escapes
          --hex                  a line per message, in quotes, each byte as \xhh
          --msgpack              a MessagePack binary per message
          --raw                  the bytes as they are

        <opts> may be any of:
          --subscribe <topic>    (only with --sub protocol) repeatable; none means everything
          --silent               (or alias -q) takes --verbose back
          --verbose              (or alias -v) prints the URL of each address
          --count <num>          (or alias -C <num>) ends after so many rounds, 0 means never
          --delay <secs>         (or alias -d <secs>) waits before the first send
          --interval <secs>      (or alias -i <secs>) sends again every so many seconds
          --recv-timeout <secs>  ends when nothing comes for so long
          --send-timeout <secs>  fails when a message cannot be sent for so long
          --recv-maxsz <size>    (or alias -Z <size>) refuses larger messages, 0 means no limit
          --stats                a line per second on standard error: messages, bytes, rate, peers
          --compat               behaves like nanocat
          --async                does not wait for connections, keeps trying
          --socket-name <name>   (accepted, without effect)
          --insecure             (or alias -k) does not verify the TLS peer
          --cacert <file>        trusts these TLS authorities (PEM)
          --cert <file>          (or alias -E <file>) own TLS certificate (PEM)
          --key <file>           its private key (PEM); without it, looked for in the certificate's file
          --zt-home <path>       (accepted, without effect)
          --version              (or alias -V) prints the version
          --help                 (or alias -h) prints this text

        <src> may be one of:
          --file <file>          (or alias -F <file>). Use - for standard input.
          --data <data>          (or alias -D <data>)

        A round of req, surveyor, pair and bus is a message and what is received until --interval or
        --recv-timeout is over; that of req ends with its reply, that of surveyor with its survey. So
        pair and bus need one of the two to come to a second round.

        URLs: tcp://host:port, tcp4:, tcp6:, tls+tcp:, ws://host:port/path, wss: (over TLS), ipc:///path,
        abstract://name (Linux), inproc://name; udp://host:port (experimental).
        A listener may use tcp://*:port for every interface, and port 0 for a free one (--verbose
        shows which). Long options may be shortened while they stay unambiguous; a value follows
        as the next word, or after = or : for long ones, or directly after a short one.

        Exit status: 0 done; 1 a mistake on the command line, a failed operation, or this help;
        130 and 143 ended by Ctrl-C and by a request to terminate; 141 nobody reads the output.

        Examples:
          A service, and one request to it:
            nngcat --rep --listen tcp://127.0.0.1:5555 --data pong --quoted
            nngcat --req --dial tcp://127.0.0.1:5555 --data ping --quoted
          News every second, and somebody who reads what starts with weather/:
            nngcat --pub --listen ipc:///tmp/news.sock --data weather/sunny --interval 1
            nngcat --sub --dial ipc:///tmp/news.sock --subscribe weather/ --quoted
          A file to another machine, one message, any size:
            nngcat --pull --listen tcp://*:5556 --count 1 --raw > copy
            nngcat --push --dial tcp://host:5556 --file original
        """;
}
