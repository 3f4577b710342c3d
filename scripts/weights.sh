#!/usr/bin/env bash
# Measures what the calls cost in this runtime, and generates runtime/src/weights and docs/weights.md.
#
#   scripts/weights.sh                every pallet that runtime/src/benchmarks.rs lists
#   scripts/weights.sh --pallet NAME  only this one; may be given several times
#   scripts/weights.sh --quick        runs every benchmark, as short as can be, and writes nothing
#   scripts/weights.sh --docs         writes docs/weights.md anew, from the weights that are there
#   scripts/weights.sh --list         the pallets
#   scripts/weights.sh --check        change nothing; name what is missing, and fail if anything is
#
#   --steps N    values of each component (default 20)
#   --repeat N   measurements of each value (default 10)
#   --seconds N  the least time that each benchmark is repeated for (default 2)
#
# These are the options that all weights were measured with; docs/weights.md says why. How many values, and how often
# each, is written into each generated file.
#
# The weights are those of this machine: let nothing else run beside. It takes an hour or more, and most of
# one more where the program that measures, frame-omni-bencher, is not built yet.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$project"

benchmarks=runtime/src/benchmarks.rs
generated=runtime/src/weights
page=docs/weights.md
target="$CARGO_TARGET_DIR/weights"
bencher_name=frame-omni-bencher
bencher_version=0.28.0
# So deep that what is compiled there does not count as compiled by hand (mirror_is_outdated).
bencher_root="$CARGO_TARGET_DIR/tools/$bencher_name-$bencher_version"

# The pallets, by the names of their crates.
pallets() {
	sed -n '/define_benchmarks!(/,/^)/s/^[[:space:]]*\[\([a-z0-9_]*\),.*/\1/p' "$project/$benchmarks"
}

# Prints the program that measures. One of this version may also have come from somewhere else.
bencher() {
	local program
	for program in "$bencher_root/bin/$bencher_name" "$(command -v "$bencher_name" || true)"; do
		[ -n "$program" ] || continue
		if [ "$("$program" --version 2>/dev/null)" = "$bencher_name $bencher_version" ]; then
			echo "$program"
			return 0
		fi
	done
	return 1
}

# Where it stops, the next run goes on.
install_bencher() {
	say "weights: building $bencher_name $bencher_version"
	mkdir -p "$bencher_root"
	(cd "$bencher_root" && CARGO_TARGET_DIR="$bencher_root/build" cargo install "$bencher_name" \
		--version "$bencher_version" --locked --root "$bencher_root" >&2) ||
		die "the build of $bencher_name failed; the compiler's words are above"
	rm -rf "$bencher_root/build"
}

# The runtime with its benchmarks, in a target directory of its own: the node is built without them. In
# release, as the node's runtime is (docs/adr/0002-two-build-profiles.md).
build_runtime() {
	mirror_sources
	(cd "$sources" && env -u SKIP_WASM_BUILD CARGO_TARGET_DIR="$target" cargo build --release \
		--locked -p hdx-runtime --features runtime-benchmarks >&2) ||
		die "the build failed; the compiler's words are above"
	mirror_built
	cp "$target/release/wbuild/hdx-runtime/hdx_runtime.compact.compressed.wasm" "$wasm"
	mirror_release
}

# Writes the page by the runtime's own weights. With the features of the benchmarks, so that only the runtime
# is compiled again, and without its WebAssembly.
write_page() {
	mirror_sources
	(cd "$sources" && CARGO_TARGET_DIR="$target" cargo build --release --locked -p hdx-runtime \
		--no-default-features --features std,runtime-benchmarks --example weights >&2) ||
		die "the build failed; the compiler's words are above"
	mirror_built
	"$target/release/examples/weights" >"$scratch/page" || die "the runtime wrote no page"
	mirror_release
	[ -s "$scratch/page" ] || die "the runtime wrote no page"
	cp "$scratch/page" "$page"
	say "weights: wrote $page"
}

# Runs the benchmarks of pallet $1, from the state of a new development chain. No block carries a proof
# of the state, so that none is recorded while time is taken.
measure() {
	"$program" v1 benchmark pallet --runtime "$wasm" --genesis-builder runtime \
		--pallet "$1" --extrinsic '*' --steps "$steps" --repeat "$repeat" \
		--min-duration "$seconds" --wasm-execution compiled --disable-proof-recording \
		--template "$project/scripts/weights.hbs" --output "$scratch/$1.rs" >"$scratch/$1.log" 2>&1
}

how=install
steps=20
repeat=10
seconds=2
quick=
docs=
chosen=()
while [ $# -gt 0 ]; do
	case "$1" in
	-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/weights.sh" && exit 0 ;;
	--list) pallets && exit 0 ;;
	--check) how=check ;;
	--quick) quick=yes ;;
	--docs) docs=yes ;;
	--pallet)
		[ -n "${2:-}" ] || die "--pallet needs a name (scripts/weights.sh --list)"
		pallets | grep -qx -- "$2" || die "there is no pallet $2 (scripts/weights.sh --list)"
		chosen+=("$2")
		shift
		;;
	--steps)
		# One value has no slope.
		[[ "${2:-}" =~ ^([2-9]|[1-9][0-9]+)$ ]] || die "--steps takes a whole number from 2"
		steps=$2
		shift
		;;
	--repeat)
		[[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || die "--repeat takes a whole number from 1"
		repeat=$2
		shift
		;;
	--seconds)
		[[ "${2:-}" =~ ^[0-9]+$ ]] || die "--seconds takes a whole number"
		seconds=$2
		shift
		;;
	*) die "unknown option: $1 (scripts/weights.sh --help lists them)" ;;
	esac
	shift
done
[ "${#chosen[@]}" -gt 0 ] || mapfile -t chosen < <(pallets)
[ "${#chosen[@]}" -gt 0 ] || die "$benchmarks lists no pallet"
if [ -n "$quick" ]; then
	# Two values are not enough for the benchmarks of pallet-utility.
	steps=3
	repeat=1
	seconds=0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
setup "$how" build
if [ -n "$docs" ] && [ "$how" = install ]; then
	write_page
	exit 0
fi
if ! program=$(bencher); then
	[ "$how" = install ] || die "missing: $bencher_name $bencher_version
    Without --check, scripts/weights.sh builds it."
	install_bencher
	program=$(bencher) || die "what was built does not say that it is $bencher_name $bencher_version"
fi
if [ "$how" = check ]; then
	say "weights: everything is here"
	exit 0
fi

wasm="$scratch/hdx_runtime.wasm"
build_runtime

failed=()
for i in "${!chosen[@]}"; do
	pallet=${chosen[i]}
	from=$SECONDS
	if measure "$pallet"; then
		say "weights: $pallet ($((i + 1)) of ${#chosen[@]}) in $((SECONDS - from)) s"
	else
		tail -n 40 "$scratch/$pallet.log" >&2
		say "weights: $pallet FAILED"
		failed+=("$pallet")
	fi
done
# All or nothing: what is asked for together comes from one run. What was measured at another time stays, and the page
# says of each run when and where it was.
[ "${#failed[@]}" = 0 ] || die "nothing was written; these failed: ${failed[*]}"
if [ -n "$quick" ]; then
	say "weights: all benchmarks ran; nothing was written"
	exit 0
fi

mkdir -p "$generated"
for pallet in "${chosen[@]}"; do
	mv "$scratch/$pallet.rs" "$generated/$pallet.rs"
	chmod 644 "$generated/$pallet.rs"
done
say "weights: wrote ${#chosen[@]} files in $generated"
write_page
