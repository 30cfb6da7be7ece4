#!/usr/bin/env bash
# Debian packages of the C library, from artifacts/capi (eng/publish-capi.sh makes it): the library, which stands in for
# libnng1 and libnanomsg5 without replacing them, and the development files.
#
#   eng/package-deb.sh        writes artifacts/deb/*.deb
#
# The library goes to a folder of its own with an ld.so.conf entry that puts it first: installing switches programs over,
# removing switches them back.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ -f artifacts/capi/lib/libnng.so.1 ] || eng/publish-capi.sh
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
architecture=$(dpkg --print-architecture)
out=artifacts/deb
rm -rf "$out"
mkdir -p "$out"

# The C library of the machine it was linked on, or a newer one.
libc=$(readelf -V artifacts/capi/lib/libnng.so.1 | grep -oE 'GLIBC_[0-9.]+' | sort -V | tail -n 1)

# control PACKAGE DEPENDS DESCRIPTION [FIELD]: the package's folder with its control file.
control() {
  local root=$out/$1
  mkdir -p "$root/DEBIAN"
  cat >"$root/DEBIAN/control" <<CONTROL
Package: $1
Version: $version
Architecture: $architecture
Maintainer: The Nng for .NET authors <nng-dotnet@localhost>
Section: libs
Priority: optional
Depends: $2
${4:+$4
}Description: $3
 Scalability protocols (req/rep, pub/sub, push/pull, pair, bus, survey): an
 independent implementation in managed code, compiled ahead of time, with the
 C interface of NNG 1.x and of nanomsg.
CONTROL
  mkdir -p "$root/usr/share/doc/$1"
  cp LICENSE "$root/usr/share/doc/$1/copyright"
}

library=$out/libnng-net1
control libnng-net1 "libc6 (>= ${libc#GLIBC_})" "drop-in C library for NNG and nanomsg programs" "Recommends: libssl3 | libssl3t64 | libssl1.1"
mkdir -p "$library/usr/lib/nng-net" "$library/etc/ld.so.conf.d"
cp artifacts/capi/lib/libnng.so.1 artifacts/capi/lib/libnanomsg.so.5 "$library/usr/lib/nng-net/"
# Before the system's own folders, whose entries begin with letters.
echo /usr/lib/nng-net >"$library/etc/ld.so.conf.d/00-nng-net.conf"
for script in postinst postrm; do
  printf '#!/bin/sh\nset -e\nldconfig\n' >"$library/DEBIAN/$script"
  chmod 755 "$library/DEBIAN/$script"
done

development=$out/libnng-net-dev
# CMake looks into the machine's own folder of the architecture first, so beside libnng-dev nobody would find ours.
control libnng-net-dev "libnng-net1 (= $version)" "development files for the drop-in NNG C library" "Conflicts: libnng-dev"
mkdir -p "$development/usr/lib/nng-net" "$development/usr/lib/cmake" "$development/usr/include/nng-net"
cp -r artifacts/capi/include/nng "$development/usr/include/nng-net/"
# Where pkg-config and CMake look.
cp -r artifacts/capi/lib/pkgconfig "$development/usr/lib/"
cp -r artifacts/capi/lib/cmake/nng "$development/usr/lib/cmake/"
sed -i 's|^includedir=.*|includedir=/usr/include/nng-net|; s|^prefix=.*|prefix=/usr|; s|^libdir=.*|libdir=/usr/lib/nng-net|' \
  "$development/usr/lib/pkgconfig/nng.pc"
sed -i 's|"${_nng_root}/lib/|"/usr/lib/nng-net/|; s|"${_nng_root}/include"|"/usr/include/nng-net"|' \
  "$development/usr/lib/cmake/nng/nng-config.cmake"
ln -s libnng.so.1 "$development/usr/lib/nng-net/libnng.so"

for package in libnng-net1 libnng-net-dev; do
  dpkg-deb --root-owner-group --build "$out/$package" "$out/${package}_${version}_${architecture}.deb"
  rm -rf "${out:?}/$package"
done
