#!/usr/bin/env bash
# Feeds the parts that read outside data with whatever a coverage-guided fuzzer finds.
#
#   scripts/fuzz.sh                       every target, a minute each
#   scripts/fuzz.sh --seconds N TARGET... only these, N seconds each
#   scripts/fuzz.sh --list                the targets
#
# What was found stays in the corpus beside the builds, so that the next run goes on from there. A
# crash ends the run, and its input is kept: run the binary that is named with that file to see it
# again. Works with the stable compiler: the coverage that libFuzzer needs is a pass of LLVM.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$project"

targets() { sed -n '/^\[\[bin\]\]/,/^path/s/^name = "\(.*\)"/\1/p' fuzz/Cargo.toml; }

seconds=60
chosen=()
while [ $# -gt 0 ]; do
	case "$1" in
	-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/fuzz.sh" && exit 0 ;;
	--list) targets && exit 0 ;;
	--seconds)
		[[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || die "--seconds takes a whole number from 1"
		seconds=$2
		shift
		;;
	-*) die "there is no option $1 (scripts/fuzz.sh --help)" ;;
	*)
		targets | grep -qx -- "$1" || die "there is no target $1 (scripts/fuzz.sh --list)"
		chosen+=("$1")
		;;
	esac
	shift
done
[ "${#chosen[@]}" -gt 0 ] || mapfile -t chosen < <(targets)

setup install build
mirror_sources
cd "$sources/fuzz"

# `--target` keeps the instrumentation out of build scripts and macros.
host=$(rustc -vV | sed -n 's/^host: //p')
coverage="-Cpasses=sancov-module -Ccodegen-units=1"
for pass in level=4 inline-8bit-counters pc-table trace-compares; do
	coverage+=" -Cllvm-args=-sanitizer-coverage-$pass"
done
fuzz_target_dir="$CARGO_TARGET_DIR/fuzz"
RUSTFLAGS="${RUSTFLAGS:-} $coverage --cfg fuzzing" CARGO_TARGET_DIR="$fuzz_target_dir" \
	cargo build --release --locked --target "$host"
mirror_built
mirror_release

for target in "${chosen[@]}"; do
	corpus="$fuzz_target_dir/corpus/$target"
	artifacts="$fuzz_target_dir/artifacts/$target"
	mkdir -p "$corpus" "$artifacts"
	log="$fuzz_target_dir/$target.log"
	say "fuzz: $target for $seconds seconds"
	if ! "$fuzz_target_dir/$host/release/$target" "$corpus" -max_total_time="$seconds" \
		-artifact_prefix="$artifacts/" -print_final_stats=1 -verbosity=0 -timeout=10 \
		-rss_limit_mb=2048 >"$log" 2>&1; then
		tail -n 40 "$log" >&2
		die "$target failed; its input is in $artifacts"
	fi
	sed -n 's/^stat::number_of_executed_units: */fuzz: inputs run: /p' "$log" >&2
done
