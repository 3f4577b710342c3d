#!/usr/bin/env bash
# Builds the runtime's WebAssembly twice, from nothing, and tells whether both are the same: so that anybody can tell which
# source the code on a chain is of (docs/supply-chain.md).
#
#   scripts/reproduce.sh                 build it twice, and compare
#   scripts/reproduce.sh --once          build it once, and print its hashes, to be compared with those of others
#   scripts/reproduce.sh --against FILE  build it once, and compare it with this file
#   scripts/reproduce.sh --check         change nothing; name what is missing, and fail if anything is
#
# What is committed is built, nothing else, and with the hash of its metadata (docs/operate/offline-signing.md), for which the
# runtime's own crate is compiled twice. Each build takes a quarter of an hour or more on two cores (the second, by one job, took 44
# minutes beside other work), and some GB, and happens in /tmp/hdx-reproduce: where it is built is part of the result.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$project"

# Cargo puts the paths of crates that are not from the registry into the names of their symbols, past every option that
# rewrites paths. So there is one place, on every machine.
place=/tmp/hdx-reproduce
artifact=release/wbuild/hdx-runtime/hdx_runtime.compact.compressed.wasm

# Where crates of the registry lie is in messages of panics. Those paths can be rewritten.
cargo_home() { echo "${CARGO_HOME:-$HOME/.cargo}"; }

# How paths are rewritten. The last one that matches counts, and the crates may lie in the place of the build.
remapping() {
	local home
	home=$(cargo_home)
	printf -- '--remap-path-prefix=%s ' "$place=/hdx" "$(realpath "$home")=/cargo" "$home=/cargo"
}

# Builds what is committed into $1, with so many jobs ($2), and in the locale and time zone of somebody else ($3, $4).
build() {
	local into=$1 jobs=$2 locale=$3 zone=$4
	rm -rf "$place/source" "$place/target"
	mkdir "$place/source" "$place/target"
	git archive HEAD | tar --extract --directory "$place/source"
	say "reproduce: building with $jobs jobs"
	(
		cd "$place/source"
		# What somebody has set for their own builds is not part of this one.
		unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS SKIP_WASM_BUILD WASM_BUILD_TYPE WASM_BUILD_STD WASM_BUILD_CARGO_ARGS
		# The runtime takes the hash from this variable, which is the builder's to set.
		unset RUNTIME_METADATA_HASH
		WASM_BUILD_RUSTFLAGS=$(remapping)
		export WASM_BUILD_RUSTFLAGS CARGO_TARGET_DIR="$place/target" CARGO_INCREMENTAL=0
		export SOURCE_DATE_EPOCH=0 LC_ALL="$locale" TZ="$zone"
		cargo build --release --locked --jobs "$jobs" -p hdx-runtime --features metadata-hash >&2
	) || die "the build failed; the compiler's words are above"
	[ -s "$place/target/$artifact" ] || die "the build left no WebAssembly"
	cp "$place/target/$artifact" "$into"
}

# The hash that a proposal of an upgrade names, and the one that other tools print.
print_hashes() {
	printf 'blake2-256  0x%s\n' "$(b2sum --length=256 "$1" | cut -d' ' -f1)"
	printf 'sha-256     0x%s\n' "$(sha256sum "$1" | cut -d' ' -f1)"
	printf 'bytes       %s\n' "$(stat --format=%s "$1")"
	printf 'commit      %s\n' "$(git rev-parse HEAD)"
	printf 'compiler    %s\n' "$(rustc --version)"
}

# Compares two, and keeps both where they differ.
compare() {
	if cmp -s "$1" "$2"; then
		say "reproduce: both are the same"
		print_hashes "$1"
		return 0
	fi
	local kept
	kept=$(mktemp -d "${TMPDIR:-/tmp}/hdx-differ.XXXXXX")
	cp "$1" "$kept/one.wasm"
	cp "$2" "$kept/other.wasm"
	die "they differ; both are in $kept"
}

how=install
once=
against=
while [ $# -gt 0 ]; do
	case "$1" in
	-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/reproduce.sh" && exit 0 ;;
	--check) how=check ;;
	--once) once=yes ;;
	--against)
		[ -n "${2:-}" ] || die "--against needs a file"
		# From where it was called, not from here.
		against=$(cd "$OLDPWD" && realpath --canonicalize-missing -- "$2")
		[ -f "$against" ] || die "there is no file $against"
		shift
		;;
	*) die "unknown option: $1 (scripts/reproduce.sh --help lists them)" ;;
	esac
	shift
done

setup "$how" build
git rev-parse --verify --quiet HEAD >/dev/null || die "this is no checkout of git: what is committed is built"
if [ "$how" = check ]; then
	say "reproduce: everything is here"
	exit 0
fi
[ -z "$(git status --porcelain)" ] || say "reproduce: what is not committed is left out"

# Nobody else builds there: the directory is made by whoever comes first.
mkdir -m 700 "$place" 2>/dev/null ||
	die "$place is there already: another run builds there, or one was killed. Remove it in that case."
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build "$place/one.wasm" "$(nproc)" C UTC
if [ -n "$against" ]; then
	compare "$place/one.wasm" "$against"
elif [ -n "$once" ]; then
	print_hashes "$place/one.wasm"
else
	# As somebody else would: one job after the other, elsewhere in the world, with their crates in another place.
	ln -s "$(cargo_home)" "$place/cargo"
	CARGO_HOME="$place/cargo" build "$place/other.wasm" 1 C.UTF-8 Asia/Tokyo
	compare "$place/one.wasm" "$place/other.wasm"
fi
