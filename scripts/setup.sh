#!/usr/bin/env bash
# Installs what building and testing need and this machine lacks. Safe to repeat.
#
#   scripts/setup.sh           install what is missing
#   scripts/setup.sh --check   change nothing; name what is missing, and fail if anything is
#
# The other scripts source this file, call `setup`, and build with the variables it exports.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source-path=SCRIPTDIR source=wasm-target.sh
source "$project/scripts/wasm-target.sh"

# One target directory outside the checkout, so that a fresh clone on a warm machine is quick.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/hdx/target}"
export CARGO_INCREMENTAL="${CARGO_INCREMENTAL:-0}"
# shellcheck source-path=SCRIPTDIR source=mirror.sh
source "$project/scripts/mirror.sh"

# The node and what talks to it, built in release. Always selected together: cargo compiles a
# dependency anew for each set of features that a selection of crates asks of it.
# shellcheck disable=SC2034 # for the scripts that source this
around_chain=(
	-p hdx-node -p hdx-node-service -p hdx-sync-watch -p hdx-credentials -p hdx-fhir -p hdx-oracle
	-p hdx-sdk -p hdx-cli -p hdx-bench -p hdx-zk-ceremony -p hdx-tests
)

setup_missing=()

# The scripts' own words go to standard error; standard output belongs to what they run.
say() { printf '%s\n' "$*" >&2; }

die() {
	say "error: $*"
	exit 1
}

# Notes something that stays missing, with what to do about it.
lacks() { setup_missing+=("$1"); }

# Prints the Debian packages whose programs are not here. Looks for the programs, not the packages,
# so that it is also right where they came from somewhere else. $1: `build` or `test`.
packages_missing() {
	command -v protoc >/dev/null || echo protobuf-compiler
	command -v clang >/dev/null || echo clang
	has_libclang || echo libclang-dev
	command -v cmake >/dev/null || echo cmake
	command -v pkg-config >/dev/null || echo pkg-config
	{ command -v cc && command -v c++ && command -v make; } >/dev/null || echo build-essential
	# The Rust installer is fetched with one of these.
	{ command -v rustup || command -v rustc || command -v curl || command -v wget ||
		[ -x "${CARGO_HOME:-$HOME/.cargo}/bin/rustup" ]; } >/dev/null || echo curl
	if [ "$1" = test ]; then
		command -v node >/dev/null || echo nodejs
		command -v npm >/dev/null || echo npm
		# Runbooks ask a node with it.
		command -v curl >/dev/null || echo curl
	fi
}

# The same for what scripts/runbooks.sh makes a tunnel with. Nothing else needs it.
tunnel_packages_missing() {
	local PATH=$PATH:/usr/sbin:/sbin
	{ command -v ip && command -v ss; } >/dev/null || echo iproute2
	command -v ping >/dev/null || echo iputils-ping
	{ command -v wg && command -v wg-quick; } >/dev/null || echo wireguard-tools
	# Where the kernel has no WireGuard, a program does what it does.
	{ [ -d /sys/module/wireguard ] || modinfo wireguard || command -v wireguard-go; } >/dev/null 2>&1 ||
		echo wireguard-go
}

has_libclang() {
	[ -n "${LIBCLANG_PATH:-}" ] && return 0
	local found
	found=$(find /usr/lib /usr/lib64 /usr/local/lib -maxdepth 3 -name 'libclang*.so*' \
		-print -quit 2>/dev/null || true)
	[ -n "$found" ]
}

# Runs a command as root; fails where that cannot be had.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
		sudo "$@"
	else
		return 1
	fi
}

# Installs what a command says is missing, where `$1` is `install`; then prints what is missing still.
install_packages() {
	local how=$1 packages
	shift
	packages=$("$@" | tr '\n' ' ')
	if [ -n "$packages" ] && [ "$how" = install ] && command -v apt-get >/dev/null; then
		say "setup: installing ${packages% }"
		# One source that is out of reach must not stop the others.
		as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2 || true
		# shellcheck disable=SC2086 # the names are words of their own
		as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get -qq install -y --no-install-recommends $packages >&2 || true
		packages=$("$@" | tr '\n' ' ')
	fi
	printf '%s' "${packages% }"
}

# $1: `install` or `check`; $2: `build` or `test`.
setup_packages() {
	local packages
	packages=$(install_packages "$1" packages_missing "$2")
	[ -n "$packages" ] || return 0
	lacks "programs of the Debian packages: $packages
    As root: apt-get update && apt-get install -y $packages
    Without apt: install the same programs the way this system does it."
}

setup_node_version() {
	command -v node >/dev/null || return 0
	local version major minor
	version=$(node --version)
	version=${version#v}
	IFS=. read -r major minor _ <<<"$version"
	# The first of each that run several files of tests at once where there are two processors.
	case "$major" in
	18) [ "$minor" -lt 19 ] || return 0 ;;
	20) [ "$minor" -lt 10 ] || return 0 ;;
	*) [ "$major" -le 20 ] || return 0 ;;
	esac
	lacks "Node.js 18.19, 20.10 or newer (here: $version), for the outside-client tests and the check of TOML
    Install it from https://nodejs.org, and put it first in PATH."
}

