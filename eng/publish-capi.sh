#!/usr/bin/env bash
# Compiles the C library ahead of time: artifacts/capi/lib/libnng.so.1 and libnanomsg.so.5, the libnng.so link,
# pkg-config and CMake files, and the headers under artifacts/capi/include. Both libraries can be found in artifacts/capi, too. Needs a C compiler (cc, and clang or gcc to link).
#
#   eng/publish-capi.sh [RUNTIME]        default: linux-x64
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

runtime=${1:-linux-x64}
out=artifacts/capi
work=artifacts/capi-build
rm -rf "$out" "$work"
mkdir -p "$out/lib/pkgconfig" "$out/lib/cmake/nng"

command -v cc >/dev/null || { echo "a C compiler (cc) is needed"; exit 1; }
linker=()
command -v clang >/dev/null || linker=(-p:CppCompilerAndLinker=gcc)
dotnet publish src/Nng.CApi -c Release -r "$runtime" -o "$work" -v quiet -nologo "${linker[@]}"

cp "$work/Nng.CApi.so" "$out/lib/libnng.so.1"
ln -s libnng.so.1 "$out/lib/libnng.so"
# LD_LIBRARY_PATH=artifacts/capi is enough.
ln -s lib/libnng.so.1 lib/libnanomsg.so.5 "$out/"
cp -r src/Nng.CApi/include "$out/include"
# The older library's name, over the same code.
cc -std=gnu11 -D_GNU_SOURCE -O2 -fPIC -fvisibility=hidden -Wall -Wextra -Werror -DNNG_LIBNANOMSG \
  -shared -Wl,-soname,libnanomsg.so.5 -Wl,-z,relro -Wl,-z,now -Wl,-rpath,'$ORIGIN' -Isrc/Nng.CApi/include \
  -o "$out/lib/libnanomsg.so.5" src/Nng.CApi/native/nanomsg_*.c src/Nng.CApi/native/libnanomsg/*.c \
  -L"$out/lib" -lnng

version=$(sed -n 's/.*return "\(1\.[0-9.]*\)";.*/\1/p' src/Nng.CApi/native/lifecycle.c)

cat >"$out/lib/pkgconfig/nng.pc" <<PC
prefix=\${pcfiledir}/../..
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: nng
Description: Scalability protocols; the C interface of Nng for .NET
Version: $version
Libs: -L\${libdir} -lnng
Cflags: -I\${includedir}
PC

cat >"$out/lib/cmake/nng/nng-config.cmake" <<'CMAKE'
get_filename_component(_nng_root "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET nng::nng)
  add_library(nng::nng SHARED IMPORTED)
  set_target_properties(nng::nng PROPERTIES
    IMPORTED_LOCATION "${_nng_root}/lib/libnng.so.1"
    IMPORTED_SONAME "libnng.so.1"
    INTERFACE_INCLUDE_DIRECTORIES "${_nng_root}/include")
endif()
CMAKE
cat >"$out/lib/cmake/nng/nng-config-version.cmake" <<CMAKE
set(PACKAGE_VERSION "$version")
if(PACKAGE_FIND_VERSION_MAJOR EQUAL 1 AND NOT PACKAGE_FIND_VERSION VERSION_GREATER PACKAGE_VERSION)
  set(PACKAGE_VERSION_COMPATIBLE TRUE)
  if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
    set(PACKAGE_VERSION_EXACT TRUE)
  endif()
endif()
CMAKE
echo "$out/lib/libnng.so.1: $(stat -c %s "$out/lib/libnng.so.1") bytes"
