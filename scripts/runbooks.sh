#!/usr/bin/env bash
# Follows the runbooks of docs/operate, command by command as the pages have them, on chains that it founds by
# docs/operate/README.md: joining, leaving, keys, backup and restore, upgrade, emergency.
#
#   scripts/runbooks.sh             build, and follow all; some ten minutes where all is built
#   scripts/runbooks.sh RUNBOOK...  only these
#   scripts/runbooks.sh --list      the runbooks
#   scripts/runbooks.sh --check     change nothing; name what is missing, and fail if anything is
#
# Let nothing else run beside: referenda are decided in a minute, by blocks of two seconds.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$project"

readonly all=(joining leaving keys backup upgrade emergency)

how=install
chosen=()
while [ $# -gt 0 ]; do
	case "$1" in
	-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/runbooks.sh" && exit 0 ;;
	--list) printf '%s\n' "${all[@]}" && exit 0 ;;
	--check) how=check ;;
	-*) die "unknown option: $1 (scripts/runbooks.sh --help lists them)" ;;
	*)
		printf '%s\n' "${all[@]}" | grep -qx -- "$1" ||
			die "there is no runbook $1 (scripts/runbooks.sh --list)"
		chosen+=("runbooks::$1::")
		;;
	esac
	shift
done
[ "${#chosen[@]}" -gt 0 ] || chosen=("${all[@]/#/runbooks::}")

setup "$how" test
if [ "$how" = check ]; then
	say "runbooks: nothing is missing"
	exit 0
fi

say "runbooks: building (the first time takes a while)"
mirror_sources
(cd "$sources" && cargo build --release --locked "${around_chain[@]}" >&2) ||
	die "the build failed; the compiler's words are above"

say "runbooks: following them, which takes some minutes"
# Three at a time: each has nodes that compile their runtime first.
(cd "$sources" && cargo test --release --locked "${around_chain[@]}" \
	--test system -- --include-ignored --test-threads 3 "${chosen[@]}" >&2) ||
	die "a runbook did not go as it says; see above"
mirror_built
say "runbooks: each went as it says"
