#!/usr/bin/env bash
# Micro-benchmarks of the hot files against bench/baseline.json: fails when one takes twice its recorded share of the
# calibration, or allocates a byte more. End to end figures beside other libraries are bench/compare's.
#
#   eng/bench.sh            runs all and compares
#   eng/bench.sh --record   runs all and writes the baseline
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mode=--check
[ "${1:-}" != --record ] || mode=--record
exec dotnet run -c Release --project bench/Nng.MicroBench -- "$mode"
