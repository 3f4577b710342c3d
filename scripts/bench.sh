#!/usr/bin/env bash
# Measures HealthDataExchange on this machine: transactions a second in finalized blocks, latency at a moderate load and at
# one near to what the chain takes, growth of the state, decisions, sealing, proofs here and in the runtime; each beside
# plain transfers of the same run. Starts its own chains, and stops them.
#
#   scripts/bench.sh [options]
#
#   --json          print JSON instead of a table
#   --quick         send only a few transactions: shows that everything works, and says nothing about the machine
#   --validators N  chains of how many validators: 1, 4 or 1,4 (default 1,4; with --quick 1)
#   --long          also run the long test of the log's state: a million entries, some ten minutes more
#   --semaphore     also measure proofs of Semaphore with snarkjs, before the chains; fetches them, some 110 MB, with npm
#   --age           also encrypt with the crate age what is sealed; fetches and builds it and what it needs, some 150 crates
#   --write         replace the figures in docs/benchmarks/README.md
#   --check         change nothing; name what is missing, and fail if anything is
#   --help          print this
#
# The figures are those of this machine: let nothing else run beside. It takes many minutes, fewer with --quick, and
# longer where something has to be built.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

page=$project/docs/benchmarks/README.md

how=install
quick=
long=
semaphore=
age=
write=
options=()

bench_pid=

usage() { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/bench.sh"; }

read_options() {
	while [ $# -gt 0 ]; do
		case "$1" in
		--json) options+=(--json) ;;
		--quick) quick=yes ;;
		--long) long=yes ;;
		--semaphore) semaphore=yes ;;
		--age) age=yes ;;
		--write) write=yes ;;
		--check) how=check ;;
		--validators)
			[[ "${2:-}" =~ ^(1|4|1,4|4,1)$ ]] || die "--validators takes 1, 4 or 1,4"
			options+=(--validators "$2")
			shift
			;;
		-h | --help) usage && exit 0 ;;
		*) die "unknown option: $1 (scripts/bench.sh --help lists them)" ;;
		esac
		shift
	done
	# Figures that say nothing do not belong on the page.
	[ -z "$quick" ] || [ -z "$write" ] || die "--write is not for a --quick run"
	[ -z "$quick" ] || options+=(--quick)
	[ -z "$write" ] || options+=(--write "$page")
}

build() {
	say "bench: building (the first time takes a while)"
	mirror_sources
	[ -z "$age" ] || build_age
	(cd "$sources" && cargo build --release --locked "${around_chain[@]}" >&2) ||
		die "the build failed; the compiler's words are above"
	mirror_built
}

# What measures age: a workspace of its own, in a target directory of its own. Its tests are part of no stage of
# scripts/test.sh, so they run here.
build_age() {
	local -r target=$CARGO_TARGET_DIR/bench-age
	say "bench: building what measures age"
	(cd "$sources/clients/bench/age" &&
		cargo test --release --locked --quiet --target-dir "$target" >&2 &&
		cargo build --release --locked --target-dir "$target" >&2) ||
		die "--age: what measures age was not built; the words of cargo are above"
	mirror_built
	options+=(--age "$target/release/hdx-bench-age")
}

# The log's state after a million entries, by the test of pallet-audit that writes them.
measure_log() {
	say "bench: the long test of the log's state"
	(cd "$sources" && cargo test --release --locked "${around_chain[@]}" -p pallet-audit --lib -- \
		--include-ignored --nocapture state_size >"$scratch/log-state" 2>"$scratch/log-state.err") || {
		tail -n 40 "$scratch/log-state" "$scratch/log-state.err" >&2
		die "the long test of the log's state failed; its words are above"
	}
	mirror_built
	options+=(--log-state "$scratch/log-state")
}

# Fails where Semaphore is to be measured and cannot be.
ensure_npm() {
	[ -z "$semaphore" ] || { command -v node && command -v npm; } >/dev/null ||
		die "--semaphore takes Node.js and npm: scripts/setup.sh installs them"
}

# What a proof of Semaphore takes, in a copy, so that nothing is left in the checkout.
measure_semaphore() {
	local copy=$scratch/semaphore
	say "bench: fetching Semaphore"
	mkdir "$copy"
	cp "$project"/clients/bench/semaphore/{bench.mjs,zkey.mjs,package.json,package-lock.json} "$copy/"
	(cd "$copy" && npm ci --prefer-offline --ignore-scripts --no-audit --no-fund --loglevel=error >&2) ||
		die "npm did not fetch Semaphore; its words are above"
	say "bench: proofs of Semaphore"
	(cd "$copy" && node bench.mjs ${quick:+1} >"$scratch/semaphore.json") ||
		die "Semaphore was not measured; the words of node are above"
	options+=(--semaphore "$scratch/semaphore.json")
}

# Which sources are built.
commit() {
	local hash
	hash=$(git -C "$project" rev-parse --short=12 HEAD 2>/dev/null) || hash=unknown
	git -C "$project" diff --quiet HEAD -- 2>/dev/null || hash="$hash, changed"
	echo "$hash"
}

clean_up() {
	trap - EXIT
	# It stops its nodes itself when it is told to end.
	if [ -n "$bench_pid" ]; then
		kill "$bench_pid" 2>/dev/null || true
		wait "$bench_pid" 2>/dev/null || true
	fi
	rm -rf "$scratch"
}

read_options "$@"
ensure_npm
if [ "$how" = check ]; then
	setup check build
	say "bench: nothing is missing"
	exit 0
fi
setup install build
scratch=$(mktemp -d)
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
build
[ -z "$long" ] || measure_log
mirror_release
[ -z "$semaphore" ] || measure_semaphore
release=$CARGO_TARGET_DIR/release
# In the background, so that a signal is handled at once. Its temporary files are in the directory that is removed.
TMPDIR=$scratch "$release/hdx-bench" --node "$release/hdx-node" --hdx "$release/hdx" \
	--compiled-runtimes "$release/compiled-runtimes" --commit "$(commit)" "${options[@]}" &
bench_pid=$!
result=0
wait "$bench_pid" || result=$?
bench_pid=
[ "$result" = 0 ] || die "the run failed (exit $result); see above"
