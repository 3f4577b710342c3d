#!/usr/bin/env bash
# Runs cargo where the scripts build: in the mirror of the checkout, with their target directory. Cargo run
# by hand with that directory would make them compile the project's crates once more.
#
#   scripts/cargo.sh test --release -p hdx-sdk ...
#   scripts/cargo.sh --around COMMAND...   with the packages of the node and what talks to it, in release
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

case "${1:-}" in
"" | -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" && exit 0 ;;
--around)
	[ $# -gt 1 ] || die "--around needs a command of cargo (scripts/cargo.sh --help)"
	command=$2
	shift 2
	set -- "$command" --release "${around_chain[@]}" "$@"
	;;
esac

setup install build
mirror_sources
cd "$sources"
result=0
cargo "$@" || result=$?
mirror_built
exit "$result"
