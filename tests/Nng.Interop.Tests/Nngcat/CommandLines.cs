using System.Collections.Generic;
using System.Linq;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>The command lines that both tools are given with nobody to talk to.</summary>
internal static class CommandLines
{
    /// <summary>
    /// One a line. A fresh socket path stands for <c>{ipc}</c>, a file of two bytes for <c>{file}</c>, and
    /// <c>(nothing)</c> for the empty line.
    /// </summary>
    private const string Text = """
        # The scanner.
        (nothing)
        --
        -
        word
        --=x
        --:x
        --re
        --rec
        --d
        --ver
        -vh
        -x
        -v -q -V2
        --nonsense
        -n
        --verbose=1
        --dial
        --dial=
        --dial:tcp://127.0.0.1:1 --push0 -D x
        --FORMAT=ascii
        --verb -l 1
        -l1 --push0 -D x
        -l=1 --push0 -D x
        -l 1 word --push0 -D x
        -l 1 - --push0
        --nonsénse
        -é
        --req -D x -l 1
        --surv -D x -l 1
        --resp -i 1 -l 1
        --bu -i 1 -l 1
        --conn tcp://127.0.0.1:1
        --sock=n -l 1
        # Numbers.
        -l 65537
        -l abc
        -l ""
        -L -1
        --count= -l 1
        --count=xyz
        --count=1x
        --count=+1
        --count=" 1"
        --count=2147483647 --push0 -D x -l 1
        --count=2147483648 --push0 -D x -l 1
        --count=99999999999999999999999
        --delay=86400 --push0
        --delay=86401
        -d 2147483648
        -i 86401
        --recv-timeout=86401
        --send-timeout=86401
        --recv-maxsz=2147483648
        -Z -5
        -C 007 -l 1
        # Once only.
        --req0 --rep0
        --req0 --req
        --sub --sub0
        --hex --raw
        --format no --format no
        --format=ascii --hex
        -D a -D b
        -D a -F /nope
        --cacert {file} --cacert {file}
        -E {file} --cert {file}
        --key {file} --key {file}
        --format=x
        --format=
        # Files.
        -F /nope
        -F /tmp
        -F ""
        -F {file}/x
        --cacert /nope
        --cert /nope
        --key /tmp
        -F /proc/self/mem
        # What goes together, and what is looked at first.
        --dial=tcp://127.0.0.1:1
        --compat -l 1
        --async --compat --pub0 -D x -l 1
        --count=1 --compat --pub0 -D x -l 1
        --count=0 --compat --pub0 -D x
        --pair1 --compat -l 1
        --compat --async --count=1 --pair1 -l 1
        --subscribe=a -l 1
        --req0 --subscribe=x -l 1
        --pull0 -D x -l 1
        --sub0 -D x -l 1
        --pull0 -i 1 -l 1
        --sub0 -i 1 -l 1
        --rep0 -i 1 -l 1
        --respondent0 -D x -i 1 -l 1
        --push0 -D x -Q -l 1
        --pub0 -D x --format=no -l 1
        --push0 -l 1
        --pub0 -l 1
        --req0 -l 1
        --surveyor0 -l 1
        --bus0 -i 1 -l 1
        --pair0 -i 1 -l 1
        --pair1 -i 1 -l 1
        -D a -D b -V
        --nonsense -V
        --req0 --rep0 --help
        # Options of endpoints that have no use for them.
        -k -l 1 --push0 -D x
        --cacert {file} -l 1 --push0 -D x
        --cert {file} -l 1 --push0 -D x
        --key {file} -l 1 --push0 -D x
        --zt-home /x -l 1 --push0 -D x
        --socket-name foo -l 1 --push0 -D x
        # Addresses.
        --pub0 -D x --dial bogus://x
        --pub0 -D x --dial tcp
        --pub0 -D x --dial tcp://
        --pub0 -D x --dial tcp://127.0.0.1
        --pub0 -D x --dial tcp://127.0.0.1:1
        --pub0 -D x --dial tcp://127.0.0.1:0
        --pub0 -D x --listen tcp://8.8.8.8:1
        --pub0 -D x --listen tcp://127.0.0.1:99999
        --pub0 -D x --dial ipc:///nope/x
        --pub0 -D x --listen ipc:///nope/x
        --pub0 -D x --dial ipc://
        --pub0 -D x --listen ipc://
        --pub0 -D x --dial inproc://x
        --pub0 -D x --dial ""
        -x nope --pub0 -D x
        --pub0 -D x --async --dial bogus://x
        --pub0 -D x --listen {ipc} --listen {ipc}
        # Endpoints told of.
        --pub0 -D x -v --listen {ipc}
        --pub0 -D x -v -q --listen {ipc}
        --pub0 -D x -q -v --listen {ipc}
        --pub0 -D x -v --async --dial tcp://127.0.0.1:1
        --pub0 -D x -v --compat --dial tcp://127.0.0.1:1
        --pub0 -D x -v --listen {ipc} --dial {ipc}
        --pub0 -D x -v --listen inproc://a --dial inproc://a
        # Time that runs out.
        --pull0 --recv-timeout=1 --listen {ipc}
        --sub0 --recv-timeout=1 --listen {ipc}
        --rep0 --recv-timeout=1 --listen {ipc}
        --rep0 -D x --recv-timeout=1 --listen {ipc}
        --respondent0 --recv-timeout=1 --listen {ipc}
        --respondent0 -D x --recv-timeout=1 --listen {ipc}
        --pair0 --recv-timeout=1 --listen {ipc}
        --pair1 --recv-timeout=1 --listen {ipc}
        --bus0 --recv-timeout=1 --listen {ipc}
        --push0 -D x --send-timeout=1 --listen {ipc}
        --pair0 -D x --send-timeout=1 --listen {ipc}
        --pair1 -D x --send-timeout=1 --listen {ipc}
        --req0 -D x --send-timeout=1 --recv-timeout=2 --listen {ipc}
        --req0 -D x --recv-timeout=1 --listen {ipc} --send-timeout=1 --count=2 -i 1
        --surveyor0 -D x --listen {ipc}
        --surveyor0 -D x --recv-timeout=3 --listen {ipc}
        --surveyor0 -D x --count=2 -i 1 --listen {ipc}
        --bus0 -D x --recv-timeout=1 --listen {ipc}
        --bus0 -D x --count=2 -i 1 --recv-timeout=1 --listen {ipc}
        --pub0 -D x --count=3 --listen {ipc}
        --pub0 -D x --count=2 -i 1 --listen {ipc}
        --pub0 -D x -d 1 --listen {ipc}
        --pub0 -D x -i 0 --count=2 --listen {ipc}
        """;

    public static IReadOnlyList<string> All { get; } =
        [.. Text.Split('\n').Where(line => line[0] != '#').Select(line => line == "(nothing)" ? string.Empty : line)];
}
