#!/usr/bin/env bash
# The NuGet package Nng.CApi.Native: libnng.so for linux-x64 and its headers, from artifacts/capi. A .NET program that
# refers to it, or a binding that loads "nng", finds the library beside it.
#
#   eng/package-nuget.sh        writes artifacts/packages/Nng.CApi.Native.*.nupkg, and loads the library from it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

[ -f artifacts/capi/lib/libnng.so.1 ] || eng/publish-capi.sh
# A version of its own, so that no cache can answer for what was just packed.
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
check=$version-check.$(date +%s)
dotnet pack eng/capi-nuget -c Release -o artifacts/packages -v quiet
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
dotnet pack eng/capi-nuget -c Release -o "$scratch/packages" -p:PackageVersion="$check" -v quiet

cat >"$scratch/nuget.config" <<CONFIG
<configuration>
  <packageSources><clear /><add key="packed" value="$scratch/packages" /></packageSources>
</configuration>
CONFIG
cat >"$scratch/app.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
    <RestorePackagesPath>$scratch/cache</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Nng.CApi.Native" Version="$check" /></ItemGroup>
</Project>
PROJECT
cat >"$scratch/Program.cs" <<'CODE'
using System;
using System.Runtime.InteropServices;

Console.WriteLine(Marshal.PtrToStringUTF8(Native.Version()));

internal static class Native
{
    [DllImport("nng", EntryPoint = "nng_version")]
    public static extern nint Version();
}
CODE
said=$(dotnet run --project "$scratch/app.csproj" -c Release)
expected=$(sed -n 's/.*return "\(1\.[0-9.]*\)";.*/\1/p' src/Nng.CApi/native/lifecycle.c)
[ "$said" = "$expected" ] || { echo "the library in the package said '$said'"; exit 1; }
echo "artifacts/packages/Nng.CApi.Native.$version.nupkg: libnng.so answers $said"
