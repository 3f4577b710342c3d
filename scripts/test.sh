#!/usr/bin/env bash
# Checks everything: formatting, lints, tests of every level, the documentation, the main flow.
#
#   scripts/test.sh             every stage
#   scripts/test.sh STAGE...    only these; what they need built is built first
#   scripts/test.sh --list      the stages, with what each does
#   scripts/test.sh --check     change nothing; name what is missing, and fail if anything is
#
# Goes on after a failed stage, prints the time of each, and exits 0 only if all passed.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$project"

# What runs in the chain, or will: tested in the dev profile (docs/adr/0002-two-build-profiles.md).
on_chain=(
	-p hdx-consent-engine -p hdx-metrics-api -p hdx-primitives -p pallet-audit -p pallet-consent
	-p pallet-consent-runtime-api -p pallet-did -p pallet-governance -p pallet-groth16-verifier
	-p pallet-provider-registry -p pallet-quota -p pallet-record-access -p pallet-shielded-consent
	-p pallet-shielded-licence -p pallet-study -p pallet-validator-set -p hdx-runtime -p hdx-zk-circuits
)
# Without the runtime's default features, which build its WebAssembly.
on_chain+=(--no-default-features --features "std,runtime-benchmarks,try-runtime,examples")

stages=(fmt pallets docs fuzz build lint system polkadot-js flow scripts)

# What a stage does, in a few words.
about() {
	case "$1" in
	fmt) echo "how Rust and TOML are written: cargo fmt --check, taplo format --check" ;;
	lint) echo "clippy on every crate and target, and rustdoc of what is around the chain, warnings are errors" ;;
	pallets) echo "unit, property and benchmark tests of pallets, engine, circuits and runtime (dev profile)" ;;
	docs) echo "rustdoc of pallets, engine, circuits, primitives and runtime, warnings are errors" ;;
	fuzz) echo "what reads outside data, on whatever a fuzzer finds, ten seconds a target" ;;
	build) echo "release build of hdx-node and hdx" ;;
	system) echo "tests of node, SDK and command line, and of the whole: a real node, a real client" ;;
	polkadot-js) echo "an outside client, @polkadot/api, drives a development node" ;;
	flow) echo "scripts/run.sh --once: the main flow" ;;
	scripts) echo "the scripts' own tests: bad input, cleaning up" ;;
	*) return 1 ;;
	esac
}

# All three workspaces, and every TOML file.
stage_fmt() {
	cargo fmt --all -- --check &&
		cargo fmt --manifest-path fuzz/Cargo.toml -- --check &&
		cargo fmt --manifest-path clients/bench/age/Cargo.toml -- --check &&
		toml_is_formatted
}

# What taplo.toml asks for.
toml_is_formatted() {
	(cd scripts/taplo && npm ci --prefer-offline --ignore-scripts --no-audit --no-fund --loglevel=error) || {
		echo "npm did not fetch taplo, which reads the TOML files; its words are above"
		return 1
	}
	RUST_LOG=error scripts/taplo/node_modules/.bin/taplo format --check || {
		echo "In scripts/taplo: npm ci --ignore-scripts; then here: scripts/taplo/node_modules/.bin/taplo format"
		return 1
	}
}

# Each side in the profile and with the features of its tests: macros and build scripts are there then. No other
# set of features: the SDK would be checked once more for it (docs/adr/0002-two-build-profiles.md).
stage_lint() {
	cargo clippy --locked --all-targets "${on_chain[@]}" -- -D warnings && around_the_chain
}

# With the WebAssembly that the build stage made: its build script runs again whenever the variable that
# skips it comes or goes. Alone, nothing needs it.
around_the_chain() {
	local -x SKIP_WASM_BUILD=1
	[ -z "$has_built" ] || unset SKIP_WASM_BUILD
	lint_around && docs_around
}

lint_around() { cargo clippy --release --locked --all-targets "${around_chain[@]}" -- -D warnings; }

# After the lints, which have checked what these crates depend on. The examples bring the features of the tests, so
# that it is used.
docs_around() {
	RUSTDOCFLAGS="-D warnings" cargo doc --release --locked --no-deps --lib --bins --examples "${around_chain[@]}"
}

# One command, so that one feature set is compiled.
stage_pallets() { cargo test --locked --no-fail-fast "${on_chain[@]}"; }

# The examples bring the features of the tests: what the lints have checked is used, nothing twice.
stage_docs() {
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --lib --examples "${on_chain[@]}"
}

stage_fuzz() { scripts/fuzz.sh --seconds 10; }

stage_build() { cargo build --release --locked "${around_chain[@]}"; }

# The programs of tests around the chain, built, a line each: where it runs, and what.
around_tests() {
	cargo test --release --locked --no-run --message-format=json-render-diagnostics "${around_chain[@]}" |
		sed -n 's|.*"manifest_path":"\([^"]*\)/Cargo.toml".*"profile":{[^}]*"test":true}.*"executable":"\([^"]*\)".*|\1\t\2|p'
}

# $1: where; $2: the program. As cargo runs it.
run_tests() { (cd "$1" && CARGO_MANIFEST_DIR=$1 "$2"); }

