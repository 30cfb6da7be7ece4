#!/usr/bin/env bash
# The C library's surface: what libnng.so.1 exports, what src/Nng.CApi/functions.tsv lists and what the headers declare
# are the same names; libnanomsg.so.5 exports those that begin with nn_, but for one, and three of its own; both libraries are built as a loader expects.
#
#   eng/abi-check.sh          after eng/publish-capi.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C

library=artifacts/capi/lib/libnng.so.1
old_library=artifacts/capi/lib/libnanomsg.so.5
[ -f "$library" ] || { echo "$library is not there: run eng/publish-capi.sh first"; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

complain() { echo "$1"; failed=1; }

# same WHAT LEFT RIGHT: both files hold the same lines.
same() { diff "$2" "$3" >"$scratch/diff" || complain "$1:"$'\n'"$(cat "$scratch/diff")"; }

tail -n +2 src/Nng.CApi/functions.tsv | cut -f1 | sort >"$scratch/listed"
nm -D --defined-only "$library" | awk '{ print $3 }' | sort >"$scratch/exported"
nm -D --defined-only "$old_library" | awk '{ print $3 }' | sort >"$scratch/old"
grep -rhoE '^(NNG_DECL|NN_DECL) .*' src/Nng.CApi/include | grep -oE '\bnng?_[a-z0-9_]+\(' | tr -d '(' | sort -u \
  >"$scratch/declared"
# The older library walks control data by another function, and has its names and numbers as data.
{ grep '^nn_' "$scratch/listed" | grep -v '^nn_cmsg_next$'; printf '%s\n' nn_cmsg_nxthdr_ nn_symbol nn_symbol_info; } | sort >"$scratch/listed_old"

same 'functions.tsv (<) and exports (>) differ' "$scratch/listed" "$scratch/exported"
same 'functions.tsv (<) and headers (>) differ' "$scratch/listed" "$scratch/declared"
same 'functions.tsv (<) and exports of libnanomsg (>) differ' "$scratch/listed_old" "$scratch/old"

# loads NAME FILE: soname, no symbol versions, no executable stack, relocations read-only before the program starts.
loads() {
  local dynamic segments
  dynamic=$(readelf -dW "$2")
  segments=$(readelf -lW "$2")
  [[ $dynamic == *"[$1]"* ]] || complain "$2: the soname is not $1"
  [[ $dynamic != *VERDEF* ]] || complain "$2: its symbols have versions"
  [[ $dynamic == *BIND_NOW* || $dynamic == *NOW* ]] || complain "$2: it is bound lazily"
  [[ $segments == *GNU_RELRO* ]] || complain "$2: no RELRO"
  [[ ! $segments =~ GNU_STACK[^$'\n']*RWE ]] || complain "$2: its stack is executable"
}

loads libnng.so.1 "$library"
loads libnanomsg.so.5 "$old_library"
[[ $(readelf -dW "$library") == *NODELETE* ]] || complain "$library: it could be unloaded under its threads"

[ $failed -eq 0 ] && echo "$(wc -l <"$scratch/exported") functions, as listed and as declared"
exit $failed
