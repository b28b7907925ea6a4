#!/bin/sh
# newer.sh SUITE DIR PACKAGE... unpacks packages of another suite of Debian,
# and what they depend on, into DIR. Nothing is installed: programs run from
# there, with the libraries that came with them, by the scripts DIR/bin/PROGRAM.
set -eu
suite=$1
mkdir -p "$2/apt/lists/partial" "$2/apt/cache/archives/partial" "$2/root" "$2/bin"
dir=$(cd "$2" && pwd)
shift 2

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/*$')
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$dir/apt/sources.list"
: >"$dir/apt/status" # nothing is there, so everything that is needed is fetched
apt() {
	apt-get -qq -o Dir::Etc::SourceList="$dir/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State::Lists="$dir/apt/lists" -o Dir::State::Status="$dir/apt/status" \
		-o Dir::Cache="$dir/apt/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=root "$@"
}
apt update
apt install --yes --download-only --no-install-recommends "$@"
for archive in "$dir"/apt/cache/archives/*.deb; do
	dpkg -x "$archive" "$dir/root"
done

lib=$(dirname "$dir"/root/usr/lib/*-linux-gnu/libc.so.6)
loader=$(echo "$lib"/ld-linux*.so.*)
for path in "$dir"/root/usr/bin/*; do
	program=$dir/bin/$(basename "$path")
	cat >"$program" <<-END
		#!/bin/sh
		export VIMRUNTIME=$dir/root/usr/share/nvim/runtime HELIX_RUNTIME=$dir/root/usr/lib/hx/runtime
		exec $loader --library-path $lib $path "\$@"
	END
	chmod +x "$program"
done
