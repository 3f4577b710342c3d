#!/usr/bin/env bash
# Rehearses an upgrade of the runtime: builds the one after this, with a migration of the log that takes several blocks, has
# both chambers authorize it on a development chain while patients go on sending transactions, and checks that no entry
# of the log is lost. docs/upgrades.md says what an upgrade is.
#
#   scripts/upgrade.sh           build both runtimes and run it; some ten minutes where nothing is built yet
#   scripts/upgrade.sh --check   change nothing; name what is missing, and fail if anything is
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source-path=SCRIPTDIR source=next-runtime.sh
source "$project/scripts/next-runtime.sh"
cd "$project"

how=install
while [ $# -gt 0 ]; do
	case "$1" in
	-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/upgrade.sh" && exit 0 ;;
	--check) how=check ;;
	*) die "unknown option: $1 (scripts/upgrade.sh --help lists them)" ;;
	esac
	shift
done

setup "$how" build
if [ "$how" = check ]; then
	say "upgrade: everything is here"
	exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
next="$scratch/next.wasm"

mirror_sources
(cd "$sources" && cargo build --release --locked "${around_chain[@]}" >&2) ||
	die "the build failed; the compiler's words are above"
build_next_runtime "$next"

say "upgrade: rehearsing it, which takes some minutes"
(cd "$sources" && HDX_NEXT_RUNTIME="$next" cargo test --release --locked "${around_chain[@]}" \
	--test system -- --ignored --exact --nocapture \
	upgrade::a_referendum_upgrades_the_runtime_under_load_and_no_entry_is_lost >&2) ||
	die "the upgrade did not go as expected; see above"
mirror_built
say "upgrade: the runtime was upgraded under load, and no entry was lost"
