#!/usr/bin/env bash
# Follows the runbooks of docs/operate, command by command as the pages have them, on chains that it founds by
# docs/operate/README.md: joining, leaving, keys, backup and restore, upgrade, emergency; and, between network namespaces
# of this machine, encryption (docs/operate/wireguard.md).
#
#   scripts/runbooks.sh             build, and follow all; some ten minutes where all is built
#   scripts/runbooks.sh RUNBOOK...  only these
#   scripts/runbooks.sh --list      the runbooks
#   scripts/runbooks.sh --check     change nothing; name what is missing, and fail if anything is
#
# Let nothing else run beside: referenda are decided in a minute, by blocks of two seconds. Encryption needs root and
# WireGuard, which is installed where it can be; it is skipped where it cannot run, and says why.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$project"

readonly all=(joining leaving keys backup upgrade emergency encryption)

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
named=("${chosen[@]}")
[ "${#chosen[@]}" -gt 0 ] || chosen=("${all[@]/#/runbooks::}")

# What a tunnel needs. Whoever asks for that runbook by its name wants it run; in a run of all it is skipped without.
setup_tunnel() {
	local packages
	packages=$(install_packages "$how" tunnel_packages_missing)
	[ -n "$packages" ] || return 0
	case " ${named[*]} " in
	*" runbooks::encryption:: "*) die "encryption needs programs of the Debian packages: $packages" ;;
	esac
	say "runbooks: encryption is skipped without programs of the Debian packages: $packages"
}

setup "$how" test
case " ${chosen[*]} " in *" runbooks::encryption"*) setup_tunnel ;; esac
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
