namespace Nng.Tools.Nngcat;

/// <summary>The help text.</summary>
internal static class Help
{
    public const string Text = """
        Usage: nngcat <proto> <addr>... [<fmt>] [<opts>...] [<src>]

        <proto> must be one of:
          --req0                  (or alias --req)
          --rep0                  (or alias --rep)
          --pub0                  (or alias --pub)
          --sub0                  (or alias --sub)
          --push0                 (or alias --push)
          --pull0                 (or alias --pull)
          --surveyor0             (or alias --surveyor)
          --respondent0           (or alias --respondent)
          --bus0                  (or alias --bus)
          --pair0
          --pair1
          --pair                  (pair1, or pair0 with --compat)

        <addr> must be one or more of:
          --dial <url>            (or alias --connect <url>)
          --listen <url>          (or alias --bind <url>)
          --bind-local <port>     (or alias -L <port>; tcp://127.0.0.1:<port>)
          --connect-local <port>  (or alias -l <port>)
          --bind-ipc <path>       (or alias -X <path>; ipc:///<path>)
          --connect-ipc <path>    (or alias -x <path>)

        <fmt> may be one or none of:
          --format <no|ascii|hex|msgpack|quoted|raw>
          --ascii                 (or alias -A; printable characters, others as dots)
          --quoted                (or alias -Q; one quoted line a message)
          --hex                   (one quoted line of hexadecimal escapes)
          --msgpack               (MessagePack binaries)
          --raw                   (the bytes as they are)

        <opts> may be any of:
          --subscribe <topic>     (sub only, repeatable; without it everything)
          --silent                (or alias -q)
          --verbose               (or alias -v; prints the endpoints' URLs)
          --count <num>           (or alias -C <num>; iterations, 0 = no limit)
          --delay <secs>          (or alias -d <secs>; wait before the first send)
          --interval <secs>       (or alias -i <secs>; send again every so often)
          --recv-timeout <secs>   (end quietly when nothing comes)
          --send-timeout <secs>
          --recv-maxsz <bytes>    (or alias -Z <bytes>; refuse larger messages, 0 = no limit)
          --stats                 (one line a second on standard error: messages, bytes, rate, peers)
          --compat                (behave like nanocat)
          --async                 (do not wait for connections at the start)
          --insecure              (or alias -k)
          --cacert <file>
          --cert <file>           (or alias -E <file>)
          --key <file>
          --zt-home <path>

        <src> may be one of:
          --file <file>           (or alias -F <file>; - is standard input)
          --data <data>           (or alias -D <data>)

        Examples:
          nngcat --rep --listen tcp://127.0.0.1:5555 --data pong --quoted
          nngcat --req --dial tcp://127.0.0.1:5555 --data ping --quoted
          nngcat --sub --dial ipc:///tmp/news.sock --subscribe weather/ --ascii
          nngcat --pub --listen ipc:///tmp/news.sock --data weather/sunny --interval 1

        """;
}
