#!/usr/bin/env bash
# Has a network of four validators under load suffer one fault after another, and tells what was lost: of what was sent, how
# much a node said was final, how much was refused as it had to be or otherwise, had no answer, and is missing afterwards. One
# fault has no network and no load: `database`, of a node that is to refuse what it was given.
#
#   scripts/faults.sh            every fault; some forty minutes
#   scripts/faults.sh --short    only what scripts/test.sh runs as well
#   scripts/faults.sh FAULT...   only these
#   scripts/faults.sh --list     the faults
#   scripts/faults.sh --check    change nothing; name what is missing, and fail if anything is
#
# Prints what was measured meanwhile and a table at the end, and exits 0 only if nothing failed. What cannot be tried on this
# machine is skipped, and the table says why; libfaketime, which `clock` takes, is installed where that is possible. A fault
# takes twenty minutes at most (HDX_FAULT_SECONDS, default 1200). Let nothing else run beside.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

readonly short=(kill database)
readonly all=(kill database genesis partition silence power stale clock disk twin flood)
readonly limit=${HDX_FAULT_SECONDS:-1200}

how=install
chosen=()
running=
ran=()
results=()

# The test of a fault.
test_of() {
	case "$1" in
	kill) echo faults::one_of_four_is_killed_and_finality_goes_on_and_two_and_it_resumes ;;
	genesis) echo faults::a_validator_with_another_specification_does_not_run_and_with_its_own_catches_up ;;
	database) echo consortium::a_database_of_another_chain_and_an_exposed_keystore_are_refused ;;
	partition) echo faults::halves_that_do_not_hear_each_other_finalize_nothing_and_then_the_same ;;
	silence) echo faults::a_validator_whom_nobody_answered_begins_anew_and_catches_up ;;
	power) echo faults::a_validator_that_loses_its_power_fifty_times_during_import_has_everything ;;
	stale) echo faults::a_validator_that_gets_an_old_copy_of_its_database_catches_up_and_votes_once ;;
	clock) echo faults::a_clock_ahead_by_slots_stops_nobody_else ;;
	disk) echo faults::a_full_disk_stops_its_validator_alone_which_goes_on_when_there_is_room ;;
	twin) echo faults::a_validator_that_runs_twice_is_reported_and_disabled ;;
	flood) echo flood::a_flood_of_fifty_buckets_slows_nobody_else_and_keeps_nobody_from_revoking ;;
	*) return 1 ;;
	esac
}

# What it is, in a few words.
about() {
	case "$1" in
	kill) echo "kill -9 of one of four: finality goes on; of two: it stands, and resumes when they are back" ;;
	genesis) echo "a validator is started again with another genesis: it says so, and does not run; with its own it catches up" ;;
	database) echo "a node has a database or keys of another chain, or keys that others may use: it says so (no network, no load)" ;;
	partition) echo "two halves do not hear each other, and then do" ;;
	silence) echo "a validator hears of blocks, and nobody answers when it asks for them" ;;
	power) echo "a validator loses its power 50 times while it imports, and each time has what it said was final" ;;
	stale) echo "a validator gets an old copy of its database" ;;
	clock) echo "the clock of a validator is slots ahead (with libfaketime): the others take none of its blocks" ;;
	disk) echo "the disk of a validator is full (as root)" ;;
	twin) echo "a validator runs twice: it is reported and disabled" ;;
	flood) echo "a hospital sends 50 times its quota, in every form: others are hardly slower, and revocations go through" ;;
	esac
}

while [ $# -gt 0 ]; do
	case "$1" in
	-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/faults.sh" && exit 0 ;;
	--list)
		for fault in "${all[@]}"; do printf '%-10s %s\n' "$fault" "$(about "$fault")"; done
		exit 0
		;;
	--short) chosen+=("${short[@]}") ;;
	--check) how=check ;;
	-*) die "unknown option: $1 (scripts/faults.sh --help lists them)" ;;
	*)
		test_of "$1" >/dev/null || die "there is no fault $1 (scripts/faults.sh --list)"
		chosen+=("$1")
		;;
	esac
	shift
done

# Of the fault `clock` alone, so that other scripts do not ask for it.
has_faketime() {
	[ -n "$(find /usr/lib -maxdepth 3 -path '*/faketime/libfaketime.so.1' -print -quit 2>/dev/null || true)" ]
}

# shellcheck disable=SC2317,SC2329 # `install_packages` calls it
faketime_missing() { has_faketime || echo libfaketime; }

