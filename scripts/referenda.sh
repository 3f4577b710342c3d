#!/usr/bin/env bash
# Has both chambers decide about a chain of real validators: four hospitals register and accredit a fifth, add its validator by
# the steps of docs/operate/joining.md, and see its blocks become final; patients vote first about a matter of theirs, and
# institutions about an upgrade. All the while patients of another hospital send transactions, of which none that was said to be
# final may be missing. Then an outside client governs such a chain, where there are tests of that (tests/polkadot-js/consortium).
#
#   scripts/referenda.sh             build and run it; a quarter of an hour where all is built
#   scripts/referenda.sh --upgrade   also upgrade the runtime of both; builds the next one, some minutes more
#   scripts/referenda.sh --check     change nothing; name what is missing, and fail if anything is
#
# Let nothing else run beside: referenda are decided in a minute, by blocks of two seconds.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source-path=SCRIPTDIR source=next-runtime.sh
source "$project/scripts/next-runtime.sh"
cd "$project"

how=install
upgrade=
while [ $# -gt 0 ]; do
	case "$1" in
	-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/referenda.sh" && exit 0 ;;
	--check) how=check ;;
	--upgrade) upgrade=yes ;;
	*) die "unknown option: $1 (scripts/referenda.sh --help lists them)" ;;
	esac
	shift
done

# The outside client needs Node.js.
setup "$how" test
if [ "$how" = check ]; then
	say "referenda: nothing is missing"
	exit 0
fi

say "referenda: building (the first time takes a while)"
mirror_sources
(cd "$sources" && cargo build --release --locked "${around_chain[@]}" >&2) ||
	die "the build failed; the compiler's words are above"

if [ -n "$upgrade" ]; then
	scratch=$(mktemp -d)
	trap 'rm -rf "$scratch"' EXIT
	build_next_runtime "$scratch/next.wasm"
	export HDX_NEXT_RUNTIME=$scratch/next.wasm
else
	unset HDX_NEXT_RUNTIME
fi

say "referenda: a fifth validator joins, which takes some minutes"
(cd "$sources" && cargo test --release --locked "${around_chain[@]}" \
	--test system -- --include-ignored --exact --nocapture \
	fifth::a_fifth_hospital_joins_and_patients_decide_first_and_nothing_is_lost >&2) ||
	die "the referenda did not go as expected; see above"
mirror_built

if [ -n "$(find "$sources/tests/polkadot-js/consortium" -name '*.mjs' -print -quit 2>/dev/null)" ]; then
	say "referenda: an outside client governs a consortium"
	(
		cd "$sources/tests/polkadot-js"
		npm ci --prefer-offline --ignore-scripts --no-audit --no-fund --loglevel=error >&2 &&
			HDX_NODE="$CARGO_TARGET_DIR/release/hdx-node" HDX="$CARGO_TARGET_DIR/release/hdx" \
				npm run consortium --silent >&2
	) || die "the outside client did not go on as expected; see above"
fi
say "referenda: the chambers decided, a fifth validator takes part, and nothing was lost"
