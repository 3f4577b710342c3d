#!/usr/bin/env bash
# Feeds the parts that read outside data with whatever a coverage-guided fuzzer finds, and the runtime with calls of
# anybody in any order.
#
#   scripts/fuzz.sh                       every target that reads data, a minute each
#   scripts/fuzz.sh --seconds N TARGET... only these, N seconds each
#   scripts/fuzz.sh runtime               the runtime, ten million calls; a test makes a short run of the same
#   scripts/fuzz.sh --calls N --seed N runtime
#                                         so many calls, those of this seed; without it, of another one each time
#   scripts/fuzz.sh --list                the targets
#
# A target begins with the examples in fuzz/seeds/TARGET, where there are some. What was found stays in
# the corpus beside the builds, so that the next run goes on from there. A
# crash ends the run, and its input is kept: run the binary that is named with that file to see it
# again. Works with the stable compiler: the coverage that libFuzzer needs is a pass of LLVM. A run of
# the runtime that fails prints its seed and its last calls.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$project"

# Those that read data: each is a program of its own.
readers() { sed -n '/^\[\[bin\]\]/,/^path/s/^name = "\(.*\)"/\1/p' fuzz/Cargo.toml; }
targets() { readers && echo runtime; }

# The runtime, in release, but with what a build for tests checks: overflows, and what the SDK takes for
# impossible. Other scripts can build while it runs.
fuzz_runtime() {
	local program from=$SECONDS
	local -r name=whatever_is_called_nothing_panics_and_what_has_to_hold_holds
	say "fuzz: runtime, $calls calls of seed $seed"
	program=$(
		cd "$sources"
		CARGO_TARGET_DIR="$fuzz_target_dir" CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true \
			CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true cargo test --release --locked --no-run \
			--message-format=json-render-diagnostics -p hdx-runtime --no-default-features \
			--features std,try-runtime --test fuzz |
			sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1
	) || die "the build failed; the compiler's words are above"
	[ -n "$program" ] || die "cargo named no program of the test"
	mirror_built
	mirror_release
	say "fuzz: built in $((SECONDS - from)) s"
	from=$SECONDS
	HDX_FUZZ_CALLS=$calls HDX_FUZZ_SEED=$seed "$program" --exact --nocapture "$name" ||
		die "runtime failed; its seed and its last calls are above"
	say "fuzz: runtime, $calls calls in $((SECONDS - from)) s"
}

seconds=60
calls=10000000
seed=$(date +%s)
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
	--calls)
		[[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || die "--calls takes a whole number from 1"
		calls=$2
		shift
		;;
	--seed)
		[[ "${2:-}" =~ ^[0-9]+$ ]] || die "--seed takes a whole number"
		seed=$2
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
[ "${#chosen[@]}" -gt 0 ] || mapfile -t chosen < <(readers)
with_runtime=
chosen_readers=()
for target in "${chosen[@]}"; do
	if [ "$target" = runtime ]; then with_runtime=yes; else chosen_readers+=("$target"); fi
done
chosen=("${chosen_readers[@]}")

setup install build
fuzz_target_dir="$CARGO_TARGET_DIR/fuzz"
mirror_sources
# First, as the lock on the mirror is let go after the last build.
if [ -n "$with_runtime" ]; then
	fuzz_runtime
	[ "${#chosen[@]}" -gt 0 ] || exit 0
	mirror_sources
fi
cd "$sources/fuzz"

# `--target` keeps the instrumentation out of build scripts and macros.
host=$(rustc -vV | sed -n 's/^host: //p')
coverage="-Cpasses=sancov-module -Ccodegen-units=1"
for pass in level=4 inline-8bit-counters pc-table trace-compares; do
	coverage+=" -Cllvm-args=-sanitizer-coverage-$pass"
done
RUSTFLAGS="${RUSTFLAGS:-} $coverage --cfg fuzzing" CARGO_TARGET_DIR="$fuzz_target_dir" \
	cargo build --release --locked --target "$host"
mirror_built
mirror_release

log_of() { echo "$fuzz_target_dir/$1.log"; }

# One target; what it says goes to its log.
read_anything() {
	local -r corpus="$fuzz_target_dir/corpus/$1" artifacts="$fuzz_target_dir/artifacts/$1"
	local -a seeds=()
	mkdir -p "$corpus" "$artifacts"
	# Only read: what is found goes to the first directory.
	[ ! -d "seeds/$1" ] || seeds=("seeds/$1")
	"$fuzz_target_dir/$host/release/$1" "$corpus" "${seeds[@]}" -max_total_time="$seconds" \
		-artifact_prefix="$artifacts/" -print_final_stats=1 -verbosity=0 -timeout=10 \
		-rss_limit_mb=2048 >"$(log_of "$1")" 2>&1
}

# As many at a time as there are processors: each uses one.
cores=$(nproc)
running=()
# In the background they do not hear that somebody interrupts this.
trap 'kill "${running[@]}" 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
while [ "${#chosen[@]}" -gt 0 ]; do
	together=("${chosen[@]:0:cores}")
	chosen=("${chosen[@]:cores}")
	say "fuzz: ${together[*]} for $seconds seconds"
	running=()
	for target in "${together[@]}"; do
		read_anything "$target" &
		running+=("$!")
	done
	failed=
	for at in "${!together[@]}"; do
		target=${together[at]}
		if wait "${running[at]}"; then
			sed -n "s/^stat::number_of_executed_units: */fuzz: $target: inputs run: /p" "$(log_of "$target")" >&2
		else
			tail -n 40 "$(log_of "$target")" >&2
			say "fuzz: $target failed; its input is in $fuzz_target_dir/artifacts/$target"
			failed+="${failed:+, }$target"
		fi
	done
	running=()
	[ -z "$failed" ] || die "failed: $failed"
done
