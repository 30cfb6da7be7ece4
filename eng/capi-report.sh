#!/usr/bin/env bash
# What the published C library weighs and how fast it starts, beside the original where that is installed: bytes of the
# library, and the time from the start of a process to its first message, over ipc. Needs eng/publish-capi.sh first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

ours=$PWD/artifacts/capi/lib
[ -f "$ours/libnng.so.1" ] || { echo "no $ours/libnng.so.1: run eng/publish-capi.sh"; exit 1; }
mkdir -p artifacts/capi-tests
program=$PWD/artifacts/capi-tests/startup
cc -std=gnu11 -O2 -Isrc/Nng.CApi/include -o "$program" tests/Nng.CApi.Tests/programs/startup/startup.c \
  -L"$ours" -lnng

# report NAME FOLDER
report() {
  printf '%s: %s bytes; ' "$1" "$(stat -L -c %s "$2/libnng.so.1")"
  LD_LIBRARY_PATH=$2 "$program"
}

report ours "$ours"
original=$(ldconfig -p | sed -n 's/.*libnng\.so\.1 .* => \(.*\)\/libnng\.so\.1/\1/p' | head -n 1)
[ -z "$original" ] || report original "$original"