# $1: `install` or `check`. Where it cannot be installed the fault is skipped, and all others are not.
# shellcheck disable=SC2317,SC2329 # `setup` calls it
setup_faketime() {
	[[ " ${chosen[*]} " = *" clock "* ]] || return 0
	has_faketime && return 0
	local how="the library of the Debian package libfaketime, for the fault clock
    As root: apt-get update && apt-get install -y libfaketime
    Without apt: install it so that there is /usr/lib/faketime/libfaketime.so.1."
	if [ "$1" = check ]; then
		lacks "$how"
		return 0
	fi
	install_packages install faketime_missing >/dev/null
	has_faketime || say "faults: clock will be skipped. Missing: $how"
}

[[ $limit =~ ^[1-9][0-9]{0,5}$ ]] || die "HDX_FAULT_SECONDS is a whole number from 1, not $limit"
[ "${#chosen[@]}" -gt 0 ] || chosen=("${all[@]}")
if [ "$how" = check ]; then
	setup check build setup_faketime
	say "faults: nothing is missing"
	exit 0
fi

build() {
	say "faults: building (the first time takes a while)"
	mirror_sources
	(cd "$sources" && cargo build --release --locked "${around_chain[@]}" >&2) ||
		die "the build failed; the compiler's words are above"
	program=$(
		cd "$sources"
		cargo test --release --locked --no-run --message-format=json-render-diagnostics "${around_chain[@]}" --test system |
			sed -n 's/.*"executable":"\([^"]*\/system-[^"]*\)".*/\1/p' | tail -n 1
	) || die "the build of the tests failed; the compiler's words are above"
	[ -n "$program" ] || die "cargo named no program of the tests"
	mirror_built
	mirror_release
}

# In the background, so that a signal is handled at once. Nodes are in the group that `timeout` ends.
run_fault() {
	local from=$SECONDS code=0 result=passed line seconds tab=$'\t'
	say ""
	say "==> $1: $(about "$1")"
	: >"$scratch/result"
	HDX_FAULTS_FILE=$scratch/result TMPDIR=$scratch/tmp timeout --kill-after=10 "$limit" \
		"$program" --exact --include-ignored --nocapture "$(test_of "$1")" >"$scratch/out" 2>&1 &
	running=$!
	wait "$running" || code=$?
	running=
	seconds=$((SECONDS - from))
	# What was measured has no tabs.
	sed -n "/$tab/!s/^/    /p" "$scratch/result"
	line=$(sed -n "/$tab/p" "$scratch/result" | tail -n 1)
	if [ "$code" = 124 ] || [ "$code" = 137 ]; then
		result="FAILED: no end within $limit s"
	elif [ "$code" != 0 ]; then
		result=FAILED
	elif ! grep -q '^test result: ok. 1 passed' "$scratch/out"; then
		result="FAILED: no such test was run"
	fi
	case "$result:$line" in
	FAILED*) sed 's/^/    /' "$scratch/out" >&2 ;;
	*$'\t'skipped$'\t'*)
		result="skipped: ${line##*$'\t'}"
		line=
		;;
	esac
	ran+=("$1")
	results+=("$seconds"$'\t'"$result"$'\t'"$line")
	say "    $result"
}

# Printed at the end, whatever the end was.
report() {
	local code=$? i seconds result sent final refused otherwise open missing failed=0
	trap - EXIT
	trap '' INT TERM HUP
	if [ -n "$running" ]; then
		kill "$running" 2>/dev/null || true
		wait "$running" 2>/dev/null || true
	fi
	printf '\n%-10s %6s  %6s  %6s  %8s  %9s  %10s  %8s  %s\n' fault time sent final refused otherwise unanswered missing result
	for i in "${!ran[@]}"; do
		# Tabs are no blanks to `read` that it would take for one.
		IFS='|' read -r seconds result _ sent final refused otherwise open missing <<<"${results[i]//$'\t'/|}"
		printf '%-10s %5ds  %6s  %6s  %8s  %9s  %10s  %8s  %s\n' "${ran[i]}" "$seconds" "${sent:--}" "${final:--}" \
			"${refused:--}" "${otherwise:--}" "${open:--}" "${missing:--}" "$result"
		[ "${result#FAILED}" = "$result" ] || failed=$((failed + 1))
	done
	[ "${#ran[@]}" = "${#chosen[@]}" ] || { printf 'not run: %s\n' "${chosen[*]:${#ran[@]}}" && failed=$((failed + 1)); }
	rm -rf "$scratch"
	[ "$failed" = 0 ] || code=1
	exit "$code"
}

setup install build setup_faketime
build
scratch=$(mktemp -d)
mkdir "$scratch/tmp"
trap report EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
for fault in "${chosen[@]}"; do run_fault "$fault"; done