# Tests of the whole wait for blocks: more of them run at once than there are cores, and all others beside them.
stage_system() {
	local -x RUST_TEST_THREADS=48
	local programs place program pid failed=
	programs=$(around_tests) || return 1
	if ! grep -q '/system-[0-9a-f]*$' <<<"$programs"; then
		echo "there is no program of the whole-system tests"
		return 1
	fi
	IFS=$'\t' read -r place program < <(grep '/system-[0-9a-f]*$' <<<"$programs")
	set -m
	run_tests "$place" "$program" >"$scratch/system" 2>&1 </dev/null &
	set +m
	pid=$!
	beside+=("$pid")
	while IFS=$'\t' read -r place program; do
		printf '\n     Running %s\n' "$program"
		run_tests "$place" "$program" </dev/null || failed+=" $program"
	done < <(grep -v '/system-[0-9a-f]*$' <<<"$programs")
	cargo test --release --locked --no-fail-fast --doc "${around_chain[@]}" || failed+=" doctests"
	wait "$pid" || failed+=" system"
	cat "$scratch/system"
	[ -z "$failed" ] || { echo "failed:$failed" && return 1; }
}

stage_polkadot-js() {
	(
		cd tests/polkadot-js || exit 1
		npm ci --prefer-offline --ignore-scripts --no-audit --no-fund --loglevel=error &&
			HDX_NODE="$CARGO_TARGET_DIR/release/hdx-node" npm test --silent
	)
}

stage_flow() { scripts/run.sh --once --port 0; }

stage_scripts() { scripts/tests/run.sh; }

# Whether a stage runs what the build stage builds.
needs_build() {
	case "$1" in
	system | polkadot-js | flow | scripts) return 0 ;;
	*) return 1 ;;
	esac
}

scratch=
# What runs in the background: process groups, so that nodes end with whoever started them.
beside=()
# The clients from outside, once they were started beside the stage before.
polkadot_js=

chosen=()
ran=()
results=()
times=()
build_failed=
has_built=

choose() {
	local stage has_build=
	for stage in "$@"; do
		about "$stage" >/dev/null || die "there is no stage $stage (scripts/test.sh --list)"
	done
	[ $# -gt 0 ] || set -- "${stages[@]}"
	for stage in "$@"; do
		# Never against a stale binary.
		if needs_build "$stage" && [ -z "$has_build" ]; then
			chosen+=(build)
			has_build=yes
		fi
		if [ "$stage" = build ]; then
			[ -z "$has_build" ] || continue
			has_build=yes
		fi
		chosen+=("$stage")
	done
}

# Starts the outside clients, which wait for blocks as well.
start_polkadot_js() {
	set -m
	(
		stage_polkadot-js && code=0 || code=$?
		echo "$SECONDS" >"$scratch/polkadot-js.end"
		exit "$code"
	) >"$scratch/polkadot-js" 2>&1 </dev/null &
	set +m
	polkadot_js=$!
	polkadot_js_from=$SECONDS
	beside+=("$polkadot_js")
}

# Tells what came of them.
end_polkadot_js() {
	local code=0
	wait "$polkadot_js" || code=$?
	cat "$scratch/polkadot-js"
	from=$((SECONDS - $(cat "$scratch/polkadot-js.end") + polkadot_js_from))
	return "$code"
}

run_stage() {
	local stage=$1 from=$SECONDS result=passed
	printf '\n==> %s: %s\n' "$stage" "$(about "$stage")"
	if [ -n "$build_failed" ] && needs_build "$stage"; then
		echo "not run: the build failed"
		result=FAILED
	elif [ "$stage" = polkadot-js ] && [ -n "$polkadot_js" ]; then
		end_polkadot_js || result=FAILED
	else
		if [ "$stage" = system ] && [[ " ${chosen[*]} " = *" polkadot-js "* ]]; then start_polkadot_js; fi
		# Bash ignores `set -e` here, so a stage is one command, or several joined by &&.
		"stage_$stage" || result=FAILED
		mirror_built
	fi
	if [ "$stage" = build ]; then
		if [ "$result" = passed ]; then has_built=yes; else build_failed=yes; fi
	fi
	ran+=("$stage")
	results+=("$result")
	times+=($((SECONDS - from)))
}

# Printed at the end, whatever the end was.
report() {
	local code=$? passed=0 failed=0 i
	trap - EXIT
	for i in "${beside[@]}"; do kill -- "-$i" 2>/dev/null || true; done
	rm -rf "$scratch"
	printf '\n%-12s %8s  %s\n' stage time result
	for i in "${!ran[@]}"; do
		printf '%-12s %5dm%02ds  %s\n' "${ran[i]}" $((times[i] / 60)) $((times[i] % 60)) "${results[i]}"
		if [ "${results[i]}" = passed ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
	done
	# Less than all of them: some run beside others. What everything may take on two cores is told beside it, and
	# fails nothing: a machine may be slower.
	printf '%-12s %5dm%02ds  of 70m00s cold, 15m00s warm\n' total $((SECONDS / 60)) $((SECONDS % 60))
	if [ "${#ran[@]}" -lt "${#chosen[@]}" ]; then
		printf 'interrupted in: %s\n' "${chosen[${#ran[@]}]}"
		failed=$((failed + 1))
	fi
	printf '\n%d passed, %d failed\n' "$passed" "$failed"
	[ "$failed" = 0 ] || code=1
	exit "$code"
}

case "${1:-}" in
-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" && exit 0 ;;
--list)
	for stage in "${stages[@]}"; do printf '%-12s %s\n' "$stage" "$(about "$stage")"; done
	exit 0
	;;
--check)
	setup check test
	say "test: nothing is missing"
	exit 0
	;;
-*) die "unknown option: $1 (scripts/test.sh --help)" ;;
esac

choose "$@"
scratch=$(mktemp -d)
trap report EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# The set-up is a stage too: what it installs counts in the time.
chosen=(set-up "${chosen[@]}")
setup install test
mirror_sources
cd "$sources"
ran+=(set-up)
results+=(passed)
times+=("$SECONDS")
for stage in "${chosen[@]:1}"; do
	run_stage "$stage"
done
