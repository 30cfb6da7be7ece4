#!/usr/bin/env bash
# Everything that must be green before a commit, fastest first; stops at the first failure.
#
#   eng/check.sh            all steps
#   eng/check.sh quick      build, architecture, tests, and the stream tests on the other engine
#   eng/check.sh STEP ...   only these steps, in the order given
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

all_steps=(build architecture tests allocation samples pack portable interop stress aot capi)
quick_steps=(build architecture tests portable_streams)

configuration=Release
packages=$PWD/artifacts/packages
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

scratch=
cleanup() { [ -z "$scratch" ] || rm -rf "$scratch"; }

# run_tests PROJECT [FILTER]: fails when a test fails, hangs, or when there is none.
run_tests() {
  local arguments=(-c "$configuration" --no-build --blame-hang-timeout 10m --blame-hang-dump-type none)
  arguments+=(--results-directory artifacts/test-results)
  [ $# -lt 2 ] || arguments+=(--filter "$2")
  timeout 45m dotnet test "tests/$1" "${arguments[@]}" -- RunConfiguration.TreatNoTestsAsError=true
}

# All projects, both frameworks of the library: warnings, code style, trim and AOT analysis are errors.
step_build() { dotnet build Nng.slnx -c "$configuration" -v quiet; }

step_architecture() { run_tests Nng.Tests 'FullyQualifiedName~.Architecture.'; }

step_tests() { run_tests Nng.Tests 'FullyQualifiedName!~.Architecture.&FullyQualifiedName!~.Allocation.'; }

# Zero bytes per message in the steady state.
step_allocation() { run_tests Nng.Tests 'FullyQualifiedName~.Allocation.'; }

# They were built with the solution; what a newcomer runs must also end well. Without arguments each ends by itself.
step_samples() {
  local sample
  for sample in samples/*/*.csproj; do
    echo "--- $sample"
    timeout 5m dotnet run -c "$configuration" --no-build --project "$sample" </dev/null
  done
}

# The other I/O engine: everything again, or in quick what touches streams.
step_portable() { NNG_IO_ENGINE=portable run_tests Nng.Tests 'FullyQualifiedName!~.Architecture.'; }
step_portable_streams() { NNG_IO_ENGINE=portable run_tests Nng.Tests 'FullyQualifiedName~.Streams.|FullyQualifiedName~.Transports.'; }

step_interop() { run_tests Nng.Interop.Tests; }

step_stress() { run_tests Nng.Stress.Tests; }

# The packages as a user gets them: a program outside the repository restores, builds and runs; the tool installs.
step_pack() {
  make_packages
  make_scratch net10.0
  dotnet build "$scratch/app" -v quiet
  expect_hello timeout 1m dotnet "$scratch/app/bin/Debug/net10.0/app.dll"
  dotnet tool install nngcat --tool-path "$scratch/tool" --add-source "$packages" --version "$(package_version)"
  timeout 1m "$scratch/tool/nngcat" --version
}

# The same program, and the command line tool, compiled ahead of time: no warnings, and they run.
step_aot() {
  command -v clang >/dev/null || command -v gcc >/dev/null || { echo "aot needs clang or gcc"; return 1; }
  make_packages
  # The library is kept whole, so that every part of it is looked at, not only what the program reaches.
  make_scratch net9.0 '<PublishAot>true</PublishAot><TrimmerSingleWarn>false</TrimmerSingleWarn>' \
    '<TrimmerRootAssembly Include="Nng" />'
  local linker=()
  command -v clang >/dev/null || linker=(-p:CppCompilerAndLinker=gcc)
  dotnet publish "$scratch/app" -r linux-x64 -o "$scratch/out" -v quiet "${linker[@]}"
  expect_hello timeout 1m "$scratch/out/app"
  dotnet publish tools/nngcat -c "$configuration" -r linux-x64 -p:PublishAot=true -o "$scratch/tool" -v quiet "${linker[@]}"
  timeout 1m "$scratch/tool/nngcat" --version
}

# The C library: published, its surface as listed and declared, its packages, the C programs on it and on the original.
step_capi() {
  eng/publish-capi.sh
  eng/abi-check.sh
  eng/package-nuget.sh
  ! command -v dpkg-deb >/dev/null || eng/package-deb.sh
  run_tests Nng.CApi.Tests
}

# A version of its own, so that no cache and no other source can answer for what was just packed.
package_version() { echo "$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)-check"; }

make_packages() {
  rm -rf "$packages"
  local project
  for project in src/Nng tools/nngcat; do
    dotnet pack "$project" -c "$configuration" -o "$packages" -p:PackageVersion="$(package_version)" -v quiet
  done
}

# make_scratch FRAMEWORK [PROPERTIES [ITEMS]]: a console program that knows the library only as a package.
make_scratch() {
  cleanup
  scratch=$(mktemp -d)
  mkdir "$scratch/app"
  cat >"$scratch/nuget.config" <<EOF
<configuration>
  <packageSources><add key="packed" value="$packages" /></packageSources>
</configuration>
EOF
  cat >"$scratch/app/app.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>$1</TargetFramework>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <InvariantGlobalization>true</InvariantGlobalization>
    <NuGetAudit>false</NuGetAudit>
    <RestorePackagesPath>$scratch/packages</RestorePackagesPath>
    <RestoreFallbackFolders>${NUGET_PACKAGES:-$HOME/.nuget/packages}</RestoreFallbackFolders>
    ${2:-}
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Nng" Version="$(package_version)" />${3:-}</ItemGroup>
</Project>
EOF
  cat >"$scratch/app/Program.cs" <<'EOF'
using System;
using System.Text;
using Nng;

await using var push = new PushSocket();
await using var pull = new PullSocket();
push.Listen("inproc://x");
pull.Dial("inproc://x");
push.Send(Encoding.UTF8.GetBytes("hello"));
using Message message = pull.Receive();
Console.WriteLine(Encoding.UTF8.GetString(message.Body));
EOF
}

# expect_hello COMMAND ...: runs the scratch program and compares what it prints.
expect_hello() {
  local said
  said=$("$@")
  [ "$said" = hello ] || { echo "the scratch program said '$said'"; return 1; }
  echo "the scratch program said hello"
}

run_step() {
  local start=$SECONDS
  printf '\n=== %s\n' "$1"
  # Not in a condition: inside one, bash would not stop at the first command that fails.
  "step_$1"
  printf '=== %s: ok, %d s\n' "$1" $((SECONDS - start))
}

case "${1:-all}" in
  all) steps=("${all_steps[@]}") ;;
  quick) steps=("${quick_steps[@]}") ;;
  *) steps=("$@") ;;
esac

current=
trap 'status=$?; cleanup; [ $status -eq 0 ] || printf "\n=== %s: FAILED\n" "$current"; exit $status' EXIT
for current in "${steps[@]}"; do
  declare -F "step_$current" >/dev/null || { echo "no step '$current'; steps: ${all_steps[*]}"; exit 2; }
  run_step "$current"
done
printf '\nall green: %s (%d s)\n' "${steps[*]}" "$SECONDS"