# The Rust version that rust-toolchain.toml asks for.
rust_wanted() { sed -n 's/^channel *= *"\(.*\)"/\1/p' "$project/rust-toolchain.toml"; }

# Prints the name of an installed rustup toolchain of version $1. Any name will do: where rustup
# cannot download, `stable` may be exactly that version.
rust_installed() {
	local name version
	for name in "$1" $(rustup toolchain list 2>/dev/null | awk '{ print $1 }'); do
		version=$(RUSTUP_AUTO_INSTALL=0 rustup run "$name" rustc --version 2>/dev/null |
			awk '{ print $2 }') || continue
		if [ "$version" = "$1" ]; then
			echo "$name"
			return 0
		fi
	done
	return 1
}

install_rustup() {
	local script
	say "setup: installing rustup"
	script=$(mktemp)
	if command -v curl >/dev/null; then
		curl --proto '=https' --tlsv1.2 -sSf -o "$script" https://sh.rustup.rs || true
	elif command -v wget >/dev/null; then
		wget -q -O "$script" https://sh.rustup.rs || true
	fi
	if [ -s "$script" ]; then
		sh "$script" -y -q --no-modify-path --profile minimal --default-toolchain none >&2 || true
	fi
	rm -f "$script"
}

# Finds or installs the compiler and exports RUSTUP_TOOLCHAIN. The variable also keeps rustup from
# trying to fetch what rust-toolchain.toml lists: that was seen to here.
setup_rust() {
	local wanted name how
	wanted=$(rust_wanted)
	[ -n "$wanted" ] || die "rust-toolchain.toml names no channel"
	PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
	export PATH
	how="Install rustup from https://rustup.rs, then: rustup toolchain install $wanted"
	if ! command -v rustup >/dev/null; then
		# A compiler that did not come by rustup is as good, if it is the same.
		if [ "$(rustc --version 2>/dev/null | awk '{ print $2 }')" = "$wanted" ]; then
			return 0
		fi
		[ "$1" = check ] || install_rustup
		if ! command -v rustup >/dev/null; then
			lacks "Rust $wanted, and rustup to install it
    $how"
			return 0
		fi
	fi
	if ! name=$(rust_installed "$wanted") && [ "$1" = install ]; then
		say "setup: installing Rust $wanted"
		rustup toolchain install "$wanted" --profile minimal --no-self-update >&2 || true
		name=$(rust_installed "$wanted") || true
	fi
	if [ -z "$name" ]; then
		lacks "Rust $wanted
    rustup toolchain install $wanted
    Where rustup cannot download: put a toolchain of exactly this version on the machine and name
    it with: rustup toolchain link $wanted DIRECTORY"
		return 0
	fi
	export RUSTUP_TOOLCHAIN="$name"
}

# Whether a compiler of the right version was found.
rust_ready() { [ "$(rustc --version 2>/dev/null | awk '{ print $2 }')" = "$(rust_wanted)" ]; }

setup_rust_components() {
	rust_ready || return 0
	local component program
	for component in clippy rustfmt; do
		program=${component/rustfmt/fmt}
		cargo "$program" --version >/dev/null 2>&1 && continue
		if [ "$1" = install ] && command -v rustup >/dev/null; then
			say "setup: installing $component"
			rustup component add "$component" >&2 || true
			cargo "$program" --version >/dev/null 2>&1 && continue
		fi
		lacks "$component
    rustup component add --toolchain ${RUSTUP_TOOLCHAIN:-$(rust_wanted)} $component"
	done
}

setup_wasm_target() {
	rust_ready || return 0
	wasm_target_installed && return 0
	if [ "$1" = install ]; then
		say "setup: installing the $wasm_target target"
		{ command -v rustup >/dev/null && rustup target add "$wasm_target" >&2; } || true
		wasm_target_installed && return 0
		say "setup: rustup cannot install it; building it from Debian's source of the compiler"
		build_wasm_target || true
		wasm_target_installed && return 0
	fi
	lacks "the $wasm_target target of Rust
    rustup target add --toolchain ${RUSTUP_TOOLCHAIN:-$(rust_wanted)} $wasm_target
    Where rustup cannot download: make Debian's rust-src $(rust_wanted) reachable for apt-get
    download (trixie-backports has it) and run scripts/setup.sh again."
}

# $1: `install` or `check`; $2: `build` (compiler and tools), `test` (also lints and Node.js); then functions of the script
# that needs more, which are called with $1.
# Exits and names what is missing unless all of it is there.
setup() {
	setup_missing=()
	setup_packages "$1" "$2"
	setup_rust "$1"
	setup_wasm_target "$1"
	if [ "$2" = test ]; then
		setup_rust_components "$1"
		setup_node_version
	fi
	local more
	for more in "${@:3}"; do "$more" "$1"; done
	[ "${#setup_missing[@]}" = 0 ] && return 0
	local item
	for item in "${setup_missing[@]}"; do
		say "missing: $item"
	done
	[ "$1" = install ] || say "Without --check, the scripts install what they can of this."
	exit 1
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
	case "${1:-}" in
	"") setup install test ;;
	--check) setup check test ;;
	-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" && exit 0 ;;
	*) die "unknown option: $1 (scripts/setup.sh --help lists them)" ;;
	esac
	say "setup: everything is here"
fi
